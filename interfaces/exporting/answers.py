"""An answer as a file that can be cited: what was asked of which record by whom, and then what was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from domain.values import Instant, Reading
from interfaces.exporting.tables import Table, Tables, tables
from projections.engine.answering import Answered
from projections.sheets import Sheet, csv_of, workbook

if TYPE_CHECKING:
    from domain.access import Reader
    from ledger.record import Record
    from projections.axes import Axes

SYNTHETIC = "This content is made up; it states no fact about a real State."


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """How to cite an answer; `root` is the RFC 6962 root of the log at `position`, `reader` empty for the public."""

    log: str
    asked: str
    as_of: str | None
    known_cut: Instant
    reading: Reading
    position: int
    recorded_at: Instant | None
    root: str
    reader: str
    synthetic: bool


def citation(record: "Record", axes: "Axes", reader: "Reader", asked: str, answer: object) -> Citation:
    """Return how to cite an answer: by the place that it says itself it holds for, else the one given."""
    place = answer if isinstance(answer, Answered) else _placed(axes)
    by = place.recorded_by
    return Citation(
        log=record.origin,
        asked=asked,
        as_of=place.as_of,
        known_cut=place.known_cut,
        reading=place.reading,
        position=by.position,
        recorded_at=by.recorded_at,
        root=record.root(by.position).hex(),
        reader=reader.actor,
        synthetic=record.simulation or place.synthetic,
    )


def _placed(axes: "Axes") -> Answered:
    return Answered(
        as_of=axes.as_of,
        known_cut=axes.cut.known_at,
        recorded_by=axes.recorded_by,
        reading=axes.cut.reading,
        synthetic=False,
        withheld=0,
    )


def as_json(cited: Citation, answer: object) -> bytes:
    """Return an answer as JSON, its citation first."""
    return msgspec.json.format(msgspec.json.encode({"citation": cited, "answer": answer}), indent=2) + b"\n"


def as_csv(cited: Citation, answer: object) -> bytes:
    """Return an answer as CSV: lines of citation and of what is said once, then its tables, an empty line before each.

    Where there are several, the name of each stands on a line of its own.
    """
    found = tables(answer)
    rows: list[Sequence[str]] = [*_over(cited, found)]
    for table in found.tables:
        named = [(table.name,)] if len(found.tables) > 1 else []
        rows += [(), *named, table.columns, *table.rows]
    return csv_of(rows)


def as_xlsx(cited: Citation, answer: object) -> bytes:
    """Return an answer as a workbook: a sheet of citation, and one for each table."""
    found = tables(answer)
    return workbook((Sheet("Citation", _over(cited, found)), *(_sheet(cited, each) for each in found.tables)))


def _sheet(cited: Citation, table: Table) -> Sheet:
    marked = [("SYNTHETIC", SYNTHETIC)] if cited.synthetic else []
    return Sheet(table.name, (*marked, table.columns, *table.rows), header=len(marked) + 1)


def _over(cited: Citation, found: Tables) -> Iterable[Sequence[str]]:
    if cited.synthetic:
        yield "SYNTHETIC", SYNTHETIC
    for name in cited.__struct_fields__:
        value = getattr(cited, name)
        yield name, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    yield from ((name, words) for name, words in found.said if name.partition(".")[0] not in _CITED)


_CITED = frozenset((*Citation.__struct_fields__, "recorded_by"))
FORMS: Mapping[str, Callable[[Citation, object], bytes]] = {".csv": as_csv, ".json": as_json, ".xlsx": as_xlsx}
"""How an answer is written, by the ending of the file's name."""
