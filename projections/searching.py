"""Searching the texts on record by their words, as of a date.

What is withheld is every text that the reader may not see, whatever was looked for: a number that changed with the
words would tell what those texts say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import get_args

import msgspec

from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.refusals import MalformedInput
from domain.values import Instant, Precision
from projections.close import close_to
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.tables import audience_of
from projections.engine.view import Row
from projections.openness import MaySee, seen_by
from projections.origin import RecordOrigin
from projections.views.texts import UNSEARCHED, VIEW, Kind, TextColumns
from projections.words import Wanted, around, wanted

Found = Row[TextColumns]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 100
"""How many texts are shown unless more are asked for."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A text that holds what is looked for: the first `words` of it, between what is `before` and `after` them."""

    kind: Kind
    where: str
    part: str
    state: str | None
    before: str
    words: str
    after: str
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool


class Hits(Answered, frozen=True, kw_only=True):
    """How many texts of each kind hold the words, and the first of them in the order in which they were known.

    `not_searched` counts the sealed documents that the reader may see: what they say is kept in no table.
    """

    notice: str | None
    looked_for: str
    not_searched: int
    found: int
    kinds: dict[str, int]
    hits: tuple[Hit, ...]


def search(
    asking: Asking, facts: Facts, written: str, *, kind: Kind | None = None, state: str | None = None, most: int = MOST
) -> Hits:
    """Return the texts that hold what is looked for, of one kind and one State if so asked, as the reader may see them.

    Raises:
        MalformedInput: no words are looked for.
    """
    looked_for, asked = wanted(written), {"kind": kind, "state": state}
    where = {name: value for name, value in asked.items() if value is not None}
    may_see = seen_by(asking.source, asking.reader, asking.now)
    seen = [row for row in asking.rows.at(VIEW, asking.axes.cut, where, looked_for) if may_see(row)]
    found = _as_they_stood(asking, _in_standing_revisions(asking, facts, seen))
    return answer(
        Hits,
        over(asking, _withheld(asking, may_see), any(row.synthetic for row in found)),
        notice=RecordOrigin(asking.source).notice(asking.axes.cut.position),
        looked_for=written,
        not_searched=0 if state is not None or kind not in (None, "text") else _not_searched(asking, may_see),
        found=len(found),
        kinds=dict(sorted(Counter(row.of.kind for row in found).items())),
        hits=tuple(_hit(row, looked_for) for row in found[:most]),
    )


def kind_named(name: str) -> Kind:
    """Return a kind of text by its name.

    Raises:
        MalformedInput: there is none of that name.
    """
    for kind in KINDS:
        if kind == name:
            return kind
    raise MalformedInput(
        f"{name!r} is no kind of text",
        where="--kind",
        remedy=close_to(name, {kind: kind for kind in KINDS}) or f"there are {', '.join(KINDS)}",
    )


class _Unaddressed(msgspec.Struct, frozen=True):
    """An event of which no audience is the reader's."""

    event_id: str
    audience: tuple[str, ...] = ()


def _withheld(asking: Asking, may_see: MaySee) -> int:
    """Return how many texts the reader may not see at all."""
    cut, rows = asking.axes.cut, asking.rows
    if asking.reader.reads_all(asking.now):
        return 0
    audiences = (str(each) for each in rows.column(VIEW, cut, "audience"))
    others = [each for each in audiences if not may_see(_Unaddressed("", audience_of(each)))]
    if not others:
        return 0
    events = rows.column(VIEW, cut, "event_id", {"audience": others})
    return sum(count for event_id, count in events.items() if not may_see(_Unaddressed(str(event_id))))


def _not_searched(asking: Asking, may_see: MaySee) -> int:
    """Return how many sealed documents the reader may see."""
    sealed = asking.rows.column(VIEW, asking.axes.cut, "audience", {"part": UNSEARCHED, "kind": "text"})
    return sum(count for each, count in sealed.items() if may_see(_Unaddressed("", audience_of(str(each)))))


def _in_standing_revisions(asking: Asking, facts: Facts, found: Iterable[Found]) -> list[Found]:
    """Return the texts without those of revisions whose opening does not stand."""

    @cache
    def opened(state: str) -> frozenset[int]:
        return frozenset(MatrixFacts(facts, state, asking.axes.cut).opened)

    return [row for row in found if row.of.revision is None or row.of.revision in opened(row.of.state or "")]


def _as_they_stood(asking: Asking, found: Sequence[Found]) -> list[Found]:
    """Return the texts without names that a State had before the one it had at the place asked."""
    states = sorted({row.of.where for row in found if row.of.kind == "state"})
    names = asking.rows.at(VIEW, asking.axes.cut, {"kind": "state", "state": states}) if states else []
    last = {row.of.where: row.event_id for row in names}
    return [row for row in found if row.of.kind != "state" or last[row.of.where] == row.event_id]


def _hit(row: Found, looked_for: Wanted) -> Hit:
    of = row.of
    before, words, after = around(of.text, looked_for)
    return Hit(
        kind=of.kind,
        where=of.where,
        part=of.part,
        state=of.state,
        before=before,
        words=words,
        after=after,
        event_id=row.event_id,
        position=row.position,
        known_at=row.known_at,
        known_precision=row.known_precision,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
