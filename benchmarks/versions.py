"""Cell versions by the million: the same facts for every contender, and the record that ours are written into.

193 States with the 389 cells of T2011, each cell with as many versions. They become known at any time of ten years and
are recorded some days later, 20 on average, so that facts arrive late and out of order. Written by the rules of the
Committee, five million of them would take the better part of an hour; so index rows go into the table `standing`
directly, as an append writes them, and of the events only every thousandth is there, to say when it was recorded.
"""

import sqlite3
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from domain import ids
from domain.header import FORMAT, Header, encode_header
from domain.matrix.commands import OpenRevision
from domain.rectangles import BEYOND
from domain.standing import NO_LIMIT, Cut
from domain.state import RegisterState
from domain.template import adopted
from domain.times import FAR_PAST, text
from interfaces import initialise
from ledger.mapper import uuid_bytes
from ledger.record import Record

ORIGIN = "benchmark.example/ledger1540/1"
STATES = tuple(command.state for command in initialise.states("benchmark") if isinstance(command, RegisterState))
BEGINNING = datetime(2012, 1, 1, tzinfo=UTC)
DAYS = 3650
DELAY = 20
VALUES = ("X", "?", "NA", "YES", "")
EVERY = 1_000
"""How many versions share one event that is really there."""

_DAY = 86_400_000_000
_BITS = 24


class Question(NamedTuple):
    """One matrix: of a State, as of a known date, recorded by a position."""

    state: int
    known: int
    position: int


class Versions:
    """The facts, column by column: those of a cell lie together in order of knowing."""

    def __init__(self, cells: int, each: int) -> None:
        self.cells, self.each = cells, each
        self.count = len(STATES) * cells * each
        chance = Random(1540)
        self.known = array("q")
        for _ in range(len(STATES) * cells):
            self.known.extend(sorted(int(chance.random() * DAYS * _DAY) for _ in range(each)))
        self.value = bytes(chance.choices(range(len(VALUES)), k=self.count))
        delay = chance.expovariate
        order = [(known + int(delay(1 / (DELAY * _DAY))) << _BITS) | place for place, known in enumerate(self.known)]
        order.sort()
        self.position = array("q", bytes(8 * self.count))
        self.recorded = array("q", (0,))
        for position, key in enumerate(order, 1):
            self.position[key & (1 << _BITS) - 1] = position
            if position % EVERY == 0:
                self.recorded.append(key >> _BITS)

    def of_state(self, state: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield cell, known, position and value of a State's versions, in order of cell and knowing."""
        per_state = self.cells * self.each
        for place in range(state * per_state, (state + 1) * per_state):
            yield place % per_state // self.each, self.known[place], self.position[place], self.value[place]

    def truth(self, asked: Question) -> list[tuple[int, int, int]]:
        """Return cell, position and value of what stands, by looking at every version."""
        rows = self.of_state(asked.state)
        last = {cell: (at, value) for cell, known, at, value in rows if known <= asked.known and at <= asked.position}
        return sorted((cell, *stands) for cell, stands in last.items())

    def questions(self, kind: str, count: int) -> list[Question]:
        """Return questions of a kind: all on record, recorded by the date asked about, or recorded long before it."""
        chance = Random(kind)
        found: list[Question] = []
        marks = len(self.recorded) - 1
        for _ in range(count):
            known, mark = int(chance.random() * DAYS * _DAY), marks
            if kind != "all on record":
                mark = chance.randrange(1, marks // 2)
                known = self.recorded[mark]
                known += 0 if kind == "recorded by that date" else chance.randrange(3 * 365 * _DAY, 5 * 365 * _DAY)
            found.append(Question(chance.randrange(len(STATES)), known, mark * EVERY))
        return found


KINDS = ("all on record", "recorded by that date", "recorded years before")


def instant(known: int) -> str:
    """Return the instant of a number of microseconds since the beginning."""
    return text(BEGINNING + timedelta(microseconds=known))


class Written:
    """A record with these versions, and what is needed to ask it the same questions."""

    def __init__(self, home: Path, each: int) -> None:
        with Record.create(home, origin=ORIGIN) as made:
            for document in initialise.documents():
                made.documents.put(document)
            made.submit_all([*initialise.types("benchmark"), *initialise.commands("benchmark")])
            made.submit_all(
                OpenRevision(id=f"open {state}", actor="benchmark", state=state, template="T2011", known="2011-12-31")
                for state in STATES
            )
            template = adopted(made.history("template/T2011"), "T2011", Cut())
            self.before = made.last_position
        self.cells = [field.cell for field in template.fields]
        self.versions = Versions(len(self.cells), each)
        self.record = _written(home, self)

    def position(self, asked: Question) -> int:
        """Return the position on record that a question means."""
        return self.before + asked.position


def _written(home: Path, written: Written) -> Record:
    connection = sqlite3.connect(home / "record.sqlite", isolation_level=None)
    connection.executescript("DROP TRIGGER events_follow; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
    marks = ",".join("?" * 17)
    for number in sorted(range(len(STATES)), key=STATES.__getitem__):
        connection.executemany(f"INSERT INTO standing VALUES ({marks})", _rows(written, number))
        stream = ids.matrix_revision(STATES[number], 1)
        count = written.versions.cells * written.versions.each
        connection.execute("INSERT INTO heads VALUES (?, ?, ?)", (stream, count, bytes(32)))
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, 1, 'benchmark@1', ?)", _events(written))
    connection.execute("COMMIT")
    connection.executescript("ANALYZE; PRAGMA journal_mode = WAL;")
    connection.close()
    return Record.open(home)


@cache
def _clock() -> tuple[list[str], list[str]]:
    """Return how days and seconds of a day are written, as five million instants are to be."""
    days = [text(BEGINNING + timedelta(days=day))[:11] for day in range(DAYS + 1)]
    return days, [text(BEGINNING + timedelta(seconds=second))[11:20] for second in range(86_400)]


def _rows(written: Written, number: int) -> Iterator[tuple[object, ...]]:
    state, names, before = STATES[number], written.cells, written.before
    days, hours = _clock()
    per_cell: dict[int, list[tuple[object, ...]]] = {}
    for cell, known, place, value in written.versions.of_state(number):
        day, rest = divmod(known, _DAY)
        second, micro = divmod(rest, 1_000_000)
        position = before + place
        row = (
            *(state, 1, names[cell], f"{days[day]}{hours[second]}{micro:06}Z", position),
            *(position, FAR_PAST, NO_LIMIT, BEYOND),
            *("cell", position, position.to_bytes(16), 1, VALUES[value], None, "instant", 0),
        )
        per_cell.setdefault(cell, []).append(row)
    for cell in sorted(per_cell, key=names.__getitem__):
        yield from per_cell[cell]


def _events(written: Written) -> Iterator[tuple[int, bytes, str, bytes]]:
    for mark, recorded in enumerate(written.versions.recorded):
        if mark:
            position = written.before + mark * EVERY
            event_id = ids.event_id(ids.command_id(f"mark {mark}"), 0)
            header = Header(
                format=FORMAT,
                log=ORIGIN,
                position=position,
                event_id=event_id,
                stream=f"note/{mark}",
                version=1,
                previous=None,
                subject=None,
                type="benchmark",
                type_version=1,
                body_commitment="0" * 64,
                recorded_at=instant(recorded),
                known_at=instant(recorded),
                known_precision="instant",
                strikes=None,
                noticed_at=None,
                command_id=ids.command_id(f"mark {mark}"),
                actor="benchmark",
                role="",
                causation_id=None,
                correlation_id=None,
                audience=("public",),
                synthetic=True,
            )
            yield position, uuid_bytes(event_id), f"note/{mark}", encode_header(header)
