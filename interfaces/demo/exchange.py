"""The exchange with a State about its matrix in the simulation: replies, comments by cell, clarifications, silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.exchange.clarification import AnswerClarification, AskClarification
from domain.exchange.comments import Comment, CommentOnMatrix
from domain.exchange.non_reporting import ExplainNonReporting
from domain.exchange.replying import AskReply, RecordReply
from domain.submission import ReceiveSubmission
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import instant, later, office_day

if TYPE_CHECKING:
    from datetime import date

    from interfaces.demo.dice import Dice
    from interfaces.demo.office import Office
    from interfaces.demo.revision import Revision

ANSWERS, CLARIFIES = 0.25, 0.15
"""The share of sendings to which a State answers, and about which it is asked something."""


class Exchange:
    """What passes between the Committee and one State."""

    def __init__(self, office: Office, code: str, dice: Dice, *, always: bool) -> None:
        self._office = office
        self._code = code
        self._dice = dice
        self._always = always

    def follows(self, revision: Revision, sent: date) -> None:
        """Ask for a reply to what was sent; some States answer, and some are asked to clarify cells."""
        asked = AskReply(
            id=revision.key("reply-asked"),
            actor=SECRETARIAT,
            state=self._code,
            revision=revision.number,
            reply_by=later(sent, 60).isoformat(),
        )
        self._office.enter(sent, 18, asked)
        if self._always or self._dice.chance(ANSWERS):
            self._answered(revision, office_day(later(sent, self._dice.whole(10, 60))))
        if self._always or self._dice.chance(CLARIFIES):
            self._clarified(revision, office_day(later(sent, self._dice.whole(14, 40))))

    def silent(self, revision: Revision, sent: date) -> None:
        """Record why a State that was sent a matrix filled in for it has not reported."""
        explained = ExplainNonReporting(
            id=revision.key("explained"),
            actor=SECRETARIAT,
            state=self._code,
            reason="SIMULATED: a small administration",
            source="SIMULATED: said at the Mission",
        )
        self._office.enter(office_day(later(sent, 45)), 18, explained)

    def _answered(self, revision: Revision, day: date) -> None:
        """Receive a State's comments, as a submission and by cell."""
        name = f"sim-comments-{self._code.lower()}-{revision.number}"
        self._office.paper(name, "comments on a matrix", day)
        received = ReceiveSubmission(
            id=f"sim/submission/{name}",
            actor=SECRETARIAT,
            submission=name,
            state=self._code,
            kind="comment",
            documents=(name,),
            received=instant(day, 14),
            note="SIMULATED",
        )
        self._office.enter(day, 16, received)
        reply = RecordReply(
            id=revision.key("reply"),
            actor=SECRETARIAT,
            state=self._code,
            revision=revision.number,
            submission=name,
        )
        self._office.enter(day, 17, reply)
        comments = CommentOnMatrix(
            id=revision.key("comments"),
            actor=SECRETARIAT,
            state=self._code,
            revision=revision.number,
            comments=tuple(
                Comment(cell=cell, text="SIMULATED: the law has another number") for cell in self._cells(revision, 3)
            ),
            received=instant(day, 14),
            document=name,
        )
        self._office.enter(day, 17, comments)

    def _clarified(self, revision: Revision, day: date) -> None:
        name, cells = f"sim-clarification-{self._code.lower()}-{revision.number}", self._cells(revision, 2)
        asked = AskClarification(
            id=revision.key("clarification"),
            actor=SECRETARIAT,
            clarification=name,
            state=self._code,
            text="SIMULATED: which article is meant?",
            cells=cells,
            revision=revision.number,
            reply_by=later(day, 45).isoformat(),
        )
        self._office.enter(day, 18, asked)
        answered = office_day(later(day, self._dice.whole(10, 70)))
        answer = AnswerClarification(
            id=revision.key("clarified"),
            actor=SECRETARIAT,
            clarification=name,
            state=self._code,
            text="SIMULATED: the second one",
            received=instant(answered, 14),
            cells=cells,
        )
        if self._always or self._dice.chance(0.7):
            self._office.enter(answered, 18, answer)

    def _cells(self, revision: Revision, count: int) -> tuple[str, ...]:
        return tuple(own.cell.cell for own in self._dice.some(revision.own, count))
