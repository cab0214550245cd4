"""Laws at a place on the axes: what a law says of itself there, which are repealed, and which cells rest on one."""

import msgspec

from domain.access import may
from domain.law import records
from domain.law.file import Law, law
from domain.matrix.facts import Facts
from domain.refusals import NotFound
from domain.times import new_york_date
from domain.values import Standing
from projections.cited_cells import Cells
from projections.close import close_to
from projections.engine.answering import Answered, Asking, answer, over
from projections.origin import RecordOrigin
from projections.rested import Resting, resting, within
from projections.views.citations import VIEW


class KnownLaw(msgspec.Struct, frozen=True, kw_only=True):
    """A law, its title and number those of its last version by then; `repealed_to` is its last day, if it is repealed.

    `repealed_articles` are those that are repealed while the law goes on.
    """

    law: str
    state: str
    topics: tuple[str, ...]
    title: str
    number: str
    repealed_to: str | None
    repealed_by: str | None
    repealed_articles: tuple[str, ...]


class LawRests(Answered, frozen=True, kw_only=True):
    """The cells that rest on a law, in the order in which they were known."""

    notice: str | None
    law: KnownLaw
    resting: tuple[Resting, ...]


def day_of(asking: Asking) -> str:
    """Return the day on which a law is or is not in force: that of the cut, today where the cut has none."""
    return new_york_date(min(asking.axes.cut.known_at, asking.now)).isoformat()


def what_rests_on_law(asking: Asking, facts: Facts, name: str, standing: Standing | None = None) -> LawRests:
    """Return the cells that rest on a law, as the reader may see them; those that stand in a standing if so asked.

    Raises:
        NotFound: no such law is on record for this reader.
    """
    cut = asking.axes.cut
    of, _ = _law(asking, name)
    if of is None:
        laws = {row.of.name: row.of.name for row in asking.see(VIEW, {"what": "law"})[0]}
        raise NotFound(f"no law {name!r} is on record", where="DOCUMENT", remedy=close_to(name, laws))
    of_it = {"what": "cell", "document": of.documents}
    cells = Cells(asking, facts)
    standing_now = {row.event_id for row in asking.rows.at(VIEW, cut, of_it) if cells.on_record(row)}
    found = [
        row
        for row in asking.rows.ever(VIEW, cut, of_it)
        if of.bears(row.of.document or "", row.of.locator) and (row.event_id in standing_now or cells.held(row))
    ]
    seen = [row for row in found if cells.seen(row)]
    told = (resting(row.of.document or "", row, cells, standing_now, name) for row in seen)
    return answer(
        LawRests,
        over(asking, len(found) - len(seen), any(row.synthetic for row in seen)),
        notice=RecordOrigin(asking.source).notice(cut.position),
        law=known_law(of, day_of(asking)),
        resting=tuple(each for each in told if within(each, standing)),
    )


def repealed(asking: Asking) -> list[Law]:
    """Return the laws of which something is repealed by the day asked, as this reader may see them."""
    rows, _ = asking.see(VIEW, {"what": "repeal"})
    found: list[Law] = []
    for name in sorted({row.of.name for row in rows}):
        of, _ = _law(asking, name)
        if of is not None and (of.ended(day_of(asking)) or of.repealed_articles(day_of(asking))):
            found.append(of)
    return found


def known_law(of: Law, day: str) -> KnownLaw:
    """Return what a law says of itself on a day."""
    ended = of.ended(day)
    last = of.version(day if ended is None else ended.in_force_to) or of.versions[-1]
    return KnownLaw(
        law=of.law,
        state=of.state,
        topics=of.topics,
        title=last.title,
        number=last.law_number,
        repealed_to=None if ended is None else ended.in_force_to,
        repealed_by=None if ended is None else ended.by,
        repealed_articles=() if ended is not None else tuple(sorted(of.repealed_articles(day))),
    )


def _law(asking: Asking, name: str) -> tuple[Law | None, int]:
    """Return a law as this reader may see it at the place asked, and how many of its facts are withheld."""
    known = asking.source.history(records.stream(name)).standing(asking.axes.cut)
    seen = [event for event in known if may(asking.reader, event.header, asking.now)]
    return law(seen), len(known) - len(seen)
