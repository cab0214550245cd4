"""The office of the Secretariat: enters what is done on a day, with the papers and decisions that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import sha256
from domain.decision import Adopt, Circulate, Propose, ProposedItem
from domain.document import RegisterDocument
from interfaces.demo.cast import SECRETARIAT, chair
from interfaces.demo.dates import END, instant, later, meeting_from, office_day
from interfaces.demo.reporting import share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.deciding import Command
    from domain.decision import Fulfilment
    from interfaces.demo.dice import Dice
    from interfaces.demo.plan import Late, Plan

CIRCULATED = ("chair", "member", "expert")
PAPERS_HOUR = 14
"""Papers are registered before all else of a day."""
SMALL, SAMPLE = 30, range(2013, 2016)
"""With fewer States than this, meetings and letters are those of some years."""
NOTICE = 13
"""A proposal is circulated on the first Friday from so many days before the meeting."""


class Office:
    """What all who keep a kind of record share: the plan, chance, and the States in an order of chance."""

    def __init__(self, plan: Plan, dice: Dice, states: Sequence[str], taking_part: Sequence[str]) -> None:
        self.plan = plan
        self.dice = dice
        self.states = states
        """All Member States since the start, of which any may sit in the Committee, ask or offer."""
        self.taking_part = taking_part
        """Those who have matrices."""

    def share(self, count: int, *, least: int) -> int:
        """Return how many stand for `count` among all Member States, and how many there are at least."""
        return max(share(count, len(self.taking_part)), least)

    def years(self, first: int) -> range:
        """Return the years whose routine is lived: in a small simulation those around the twelfth programme alone."""
        if len(self.taking_part) < SMALL:
            return range(max(first, SAMPLE.start), SAMPLE.stop)
        return range(first, END.year + 1)

    def enter(self, day: date, hour: int, command: Command | Late, *, document: bytes | None = None) -> None:
        """Enter something on a day; what would come after the end of the simulation is left out."""
        if day <= END:
            self.plan.add(instant(day, hour), command, document=document)

    def paper(self, name: str, title: str, day: date, *, distribution: str = "restricted") -> str:
        """Register a simulated document, whose text says that it is one, and return the hash of its bytes."""
        text = f"SIMULATED. {title}, {name}: this text stands for a document that it does not repeat.\n".encode()
        command = RegisterDocument(
            id=f"sim/document/{name}",
            actor=SECRETARIAT,
            document=name,
            title=f"SIMULATED {title}",
            sha256=sha256(text),
            size=len(text),
            media_type="text/plain; charset=utf-8",
            language="en",
            source="simulated document of the Committee",
            dated=day.isoformat(),
            sender="SIMULATED",
            distribution=distribution,
        )
        self.enter(day, PAPERS_HOUR, command, document=text)
        return sha256(text)

    def decided(
        self, name: str, title: str, day: date, *, rests_on: str | None = None, fulfils: Fulfilment | None = None
    ) -> None:
        """Have something proposed, circulated, and adopted in the meeting of a day."""
        circulated, meeting = office_day(later(day, -NOTICE)), meeting_from(day)
        item = ProposedItem(
            number=1, text=f"SIMULATED: adopt the {title}", rests_on=() if rests_on is None else (rests_on,)
        )
        proposal = Propose(
            id=f"sim/decision/{name}",
            actor=SECRETARIAT,
            decision=name,
            title=f"SIMULATED proposal: {title}",
            items=(item,),
        )
        self.enter(circulated, 21, proposal)
        circulation = Circulate(
            id=f"sim/decision/{name}/circulated", actor=SECRETARIAT, decision=name, recipients=CIRCULATED
        )
        self.enter(circulated, 21, circulation)
        adoption = Adopt(
            id=f"sim/decision/{name}/adopted",
            actor=chair(day),
            decision=name,
            meeting=meeting.name,
            fulfils=() if fulfils is None else (fulfils,),
        )
        if day <= END:
            self.plan.add(instant(day, 15, 30), adoption)
