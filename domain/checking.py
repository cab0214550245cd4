"""The rules of each kind of fact, which its command asks, asked again when one takes the place of another."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast, get_args

from msgspec.structs import replace

from domain import (
    actor,
    adopting,
    consent,
    corrected_reading,
    deadline,
    decision,
    document,
    duty_station,
    fulfilling,
    holds,
    mandate,
    mapping,
    outreach_calendar,
    programme,
    programme_papers,
    records,
    state,
    submission,
    template,
    treaty,
)
from domain.activity import contact
from domain.activity import log as activity
from domain.activity.records import ActivityFollowedUp, ActivityLogged
from domain.assistance import following, interests, listing, matches, offers, procedure, programmes, requests
from domain.assistance import listing_events as listed
from domain.assistance import request_events as asked
from domain.committee import directories, experts, groups, members, offices, roster
from domain.contact import events as contact_events
from domain.contact import keeping, proposing
from domain.correspondence import handling, letters
from domain.deciding import Context
from domain.exchange import clarification, comments, non_reporting, replying
from domain.foreseen import Foreseen, Without
from domain.law import entering as law
from domain.law.records import LawAmended, LawEntered, LawRepealed
from domain.matrix import assessing, consenting, publishing
from domain.matrix import decide as matrix
from domain.matrix import events as matrix_events
from domain.meetings import concluding, conclusions, holding, notice, planning, reports, schedule
from domain.messages import events as told
from domain.messages import handling as messages
from domain.messages import intending
from domain.no_objection import closing, opening, voices
from domain.no_objection import events as no_objection
from domain.organization import contact_point, dialogue, objectives, registering
from domain.practice import compilation, plans, practices
from domain.recorded import Event, Recorded
from domain.review import preparing, priorities
from domain.standing import Family
from domain.undermining import check_grounds
from domain.visits import events as visit_events
from domain.visits import visit

E = TypeVar("E", bound=Event)
Check = Callable[[Event, Context], None]


def _of(check: Callable[[E, Context], None], *kinds: type[Event]) -> Mapping[type[Event], Check]:
    return dict.fromkeys(kinds, cast("Check", check))


CHECKS: Mapping[type[Event], Check] = {
    **_of(records.check_skipped, records.EventSkipped),
    **_of(actor.check, actor.ActorRegistered, actor.RoleGranted, actor.RoleDelegated, actor.RoleWithdrawn),
    **_of(state.check, state.StateRegistered, state.StateRenamed),
    **_of(members.check, members.MemberSeated),
    **_of(opening.check, no_objection.ProcedureOpened, no_objection.IncomingInformed),
    **_of(
        voices.check,
        no_objection.ObjectionReceived,
        no_objection.HoldReceived,
        no_objection.HoldReleased,
        no_objection.TimeAsked,
        no_objection.TimeAnswered,
    ),
    **_of(closing.check, no_objection.ProcedureClosed),
    **_of(offices.check, offices.OfficeHeld, offices.OfficeLeft),
    **_of(groups.check, groups.GroupEstablished, groups.GroupClosed),
    **_of(experts.check, experts.ExpertAppointed, experts.ExpertReleased),
    **_of(roster.check, roster.ExpertiseListed, roster.ExpertiseEnded),
    **_of(directories.check, directories.DirectoryConfirmed),
    **_of(duty_station.check, duty_station.HolidaysListed, duty_station.ClosureDeclared, duty_station.ClosureLifted),
    **_of(requests.check, *asked.EVENTS),
    **_of(procedure.check, *procedure.EVENTS),
    **_of(programmes.check, *programmes.EVENTS),
    **_of(offers.check, *offers.EVENTS),
    **_of(matches.check, *matches.EVENTS),
    **_of(following.check, *following.EVENTS),
    **_of(interests.check, *interests.EVENTS),
    **_of(listing.check, *listed.EVENTS),
    **_of(visit.check, *visit_events.SAID),
    **_of(registering.check, registering.OrganizationRegistered),
    **_of(contact_point.check, contact_point.ContactPointAsked, contact_point.ContactPointDesignated),
    **_of(contact_point.check, contact_point.ContactPointConfirmed),
    **_of(dialogue.check, dialogue.DialogueLogged),
    **_of(objectives.check, objectives.ObjectiveSet, objectives.ObjectiveAppraised),
    **_of(letters.check, letters.LetterReceived, letters.LetterSent),
    **_of(handling.check, handling.LetterCirculated, handling.LetterHandedOn, handling.LetterClosed),
    **_of(comments.check, comments.CellCommented),
    **_of(clarification.check, clarification.ClarificationAsked, clarification.ClarificationAnswered),
    **_of(replying.check, replying.ReplyAsked, replying.ReplyReceived),
    **_of(non_reporting.check, non_reporting.NonReportingExplained, non_reporting.MatrixPrefilled),
    **_of(template.check, template.TemplateAdopted),
    **_of(mapping.check, mapping.MappingAdopted),
    **_of(mandate.check, mandate.MandateAdopted),
    **_of(document.check, document.DocumentRegistered, document.DocumentWithdrawn),
    **_of(corrected_reading.check, corrected_reading.DocumentReadAgain),
    **_of(programme.check, programme.ProgrammeAdopted, programme.ProgrammeTransmitted),
    **_of(programme_papers.check, programme_papers.ProgrammeDrafted, programme_papers.SymbolRecorded),
    **_of(preparing.check, *preparing.EVENTS),
    **_of(priorities.check, *priorities.EVENTS),
    **_of(fulfilling.check, deadline.StepDone, *get_args(deadline.Moved)),
    **_of(submission.check, submission.SubmissionReceived, submission.NoChangeDeclared),
    **_of(submission.check, submission.SubmissionRead, submission.SubmissionWithdrawn),
    **_of(adopting.check, decision.DecisionProposed, decision.DecisionCirculated),
    **_of(adopting.check, decision.DecisionAdopted, decision.DecisionNotAdopted),
    **_of(assessing.check_cell, matrix_events.CellAssessed, matrix_events.CellCorrected),
    **_of(assessing.check_remark, matrix_events.RowRemarked),
    **_of(matrix.check_superseded, matrix_events.MatrixSuperseded),
    **_of(planning.check, schedule.MeetingPlanned, schedule.MeetingMoved, schedule.MeetingCancelled),
    **_of(notice.check, notice.MeetingAnnounced, notice.PapersDistributed),
    **_of(holding.check, holding.MeetingHeld, holding.MeetingRecorded),
    **_of(concluding.check, conclusions.ConclusionsDrawn, conclusions.ConclusionsApproved),
    **_of(concluding.check, conclusions.ConclusionsDispatched, conclusions.ConclusionsDiscussed),
    **_of(concluding.check, conclusions.OpenMeetingNotAppropriate),
    **_of(reports.check, reports.CalendarCirculated, reports.ReportTabled),
    **_of(outreach_calendar.check, outreach_calendar.EventsPublished),
    **_of(activity.check, ActivityLogged, ActivityFollowedUp),
    **_of(practices.check, practices.PracticeReported, practices.PracticeWithdrawn, practices.PracticeRecommended),
    **_of(compilation.check, compilation.CompilationDrafted, compilation.CompilationApproved),
    **_of(compilation.check, compilation.CompilationListed, compilation.CompilationShared),
    **_of(plans.check, plans.PlanBrought),
    **_of(law.check, LawEntered, LawAmended, LawRepealed),
    **_of(treaty.check, treaty.TreatyRegistered, treaty.TreatyActionTaken),
    **_of(consenting.check, consent.ConsentAsked, consent.ConsentGiven),
    **_of(consenting.check, consent.ConsentRefused, consent.ConsentWithdrawn),
    **_of(proposing.check, contact_events.ContactProposed, contact_events.ContactConfirmed),
    **_of(keeping.check, contact_events.NoChangeOfContact, contact_events.ContactBounced),
    **_of(keeping.check, contact_events.ContactEnded),
    **_of(holds.check, holds.HoldLifted),
    **_of(intending.check, told.MessageIntended),
    **_of(messages.check, told.MessageHeld, told.MessageApproved, told.MessageCancelled),
    **_of(messages.check, told.AttemptBegun, told.AttemptEnded),
    **_of(messages.check, told.MessageReturned, told.MessageSuppressed),
}
"""The rules of every kind of fact that may be corrected; the order of known dates in a matrix is in its own guards."""


def check_strikes(context: Context, then: Foreseen) -> None:
    """Refuse strikes that take away what others rest on, break a rule, or leave nobody who keeps the record."""
    check_grounds(context, then)
    check_again(context, then)
    publishing.check_consents(context, then)
    contact.check_contacts(context, then)
    planning.check_clashes(context, then)
    actor.check_keeper_stays(context, then)


def check_again(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which something comes to stand, corrected or again, that its own command would not record."""
    roots = {then.history(event.header.stream).family(event.id).root.id: event for event in then.struck.values()}
    for event in roots.values():
        family = then.history(event.header.stream).family(event.id)
        before, after = context.record.history(event.header.stream).family(event.id).stands, family.stands
        if after is not None and after is not before:
            check = CHECKS.get(type(after.body))
            if check is not None:
                check(after.body, _as_then(context, then, family, after))


def _as_then(context: Context, then: Foreseen, family: Family, after: Recorded) -> Context:
    """Return the context in which a fact is decided once more: on its own day, the rest of the record as it would be.

    What entered late keeps the weaker rules of late history.
    """
    return replace(
        context,
        record=Without(then, family),
        recorded_at=family.root.header.recorded_at,
        position=context.position + len(then.struck),
        known_at=after.header.known_at,
        known_precision=after.header.known_precision,
        importing=context.importing or records.came_late(context.record, (family.root,)),
    )
