"""What goes before the Committee: sealed matrices as items of a proposal, adopted in a meeting, then approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.decision import Adopt, Circulate, DoNotAdopt, Propose, ProposedItem
from domain.matrix.commands import ApproveMatrix
from domain.matrix.events import RevisionSealed
from interfaces.demo.cast import SECRETARIAT, chair
from interfaces.demo.dates import Meeting, instant, later, meeting_from, next_meeting, office_day
from interfaces.demo.plan import event_of

if TYPE_CHECKING:
    from datetime import date

    from interfaces.demo.dice import Dice
    from interfaces.demo.plan import Look, Plan

CIRCULATED = ("chair", "member", "expert")
MEETS, APPROVES = 15, 16
NOTICE = 13
"""Circulation is on the first Friday from so many days before the meeting."""


class Item(NamedTuple):
    """A sealed matrix before a meeting."""

    state: str
    revision: int
    seal: str
    adopted: bool
    act: str


class Agenda:
    """Gathers what each meeting has before it."""

    def __init__(self, plan: Plan, dice: Dice) -> None:
        self._plan = plan
        self._dice = dice
        self._items: dict[Meeting, list[Item]] = {}

    def put(self, state: str, revision: int, seal: str, sealed: Meeting, *, act: str = "approve") -> Meeting:
        """Put a matrix before a meeting, and before the next if it finds no consensus; return which one adopts."""
        meeting = sealed
        if self._dice.chance(0.03) and next_meeting(meeting).day != meeting.day:
            self._items.setdefault(meeting, []).append(Item(state, revision, seal, False, act))
            meeting = next_meeting(meeting)
        self._items.setdefault(meeting, []).append(Item(state, revision, seal, True, act))
        return meeting

    def meet(self) -> None:
        """Plan the proposals, their circulation and what becomes of them."""
        for meeting, items in sorted(self._items.items()):
            self._propose(meeting, items)
            self._decide(meeting, items)

    def _propose(self, meeting: Meeting, items: list[Item]) -> None:
        name, at = decision(meeting), instant(office_day(later(meeting.day, -NOTICE)), 21)

        def proposal(look: Look) -> Propose:
            return Propose(
                id=f"sim/decision/{name}",
                actor=SECRETARIAT,
                decision=name,
                title=f"SIMULATED proposal: matrices before the {meeting.name}",
                items=tuple(
                    ProposedItem(
                        number=number,
                        text=f"SIMULATED: approve the matrix of {item.state}, revision {item.revision}",
                        rests_on=(manifest(look, item.seal),),
                    )
                    for number, item in enumerate(items, 1)
                ),
            )

        def circulation(look: Look) -> Circulate:
            return Circulate(
                id=f"sim/decision/{name}/circulated",
                actor=SECRETARIAT,
                decision=name,
                recipients=CIRCULATED,
                documents=tuple(dict.fromkeys(manifest(look, item.seal) for item in items)),
            )

        self._plan.add(at, proposal)
        self._plan.add(at, circulation)

    def _decide(self, meeting: Meeting, items: list[Item]) -> None:
        name, who = decision(meeting), chair(meeting.day)
        adopted = tuple(number for number, item in enumerate(items, 1) if item.adopted)
        refused = tuple(number for number, item in enumerate(items, 1) if not item.adopted)
        at = instant(meeting.day, MEETS)
        if adopted:
            command = Adopt(
                id=f"sim/decision/{name}/adopted", actor=who, decision=name, meeting=meeting.name, items=adopted
            )
            self._plan.add(at, command)
        if refused:
            put_off = DoNotAdopt(
                id=f"sim/decision/{name}/not-adopted",
                actor=who,
                decision=name,
                meeting=meeting.name,
                reason="SIMULATED: a member asked for more time",
                items=refused,
            )
            self._plan.add(at, put_off)
        for item in items:
            if item.adopted:
                approval = ApproveMatrix(
                    id=f"sim/matrix/{item.state}/{item.revision}/{item.act}",
                    actor=SECRETARIAT,
                    state=item.state,
                    revision=item.revision,
                    decision=name,
                )
                self._plan.add(instant(meeting.day, APPROVES), approval)


def decision(meeting: Meeting) -> str:
    """Return the name of the decision on the matrices before a meeting."""
    return f"sim-matrices-{meeting.day.isoformat()}"


def before(sealed: date) -> Meeting:
    """Return the first meeting that gives enough notice of what is sealed on a day."""
    return meeting_from(later(sealed, NOTICE + 1))


def manifest(look: Look, seal: str) -> str:
    """Return the manifest that the command with this key sealed."""
    body = look(event_of(seal))
    assert isinstance(body, RevisionSealed)  # noqa: S101 - the key is that of a seal
    return body.manifest
