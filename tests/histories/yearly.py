"""Made-up years under the twelfth and a thirteenth programme of work: steps done, deadlines moved, mistakes."""

import random
from datetime import timedelta
from typing import Any

import msgspec

from domain.correcting import Change, Correct, MarkInError
from domain.deadline import DropDeadline, ExtendDeadline, RecordStep
from domain.deciding import Command
from domain.decision import Adopt, Propose, ProposedItem
from domain.document import RegisterDocument
from domain.duty import Duty, deadline_of
from domain.matrix import commands as c
from domain.programme import AdoptProgramme, ProgrammeAdopted, TransmitProgramme
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.times import moment, text
from interfaces import initialise
from tests.histories.made_up import STATES, founded
from tests.memory_record import MemoryRecord

BEGINS, ENTERED = "2013-06-01T20:00:00.000000Z", "2023-01-09T15:00:00.000000Z"
"""When the first fact was known, and when all of it begins to be recorded."""
MOST = ("REV-2013", "PoW-13", "ODA-REP", "CAL-MONTHLY", "WEB", "REGIONAL-REP", "ONBOARD", "UNIVERSAL", "IRO-POC", "NAP")
"""The duties about which most is done."""


class Years:
    """Who works through the programmes; the length of a history is how much they try."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.record = founded()
        self.record.now = ENTERED
        self.day = BEGINS
        self._number = 0
        self._given = [*initialise.mandates("sec"), *initialise.programme("sec")]
        for data in initialise.documents():
            self.record.store(data)
        for command in self._given:
            self.record.submit(command)
        twelfth = self.record.history("programme/12").events[0].body
        assert isinstance(twelfth, ProgrammeAdopted)
        self.twelfth = twelfth

    def play(self, length: int) -> MemoryRecord:
        """Work for so many days, some of them far apart."""
        days = (self.step, self.step, self.moved, self.dropped, self.examined, self.struck, self.thirteenth, self.sent)
        for _ in range(length):
            self.record.now = text(moment(self.record.now) + timedelta(seconds=1))
            self.day = text(moment(self.day) + timedelta(days=self.chance.choice((0, 1, 5, 12))))
            for command in self.chance.choice(days)():
                self._number += 1
                try:
                    self.record.submit(msgspec.structs.replace(command, id=f"y{self._number}", actor="sec"))
                except Refusal:
                    break
        return self.record

    def _about(self) -> dict[str, Any]:
        """Return the members of a command; now and then its fact has long been known."""
        ago = timedelta(days=self.chance.choice((0, 0, 0, 3, 40)))
        return {"id": "", "actor": "sec", "known": text(moment(self.day) - ago)}

    def _duty(self) -> Duty:
        named = [each for each in self.twelfth.duties if each.steps]
        most = [each for each in named if each.duty in MOST]
        return self.chance.choice(most if self.chance.randrange(4) else named)

    def _decision(self) -> tuple[str, list[Command]]:
        name = f"decision-{self._number}"
        item = ProposedItem(number=1, text="")
        proposed = Propose(id="", actor="sec", known="2013-05-31", decision=name, title="", items=(item,))
        return name, [proposed, Adopt(id="", actor="sec", known="2013-05-31", decision=name, meeting="m")]

    def step(self) -> list[Command]:
        """Do a step of a duty."""
        duty = self._duty()
        step, (name, decided) = self.chance.choice(duty.steps).step, self._decision()
        deadline = deadline_of(duty.duty)
        by: dict[str, Any] = self.chance.choice(({"document": self.twelfth.document_id}, {"decision": name}))
        return [*decided, RecordStep(**self._about(), deadline=deadline, duty=duty.duty, step=step, **by)]

    def moved(self) -> list[Command]:
        """Move a deadline, not always to a later day."""
        duty, (name, decided) = self._duty().duty, self._decision()
        due = text(moment(self.day) + timedelta(days=self.chance.choice((-20, 30, 200))))[:10]
        moving = ExtendDeadline(
            **self._about(), deadline=deadline_of(duty), duty=duty, due=due, decision=name, reason="more time"
        )
        return [*decided, moving]

    def dropped(self) -> list[Command]:
        """Give a duty up."""
        duty, (name, decided) = self._duty().duty, self._decision()
        given_up = DropDeadline(
            **self._about(), deadline=deadline_of(duty), duty=duty, decision=name, reason="not needed"
        )
        return [*decided, given_up]

    def examined(self) -> list[Command]:
        """Examine the matrix of a State, in a new revision."""
        state, about = self.chance.choice(STATES), self._about()
        opened = self.record.history(f"matrix/{state}").events
        revision = 1 + sum(event.header.type == "matrix.revision-opened" for event in opened)
        return [
            c.OpenRevision(**about, state=state, template="T1", revision=revision),
            c.ExamineMatrix(**about, state=state, revision=revision),
        ]

    def thirteenth(self) -> list[Command]:
        """Adopt a thirteenth programme that names some duties again; a second time it is refused."""
        duties = tuple(
            msgspec.structs.replace(each, due=None if each.due is None else "2015-05-31")
            for each in self.twelfth.duties
            if each.duty in ("WEB", "REGIONAL-REP", "CAL-MONTHLY", "MATRIX-ALL")
        )
        named: dict[str, Any] = {"document": self.twelfth.document_id, "duties": duties}
        period: dict[str, Any] = {"period_from": "2014-06-01", "period_to": "2015-05-31"}
        return [AdoptProgramme(**self._about(), programme=13, **period, **named)]

    def sent(self) -> list[Command]:
        """Transmit it, and register a note."""
        sha256 = self.record.store(b"A note.")
        note: dict[str, Any] = {"sha256": sha256, "size": 7, "media_type": "text/plain", "language": "en"}
        return [
            RegisterDocument(**self._about(), document=f"note-{self._number}", title="", **note),
            TransmitProgramme(**self._about(), programme=13),
        ]

    def struck(self) -> list[Command]:
        """Correct or void something, or what did so."""
        kinds = ("deadline/", "programme/13", "matrix/", "decision/")
        found = [e for e in self.record.events if e.header.stream.startswith(kinds)][-30:]
        if not found:
            return []
        target = self.chance.choice(found)
        noticed = self.chance.choice((None, self.day))
        if self.chance.randrange(2) or target.header.voids:
            return [MarkInError(id="", actor="sec", target=target.id, reason="in error", noticed=noticed)]
        return [self._correction(target, noticed)]

    def _correction(self, target: Recorded, noticed: str | None) -> Command:
        """Correct a word, or when it was known."""
        member = next((name for name in ("note", "reason", "title", "addressee") if hasattr(target.body, name)), None)
        known = self.chance.choice((None, text(moment(target.header.known_at) - timedelta(days=9))))
        changes: dict[str, Change] = {} if member is None else {member: f"mended {self._number}"}
        return Correct(
            id="", actor="sec", target=target.id, reason="typing error", changes=changes, known=known, noticed=noticed
        )
