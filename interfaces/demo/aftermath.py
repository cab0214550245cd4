"""What follows a seal: sent to the State, approved, voided and approved again, superseded, consented to, published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.correcting import MarkInError
from domain.decision import AuthoriseCorrection
from domain.exchange.non_reporting import SendPrefilled
from domain.matrix.commands import (
    AskConsent,
    ExamineMatrix,
    GiveConsent,
    PublishMatrix,
    RefuseConsent,
    SendMatrix,
    SupersedeMatrix,
    UnpublishMatrix,
    WithdrawConsent,
)
from interfaces.demo.agenda import APPROVES, before, manifest
from interfaces.demo.cast import SECRETARIAT, chair
from interfaces.demo.dates import END, instant, later, meeting_from, office_day
from interfaces.demo.plan import event_of

if TYPE_CHECKING:
    from domain.deciding import Command
    from interfaces.demo.agenda import Agenda
    from interfaces.demo.dice import Dice
    from interfaces.demo.exchange import Exchange
    from interfaces.demo.plan import Look, Plan
    from interfaces.demo.revision import Revision

EXAMINED = (date(2013, 6, 10), date(2014, 5, 15))
"""The period of the twelfth programme, in which the Committee examines the matrices of all States."""
LETTERS_HOUR = 17
PARTNERS = ("organization:sim-org-1", "organization:sim-org-2")
"""With whom matrices that are not posted may be shared, where a State says so."""


class Aftermath:
    """What the Committee, its Secretariat and one State do with that State's sealed matrices."""

    def __init__(self, plan: Plan, agenda: Agenda, exchange: Exchange, code: str, dice: Dice) -> None:
        self._plan = plan
        self._agenda = agenda
        self._exchange = exchange
        self._code = code
        self._dice = dice
        self._approved: Revision | None = None
        self._consents = dice.chance(0.55)
        self._published: Revision | None = None

    def sent(self, revision: Revision) -> None:
        """Send a sealed matrix to the State."""
        command = SendMatrix(id=revision.key("send"), actor=SECRETARIAT, state=self._code, revision=revision.number)
        self._letter(later(revision.sealed, 4), command)

    def prefilled(self, revision: Revision) -> None:
        """Send a State that has not reported what was filled in for it from public sources."""
        command = SendPrefilled(id=revision.key("send"), actor=SECRETARIAT, state=self._code, revision=revision.number)
        self._letter(later(revision.sealed, 4), command)
        self._exchange.silent(revision, office_day(later(revision.sealed, 4)))

    def approved(self, revision: Revision, mishap: str = "") -> None:
        """Put a sealed matrix before the Committee, and go on from its approval."""
        sent = revision.template != "T2005" or self._dice.chance(0.6)
        if sent:
            self.sent(revision)
        meeting = self._agenda.put(self._code, revision.number, revision.seal_key, before(revision.sealed))
        if mishap == "approval voided":
            self._void(revision, revision.key("approve"), later(meeting.day, 20), "the decision named another revision")
            again = meeting_from(later(meeting.day, 40))
            meeting = self._agenda.put(self._code, revision.number, revision.seal_key, again, act="approve-again")
            revision.approval = "approve-again"
        if sent:  # the dialogue comes after the approval: nothing is approved while a reply is awaited
            self._exchange.follows(revision, office_day(later(meeting.day, 3)))
        self.settled(revision, meeting.day)
        if mishap == "void of an approval undone":
            voided = self._void(revision, revision.key("approve"), later(meeting.day, 3), "thought to lack a decision")
            self._void(revision, voided, later(meeting.day, 9), "the decision was found")

    def settled(self, revision: Revision, day: date) -> None:
        """Go on from an approval that stays."""
        revision.approved = day
        if self._approved is not None:
            command = SupersedeMatrix(
                id=self._approved.key("superseded"),
                actor=SECRETARIAT,
                state=self._code,
                revision=self._approved.number,
                by_revision=revision.number,
            )
            self._plan.add(instant(day, APPROVES, 30), command)
        self._approved = revision
        self._publication(revision, later(day, self._dice.whole(20, 45)))

    def _publication(self, revision: Revision, day: date) -> None:
        if later(day, 120) > END:
            return
        if not self._consents:
            self._refused(revision, day)
            return
        if self._published is None:
            self._asked(revision, later(day, -14), "publish")
            consent = GiveConsent(id=revision.key("consent"), actor=SECRETARIAT, state=self._code, scope="publish")
            self._letter(day, consent)
        publication = PublishMatrix(
            id=revision.key("publish"), actor=SECRETARIAT, state=self._code, revision=revision.number
        )
        self._letter(later(day, 7), publication)
        self._published = revision
        if self._dice.chance(0.1):
            shared = GiveConsent(
                id=revision.key("share"),
                actor=SECRETARIAT,
                state=self._code,
                scope="share",
                revision=revision.number,
                partners=PARTNERS,
                valid_from=later(day, 10).isoformat(),
                valid_to=later(day, 375).isoformat(),
            )
            self._letter(later(day, 10), shared)
        if self._dice.chance(0.05):
            self._taken_back(revision, later(day, 70))

    def _asked(self, revision: Revision, day: date, scope: str) -> None:
        asked = AskConsent(
            id=revision.key(f"{scope}-asked"),
            actor=SECRETARIAT,
            state=self._code,
            scope=scope,
            reply_by=later(office_day(day), 30).isoformat(),
        )
        self._letter(day, asked)

    def _refused(self, revision: Revision, day: date) -> None:
        """Have a State that does not consent asked once for each template, and say so."""
        if revision.seeded_from is None or revision.number % 2:
            self._asked(revision, later(day, -14), "publish")
            refused = RefuseConsent(
                id=revision.key("publish-refused"), actor=SECRETARIAT, state=self._code, scope="publish"
            )
            self._letter(day, refused)

    def _taken_back(self, revision: Revision, day: date) -> None:
        withdrawn = WithdrawConsent(
            id=revision.key("consent-withdrawn"), actor=SECRETARIAT, state=self._code, scope="publish"
        )
        self._letter(day, withdrawn)
        unpublished = UnpublishMatrix(
            id=revision.key("unpublish"), actor=SECRETARIAT, state=self._code, revision=revision.number
        )
        self._letter(later(day, 3), unpublished)
        self._consents = False

    def examined(self, revisions: list[Revision]) -> None:
        """Have the matrix examined during the twelfth programme."""
        meeting = meeting_from(self._dice.day(max(EXAMINED[0], later(revisions[0].opened, 20)), EXAMINED[1]))
        begun = [
            each
            for each in revisions
            if each.opened < meeting.day and (each.withdrawn is None or each.withdrawn > meeting.day)
        ]
        revision = begun[-1]

        def examination(look: Look) -> ExamineMatrix:
            sealed = revision.approved is not None and revision.approved < meeting.day
            return ExamineMatrix(
                id=revision.key("examined"),
                actor=chair(meeting.day),
                state=self._code,
                revision=revision.number,
                manifest=manifest(look, revision.seal_key) if sealed else None,
                note=meeting.name,
            )

        self._plan.add(instant(meeting.day, APPROVES, 50), examination)

    def _letter(self, day: date, command: Command) -> None:
        self._plan.add(instant(office_day(day), LETTERS_HOUR), command)

    def _void(self, revision: Revision, target: str, day: date, reason: str) -> str:
        """Void an approval, or undo that, on the Chair's authority."""
        authority = AuthoriseCorrection(
            id=f"{target}/in-error/authorised",
            actor=chair(office_day(day)),
            decision=f"sim-correction-{self._code.lower()}-{revision.number}-approval",
            target=f"{target}#0",
            reason=f"SIMULATED: {reason}",
        )
        command = MarkInError(
            id=f"{target}/in-error",
            actor=SECRETARIAT,
            causation=event_of(authority.id),
            target=f"{target}#0",
            reason=f"SIMULATED: {reason}",
        )
        self._letter(day, authority)
        self._letter(day, command)
        return command.id
