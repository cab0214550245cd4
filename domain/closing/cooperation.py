"""Rows of paragraphs 6(c) and 6(d): organizations, the 1267 and 1373 Committees, transparency, outreach."""

from collections.abc import Mapping

from domain.activity.records import ActivityLogged, LogActivity
from domain.closing import committee, meetings, states
from domain.closing.rules import Rule, nothing
from domain.closing.shapes import activities, answered, by, served, together
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Published, Unpublished
from domain.deadline import RecordStep, StepDone
from domain.matrix.commands import AskConsent, GiveConsent, PublishMatrix, RefuseConsent
from domain.matrix.events import MatrixApproved, RevisionOpened
from domain.meetings.holding import HoldMeeting, MeetingHeld, MeetingRecorded, RecordMeeting
from domain.meetings.schedule import MeetingCancelled, MeetingMoved, MeetingPlanned
from domain.organization.contact_point import (
    AskContactPoint,
    ConfirmContactPoint,
    ContactPointAsked,
    ContactPointConfirmed,
    ContactPointDesignated,
    DesignateContactPoint,
)
from domain.organization.dialogue import DialogueLogged, LogDialogue
from domain.organization.objectives import AppraiseObjective, ObjectiveAppraised, ObjectiveSet, SetObjective
from domain.outreach_calendar import EventsPublished, PublishEvents
from domain.programme import ProgrammeAdopted
from domain.visits.commands import AnswerCoordination, AskCoordination
from domain.visits.events import CoordinationAnswered, CoordinationAsked

ROWS: Mapping[str, Rule] = {
    "IRO-GOALS": Rule(
        closes=(ObjectiveSet,),
        closed="an objective is set by a decision; appraisals serve it later",
        commands=(SetObjective, AppraiseObjective),
        judge=committee.objectives,
        beside=(ObjectiveAppraised,),
    ),
    "IRO-POC": Rule(
        opens=(ProgrammeAdopted, ContactPointAsked),
        opened="the programme names it; an organization is encouraged to designate",
        closes=(ContactPointDesignated, ContactPointConfirmed),
        closed="each designation and confirmation serves it; an organization is never overdue",
        commands=(AskContactPoint, DesignateContactPoint, ConfirmContactPoint),
        judge=answered((ContactPointAsked,), (ContactPointDesignated, ContactPointConfirmed), by("organization")),
    ),
    "IRO-DIALOGUE": Rule(
        closes=(DialogueLogged, ActivityLogged),
        closed="each entry of the dialogue with an organization and each `event-joined` serves it",
        commands=(LogDialogue, LogActivity),
        judge=together(served(DialogueLogged), activities("IRO-DIALOGUE")),
    ),
    "COMM-COORD": Rule(
        opens=(ProgrammeAdopted, CoordinationAsked),
        opened="the programme names it; a visit is to be coordinated with another Committee",
        closes=(ActivityLogged, CoordinationAnswered),
        closed="the other Committee answers; each `committees-coordinated` serves it",
        commands=(LogActivity, AskCoordination, AnswerCoordination),
        judge=together(
            answered((CoordinationAsked,), (CoordinationAnswered,), by("visit", "committee")),
            activities("COMM-COORD"),
        ),
    ),
    "JOINT-BRIEF": Rule(
        opens=(ProgrammeAdopted, MeetingPlanned),
        opened="the programme names it; a joint briefing is planned",
        closes=(MeetingRecorded, ActivityLogged),
        closed="its record S/PV is on record; each `joint-briefing-given` serves it too",
        commands=(RecordMeeting, LogActivity),
        judge=together(meetings.held("joint-briefing", by=(MeetingRecorded,)), activities("JOINT-BRIEF")),
        beside=(MeetingMoved, MeetingCancelled),
    ),
    "OPEN-MTG": Rule(
        opens=(ProgrammeAdopted, MeetingPlanned),
        opened="the programme names it; an open meeting is planned",
        closes=(MeetingHeld,),
        closed="it was held, or cancelled before",
        commands=(HoldMeeting,),
        judge=meetings.held("open"),
        beside=(MeetingMoved, MeetingCancelled),
    ),
    "MATRIX-WEB": Rule(
        opens=(MatrixApproved, ConsentGiven),
        opened="a matrix is approved and its State consents to publication",
        closes=(Published,),
        closed="the manifest that was last approved is published",
        commands=(PublishMatrix,),
        judge=states.published,
        beside=(RevisionOpened, ConsentWithdrawn, Unpublished),
    ),
    "EVENTS-PUB": Rule(
        closes=(EventsPublished, ActivityLogged),
        closed="each version of the calendar of events, each `note-published` and `faq-updated` serves it",
        commands=(PublishEvents, LogActivity),
        judge=together(served(EventsPublished), activities("EVENTS-PUB")),
    ),
    "CAL-MONTHLY": Rule(
        opened="the programme names it, for each of its months",
        closes=(EventsPublished,),
        closed="a version that looks six months ahead is published in the month, or since",
        commands=(PublishEvents,),
        judge=committee.events_published,
    ),
    "OUTREACH": Rule(
        closes=(ActivityLogged,),
        closed="each `outreach-…` serves it, by audience",
        commands=(LogActivity,),
        judge=activities("OUTREACH"),
    ),
    "CONTACT-CONSENT": Rule(
        opens=(ConsentAsked,),
        opened="a State is asked for consent of scope `direct-contact`",
        closes=(ConsentGiven, ConsentRefused, ActivityLogged),
        closed="it consents or does not; each `contact-…` with consent on record before it serves it",
        commands=(AskConsent, GiveConsent, RefuseConsent, LogActivity),
        judge=together(states.consent("direct-contact"), states.contact_with_consent),
        beside=(ConsentWithdrawn,),
    ),
    "EXPERTISE-REP": Rule(
        closes=(StepDone,),
        closed="its step is done: adopted, by a document or a decision",
        commands=(RecordStep,),
        judge=nothing,
    ),
    "INFORM": Rule(
        closes=(ActivityLogged,),
        closed="each `council-briefed`, `states-briefed` and `organizations-briefed` serves it",
        commands=(LogActivity,),
        judge=activities("INFORM"),
    ),
}
