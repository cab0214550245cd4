"""What the engine's tests are given: records to follow, views to keep, made-up histories of what comes in."""

import random
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from domain.corrected_reading import Mended, ReadAgain
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.decision import Circulate, Propose, ProposedItem
from domain.document import RegisterDocument, WithdrawDocument
from domain.matrix.events import CellAssessed, CellCorrected
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.standing import Cut, History
from domain.state import RenameState
from domain.submission import KINDS, DeclareNoChange, ReadSubmission, ReceiveSubmission, WithdrawSubmission
from domain.times import moment, text
from ledger.mapper import Stored
from projections.engine.view import Columns, Lookup, View
from tests.histories.made_up import STATES, founded
from tests.histories.playing import played, random_ops
from tests.histories.yearly import Years
from tests.memory_record import MemoryRecord

PAGE = b"The State has a 1aw.\n"


class Followed:
    """A record in memory as the engine follows it, up to a position that the test moves."""

    simulation = True

    def __init__(self, record: MemoryRecord, last_position: int | None = None) -> None:
        self.record = record
        self.last_position = record.position if last_position is None else last_position
        self.poisoned: set[int] = set()

    def history(self, stream: str) -> Any:
        return self.record.history(stream)

    def event(self, event_id: str) -> Recorded | None:
        return self.record.event(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        return self.record.after(position)

    def at(self, positions: Iterable[int]) -> dict[int, Recorded]:
        return {position: self.record.events[position - 1] for position in positions}

    def document(self, sha256: str) -> bytes | None:
        return self.record.document(sha256)

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Stored]:
        for place in range(start - 1, self.last_position if stop is None else min(stop, self.last_position)):
            yield Stored(place + 1, self.record.headers[place], self.record.bodies[place], self.record.nonces[place])

    def decoded(self, stored: Stored) -> Recorded:
        if stored.position in self.poisoned:
            raise Poisoned(f"position {stored.position} cannot be read")
        return self.record.events[stored.position - 1]

    @contextmanager
    def awaiting(self) -> Generator["Followed"]:
        yield self

    def beyond(self, position: int, seconds: float | None = None) -> int:
        del position, seconds
        return self.last_position

    def stream_names(self, prefix: str = "") -> Iterator[str]:
        return iter(sorted({e.header.stream for e in self.record.events if e.header.stream.startswith(prefix)}))

    def histories(self, prefix: str, where: Callable[[str], bool] | None = None) -> Iterator[tuple[str, History]]:
        return ((name, self.history(name)) for name in self.stream_names(prefix) if where is None or where(name))

    def recorded_at(self, position: int) -> str:
        return self.record.events[position - 1].header.recorded_at

    def now(self) -> str:
        return self.record.events[-1].header.recorded_at


class Poisoned(Refusal):
    """An event that this program cannot read."""


class CellColumns(Columns, frozen=True, kw_only=True):
    state: str
    revision: int
    cell: str
    value: str
    source: int | None
    document: str | None
    in_force: bool


def cell_rows(event: Recorded, lookup: Lookup) -> Iterable[CellColumns]:
    """A row for each source that a cell cites, or one where it cites none."""
    del lookup
    body = event.body
    if isinstance(body, CellAssessed | CellCorrected):
        cited: list[tuple[int | None, str | None]] = [
            (place, each.document_id) for place, each in enumerate(body.sources)
        ]
        for number, document in cited or [(None, None)]:
            yield CellColumns(
                state=body.state,
                revision=body.revision,
                cell=body.cell,
                value=body.value,
                source=number,
                document=document,
                in_force=body.in_force_from is not None,
            )


CELLS = View(
    name="cells",
    version=1,
    columns=CellColumns,
    follows=(CellAssessed, CellCorrected),
    rows=cell_rows,
    indexes=(("state", "cell"),),
)


def matrices(seed: int, length: int) -> Followed:
    """Return the record of a made-up history of matrices."""
    return Followed(played(random_ops(seed, length)).record)


def programmes(seed: int, length: int) -> Followed:
    """Return the record of made-up years under two programmes of work."""
    return Followed(Years(seed).play(length))


def registry(seed: int, length: int) -> Followed:
    """Return a record in which documents and submissions come in, late and early, and are put right and undone."""
    return Followed(Registry(seed).play(length))


class Registry:
    """Someone who registers what comes in, makes mistakes, and mends them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.record = founded()
        self.sha256 = self.record.store(PAGE)
        self.streams: tuple[str, ...] = ("document/", "submission/", "decision/", "state/")
        self.moves: tuple[Callable[[], Command | None], ...] = (
            self.document,
            self.submission,
            self.followed,
            self.decided,
            self.struck,
            self.struck,
        )
        self.refused = 0
        self._number = 0

    def play(self, length: int) -> MemoryRecord:
        for _ in range(length):
            passed = timedelta(days=self.chance.choice((0, 0, 1, 20)), microseconds=self.chance.choice((1, 3_000_000)))
            self.record.now = text(moment(self.record.recorded_at()) + passed)
            self._number += 1
            command = self.chance.choice(self.moves)()
            if command is not None:
                try:
                    self.record.submit(command)
                except Refusal:
                    self.refused += 1
        return self.record

    def said(self, *, noticed: bool = False, actor: str = "sec") -> dict[str, Any]:
        days = timedelta(days=self.chance.choice((0, 0, 0, 2, 40, 400)))
        then = text(moment(self.record.recorded_at()) - days)
        known = self.chance.choice((None, then[:10], then[:7], then)) if days else None
        said: dict[str, Any] = {"id": f"r{self._number}", "actor": actor, "known": known}
        if noticed:
            said["noticed"] = self.chance.choice((None, then))
        return said

    def document(self) -> Command:
        said = self.said()
        return RegisterDocument(
            **said,
            document=f"document-{self.chance.randrange(12)}",
            title=f"Report {self._number}",
            sha256=self.sha256,
            size=len(PAGE),
            media_type="text/plain",
            language=self.chance.choice(("en", "fr")),
            symbol=self.chance.choice((None, f"S/AC.44/{self._number}")),
            received_at=None if said["known"] else self.record.now,
            sender="Permanent Mission, Côte d’Ivoire",
            distribution=self.chance.choice(("general", "restricted")),
            translation_of=self.chance.choice((None, None, self.a_document())),
        )

    def a_document(self) -> str:
        return f"document-{self.chance.randrange(12)}"

    def submission(self) -> Command:
        number, state = f"submission-{self.chance.randrange(12)}", self.chance.choice(STATES)
        if self.chance.randrange(3) == 0:
            return DeclareNoChange(**self.said(), submission=number, state=state, since="2005", received="2007-01-01")
        return ReceiveSubmission(
            **self.said(),
            submission=number,
            state=state,
            kind=self.chance.choice(KINDS),
            documents=self.chance.choice(((), (), (self.a_document(),))),
            received="2007-02",
            note=self.chance.choice(("", "Sent by the Permanent Mission, with a légende")),
        )

    def decided(self) -> Command:
        number = f"decision-{self.chance.randrange(12)}"
        match self.chance.randrange(3):
            case 0:
                return RenameState(
                    **self.said(), state=self.chance.choice(STATES), name=f"Republic {self._number}", name_fr="Côte"
                )
            case 1:
                return Circulate(**self.said(), decision=number, recipients=("member",), documents=(self.sha256,))
            case _:
                item = ProposedItem(number=1, text="Adopt the report", rests_on=(self.sha256,))
                return Propose(**self.said(), decision=number, title=f"Item {self._number}", items=(item,))

    def followed(self) -> Command:
        number = self.chance.randrange(12)
        match self.chance.randrange(4):
            case 0:
                mended = (Mended(start=16, end=19, original="1aw", corrected="law"),)
                return ReadAgain(**self.said(), document=f"document-{number}", mended=mended)
            case 1:
                after = self.chance.choice((None, self.a_document()))
                return WithdrawDocument(
                    **self.said(), document=f"document-{number}", reason="replaced", replaced_by=after
                )
            case 2:
                return ReadSubmission(**self.said(), submission=f"submission-{number}")
            case _:
                return WithdrawSubmission(**self.said(), submission=f"submission-{number}", reason="by mistake")

    def struck(self) -> Command | None:
        """Correct or void something of the last few events, or what corrected or voided it."""
        found = [e for e in self.record.events if e.header.stream.startswith(self.streams)][-25:]
        if not found:
            return None
        target = self.chance.choice(found)
        said = self.said(noticed=True)
        if self.chance.randrange(2) or target.header.voids:
            return MarkInError(**said, target=target.id, reason="in error")
        member = next((name for name in ("title", "note", "reason", "name") if hasattr(target.body, name)), "")
        return Correct(**said, target=target.id, reason="typing error", changes={member: f"mended {self._number}"})


def cuts(record: Followed, seed: int, count: int) -> list[Cut]:
    """Return places worth asking about: at and around the dates on record, at any position, in both readings."""
    chance = random.Random(seed)
    headers = [event.header for event in record.record.events[: record.last_position]]
    dates = sorted({date for h in headers for date in (h.known_at, h.recorded_at, h.noticed_at) if date is not None})
    found: list[Cut] = []
    for _ in range(count):
        known = moment(chance.choice(dates)) + timedelta(microseconds=chance.choice((-1, 0, 0, 1)))
        position = chance.choice((record.last_position, chance.randint(1, record.last_position)))
        found.append(Cut(known_at=text(known), position=position, reading=chance.choice(("corrected", "stood"))))
    return [*found, Cut(position=record.last_position)]
