"""What is recorded by mistake in the simulation and voided soon after: something of every kind of stream."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.activity.records import LogActivity
from domain.actor import GrantRole
from domain.assistance.interests import ExpressInterest
from domain.committee.roster import ListExpertise
from domain.contact.commands import BounceContact
from domain.correcting import MarkInError
from domain.deadline import RecordStep
from domain.decision import Propose, ProposedItem
from domain.document import WithdrawDocument
from domain.duty import deadline_of
from domain.duty_station import DeclareClosure
from domain.exchange.non_reporting import ExplainNonReporting
from domain.law.records import RecordLaw
from domain.mandate import AdoptMandate
from domain.mapping import AdoptMapping, MappedRow
from domain.matrix.commands import GiveConsent
from domain.meetings.holding import RecordMeeting
from domain.organization.dialogue import LogDialogue
from domain.practice.compilation import ListCompilation
from domain.practice.plans import RecordPlan
from domain.practice.practices import ReportPractice
from domain.programme import TransmitProgramme
from domain.records import AcceptClock, SkipEvent
from domain.state import RenameState
from domain.submission import ReceiveSubmission
from domain.template import AdoptTemplate, Field
from domain.treaty import RegisterTreaty
from domain.visits.commands import InviteVisit
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import instant, meeting_from
from interfaces.demo.meetings import name

if TYPE_CHECKING:
    from domain.deciding import Command
    from interfaces.demo.office import Office
    from interfaces.demo.register import Register

DAY, VOIDED = date(2015, 9, 16), date(2015, 9, 30)
"""When they are all recorded, and when all are voided, the last first."""
CLOCK = date(2010, 6, 14)
PAPER = "sim-mistake"
KEY = "sim/mistake"
TRIAL = ("Ttrial1", "Ttrial2")
"""Templates that were only tried; neither has more than one row."""


def enter(office: Office, register: Register) -> None:
    """Enter the mistakes, each voided; and that an operator once accepted the clock."""
    accepted = AcceptClock(id="sim/clock", actor=SECRETARIAT, reason="SIMULATED: the machine was replaced")
    office.enter(CLOCK, 18, accepted)
    office.paper(PAPER, "paper that is not what it was taken for", DAY)
    register.circulated(f"to-all-{DAY.year}", DAY)
    made = _mistakes(office.states[0])
    for command in made:
        office.enter(DAY, 18, command)
    for key in (f"sim/letter/to-all-{DAY.year}/circulated", *(each.id for each in reversed(made))):
        void = MarkInError(
            id=f"{key}/in-error", actor=SECRETARIAT, target=f"{key}#0", reason="SIMULATED: it was not so"
        )
        office.enter(VOIDED, 18, void)


def _mistakes(state: str) -> list[Command]:
    """Return one command for each kind of stream; what rests on another comes after it."""
    day, paper = DAY.isoformat(), (PAPER,)
    held = name(meeting_from(date(2015, 6, 1)).day)
    by = SECRETARIAT
    return [
        LogActivity(id=f"{KEY}/activity", actor=by, activity=PAPER, kind="web-page-updated", first_day=day, text=PAPER),
        GrantRole(id=f"{KEY}/actor", actor=by, to="sim-expert-reserve", granted_role="auditor"),
        ExpressInterest(
            id=f"{KEY}/interest",
            actor=by,
            interest=PAPER,
            interest_in="assistance",
            text="SIMULATED",
            received=instant(DAY, 14),
            state=state,
        ),
        DeclareClosure(id=f"{KEY}/closure", actor=by, day="2015-11-18", reason="SIMULATED"),
        ListExpertise(
            id=f"{KEY}/roster",
            actor=by,
            expert="sim-auditor-1",
            expertise=("SIMULATED",),
            languages=("en",),
            valid_from=day,
        ),
        ListCompilation(id=f"{KEY}/compilation", actor=by, compilation="sim-compilation-2014", place="SIMULATED"),
        GiveConsent(id=f"{KEY}/consent", actor=by, state=state, scope="official-list"),
        BounceContact(id=f"{KEY}/contact", actor=by, contact="sim-contact-1", status="5.1.1"),
        RecordStep(
            id=f"{KEY}/deadline",
            actor=by,
            deadline=deadline_of("WG-CAL"),
            duty="WG-CAL",
            step="circulated",
            document=PAPER,
        ),
        Propose(
            id=f"{KEY}/decision",
            actor=by,
            decision=PAPER,
            title="SIMULATED proposal",
            items=(ProposedItem(number=1, text="SIMULATED"),),
        ),
        WithdrawDocument(id=f"{KEY}/document", actor=by, document=PAPER, reason="SIMULATED"),
        ExplainNonReporting(
            id=f"{KEY}/exchange", actor=by, state=state, reason="SIMULATED", source="SIMULATED: said in passing"
        ),
        RecordLaw(
            id=f"{KEY}/law",
            actor=by,
            law=PAPER,
            state=state,
            topics=("op2-1",),
            title="SIMULATED law",
            documents=paper,
        ),
        AdoptMandate(id=f"{KEY}/mandate", actor=by, mandate=PAPER, resolution="SIMULATED", adopted=day, valid_from=day),
        *_trial(),
        RecordMeeting(id=f"{KEY}/meeting", actor=by, meeting=held, form="record", document=PAPER),
        LogDialogue(
            id=f"{KEY}/organization", actor=by, organization="sim-org-1", kind="event", day=day, text="SIMULATED"
        ),
        ReceiveSubmission(
            id=f"{KEY}/submission",
            actor=by,
            submission=PAPER,
            state=state,
            kind="action-plan",
            documents=paper,
            received=day,
        ),
        RecordPlan(id=f"{KEY}/plan", actor=by, plan=PAPER, state=state, version=1, submission=PAPER),
        ReportPractice(
            id=f"{KEY}/practice",
            actor=by,
            practice=PAPER,
            state=state,
            topics=("op2-1",),
            title="SIMULATED practice",
            text="SIMULATED",
            documents=paper,
        ),
        TransmitProgramme(id=f"{KEY}/programme", actor=by, programme=14, document=PAPER),
        SkipEvent(id=f"{KEY}/view", actor=by, view="sim-view", position=1, reason="SIMULATED"),
        RenameState(id=f"{KEY}/state", actor=by, state=state, name="SIMULATED name", name_fr="Nom SIMULÉ"),
        RegisterTreaty(id=f"{KEY}/treaty", actor=by, treaty=PAPER, name="SIMULATED treaty", name_fr="Traité SIMULÉ"),
        InviteVisit(
            id=f"{KEY}/visit", actor=by, visit=PAPER, state=state, purpose="SIMULATED", received=instant(DAY, 14)
        ),
    ]


def _trial() -> list[Command]:
    """Return two templates of one row each, and the mapping between them."""
    cells = [f"{template}/op1-1-all-statement" for template in TRIAL]
    templates: list[Command] = [
        AdoptTemplate(
            id=f"{KEY}/{template}",
            actor=SECRETARIAT,
            template=template,
            legend=(),
            notice="SIMULATED",
            fields=(
                Field(
                    cell=cell,
                    label="SIMULATED row",
                    section="OP1",
                    item=1,
                    weapon="ALL",
                    aspect="statement",
                    allowed=("YES", ""),
                    confidence="low",
                ),
            ),
        )
        for template, cell in zip(TRIAL, cells, strict=True)
    ]
    row = MappedRow(became="kept", from_cells=(cells[0],), to_cells=(cells[1],), ground="SIMULATED", confidence="low")
    mapping = AdoptMapping(
        id=f"{KEY}/mapping", actor=SECRETARIAT, from_template=TRIAL[0], to_template=TRIAL[1], rows=(row,)
    )
    return [*templates, mapping]
