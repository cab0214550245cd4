"""A page: the cell events of one State up to a position, as columns of integers in one run of bytes.

The rows of a cell lie together in order of knowing, so that what stood at a date is one binary search, in C, over the
column of known dates. A row whose event was never struck, and strikes nothing, stands from its own position on in both
readings: its known date, its position and a code for its value say all of it. Any other row is marked `APART`, and its
whole rectangle lies in columns of its own.

Rows later than the page's position are left out, and what ended later has no end: such a page answers every question
about a position up to its own, for good. The same rows always give the same bytes.
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

import msgspec

from domain.index import Kind
from domain.rectangles import BEYOND
from domain.standing import NO_LIMIT
from domain.times import FAR_PAST, text
from domain.values import Precision

FORMAT = f"ledger1540 page 1, {sys.byteorder} endian"
APART = 255
"""The code of a row that is kept apart; smaller ones are places in the list of codes."""

_ENDLESS = 2**63 - 1
_YEAR_ONE = datetime.fromisoformat("0001-01-01T00:00:00Z")
_YEAR_ZERO = timedelta(days=366)
_MICROSECOND = timedelta(microseconds=1)
_PREFIX = 8
"""Bytes in front of the head: a checksum of all that follows, and the length of the head."""

Typecode = Literal["B", "H", "I", "q"]

Line = tuple[int, str, str, int, int, str, int, str, int, Kind, str | None, Precision, int]
"""A row of the as-of index without State and event: its place on the axes, and from the tenth on a `Code`."""


class PageUnfit(Exception):
    """The bytes are no page that this program can use: damaged, or of another format."""


class Code(msgspec.Struct, frozen=True, array_like=True):
    """What many rows have in common."""

    kind: Kind
    value: str | None
    known_precision: Precision
    repairs: int


class Group(msgspec.Struct, frozen=True, array_like=True):
    """The cells of a revision that have rows, in order."""

    revision: int
    cells: tuple[str, ...]


class Column(msgspec.Struct, frozen=True, array_like=True):
    """How a column of integers lies in the bytes: its type, as `array` names it, and how many there are."""

    typecode: Typecode
    count: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says before its columns; `versions` are those of the revisions' streams up to its position."""

    format: str
    state: str
    through: int
    versions: dict[int, int]
    codes: list[Code]
    groups: list[Group]
    columns: list[Column]


class Apart(msgspec.Struct, frozen=True):
    """The rectangles of the rows kept apart, column by column."""

    row: memoryview
    root: memoryview
    from_position: memoryview
    to_position: memoryview
    from_noticed: memoryview
    to_noticed: memoryview
    code: memoryview


@lru_cache(maxsize=8192)
def ticks(instant: str) -> int:
    """Return an instant as microseconds, in the order of instants; with `FAR_PAST` first and `BEYOND` last."""
    if instant == FAR_PAST:
        return 0
    return _ENDLESS if instant == BEYOND else (datetime.fromisoformat(instant) - _YEAR_ONE + _YEAR_ZERO) // _MICROSECOND


def instant(count: int) -> str:
    """Return the instant that `ticks` gave a count for."""
    return text(_YEAR_ONE + count * _MICROSECOND - _YEAR_ZERO)


def pack(state: str, through: int, versions: Mapping[int, int], lines: Iterable[Line]) -> bytes:
    """Return the page of a State through a position, from the rows of its revisions in the order of their key."""
    codes: dict[tuple[Kind, str | None, Precision, int], int] = {}
    starts: dict[tuple[int, str], int] = {}
    known: list[int] = []
    position: list[int] = []
    plain: list[int] = []
    apart: list[tuple[int, ...]] = []
    for line in lines:
        revision, cell, known_at, root, since, noticed, until, unnoticed, event = line[:9]
        if since > through:
            continue
        starts.setdefault((revision, cell), len(plain))
        code = codes.setdefault(line[9:], len(codes))
        in_both_readings = noticed == FAR_PAST and unnoticed == BEYOND
        if in_both_readings and root == since == event and until > through and line[9] == "cell" and code < APART:
            plain.append(code)
        else:
            end = NO_LIMIT if until > through else until
            apart.append((len(plain), root, since, end, ticks(noticed), ticks(unnoticed), code))
            plain.append(APART)
        known.append(ticks(known_at))
        position.append(event)
    dates = sorted(set(known))
    number = {date: place for place, date in enumerate(dates)}
    rectangles = zip(*apart, strict=True) if apart else ((),) * len(Apart.__struct_fields__)
    counted = [number[date] for date in known]
    numbers: list[Sequence[int]] = [[*starts.values(), len(plain)], dates, counted, position, plain, *rectangles]
    head = Head(
        format=FORMAT,
        state=state,
        through=through,
        versions={revision: versions[revision] for revision in sorted(versions)},
        codes=[Code(*code) for code in codes],
        groups=[Group(revision, tuple(cell for _, cell in keys)) for revision, keys in groupby(starts, itemgetter(0))],
        columns=[Column(_narrowest(column), len(column)) for column in numbers],
    )
    return _written(head, numbers)


def _written(head: Head, numbers: Iterable[Sequence[int]]) -> bytes:
    first = msgspec.json.encode(head)
    columns = (array(column.typecode, each).tobytes() for column, each in zip(head.columns, numbers, strict=True))
    body = b"".join((len(first).to_bytes(4), first, *columns))
    return zlib.crc32(body).to_bytes(4) + body


def _narrowest(numbers: Sequence[int]) -> Typecode:
    """Return the type of as few bytes as the largest number needs: what is small stays near the processor."""
    largest = max(numbers, default=0)
    return "B" if largest < 2**8 else "H" if largest < 2**16 else "I" if largest < 2**32 else "q"


class Page:
    """An opened page; its columns are views of its bytes.

    The rows of a cell of `cells[revision]` lie between two neighbouring `starts`, from the one that the cell counts
    to; `known` counts among the different `dates`.
    """

    def __init__(self, data: bytes) -> None:
        """Open a page.

        Raises:
            PageUnfit: these bytes are none that can be used.
        """
        head = _head(data)
        self.state, self.through, self.size = head.state, head.through, len(data)
        self.versions: Mapping[int, int] = head.versions
        self.codes = head.codes
        self.values = [code.value or "" for code in head.codes]
        self.imprecise = any(code.known_precision in ("month", "year") for code in head.codes)
        self.starts, self.dates, self.known, self.position, self.code, *apart = _columns(data, head.columns)
        self.apart = Apart(*apart)
        self.cells: dict[int, Mapping[str, int]] = {}
        before = 0
        for group in head.groups:
            self.cells[group.revision] = _counted(group.cells, before)
            before += len(group.cells)
        self._latest: dict[int, int] = {}

    def rows(self, revision: int, cell: str) -> tuple[int, int]:
        """Return where the rows of a cell begin and end."""
        place = self.cells.get(revision, {}).get(cell)
        return (0, 0) if place is None else (self.starts[place], self.starts[place + 1])

    def draw_near(self) -> None:
        """Read the columns that are searched from end to end: memory is quick in order, and slow in jumps.

        Searches jump. In a page that was long unused, a third of their time was waiting for memory.
        """
        for column in (self.known, self.position, self.code):
            bytes(column)

    def latest(self, revision: int) -> int:
        """Return the highest position of an event in a revision, 0 where it has none."""
        if revision not in self._latest:
            places = self.cells.get(revision, {}).values()
            first, end = (self.starts[min(places)], self.starts[max(places) + 1]) if places else (0, 0)
            self._latest[revision] = max(self.position[first:end], default=0)
        return self._latest[revision]


@lru_cache(maxsize=2048)
def _counted(cells: tuple[str, ...], before: int) -> Mapping[str, int]:
    """Return the places of a revision's cells; most States have the same, and share them."""
    return {cell: before + place for place, cell in enumerate(cells)}


def _columns(data: bytes, columns: Iterable[Column]) -> Iterator[memoryview]:
    first = _PREFIX + int.from_bytes(data[4:_PREFIX])
    for column in columns:
        end = first + array(column.typecode).itemsize * column.count
        yield memoryview(data)[first:end].cast(column.typecode)
        first = end


def _head(data: bytes) -> Head:
    if len(data) < _PREFIX or zlib.crc32(memoryview(data)[4:]) != int.from_bytes(data[:4]):
        raise PageUnfit("its checksum is wrong")
    try:
        head = msgspec.json.decode(data[_PREFIX : _PREFIX + int.from_bytes(data[4:_PREFIX])], type=Head)
    except msgspec.DecodeError as error:
        raise PageUnfit(f"its head cannot be read: {error}") from None
    if head.format != FORMAT:
        raise PageUnfit(f"it is of format {head.format!r}")
    return head
