"""Laws in the simulation, each standing where cells of its State's matrix cite it; some amended, some repealed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.law.records import AmendLaw, Article, RecordLaw, RepealLaw
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.dates import later, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.matrix.events import Source
    from interfaces.demo.matrix import Matrix
    from interfaces.demo.office import Office

LAWS = 60
REPEALED = date(2015, 6, 30)
"""The last day of the laws that are repealed; the example's is among them."""
ARTICLES = 3


def enter(office: Office, matrices: Sequence[Matrix]) -> None:
    """Enter a law for some States, the example first, with the articles that its matrix of 2011 to 2016 cites."""
    chosen = matrices[: office.share(LAWS, least=1)]
    for place, matrix in enumerate(chosen):
        found = _cited(matrix)
        if found:
            opened, sources = found
            _law(office, matrix.code, weekday(later(opened, 90)), sources, repealed=place % 4 == 0)


def _cited(matrix: Matrix) -> tuple[date, list[Source]] | None:
    """Return when a revision on T2011 was sealed, and different places that its own cells cite."""
    for revision in matrix.revisions:
        if revision.template == "T2011" and revision.withdrawn is None:
            cited = [source for own in revision.own for source in own.cell.sources or ()]
            places = {(source.document_id, source.locator): source for source in cited}
            return (revision.sealed, list(places.values())[:ARTICLES]) if places else None
    return None


def _law(office: Office, state: str, day: date, sources: Sequence[Source], *, repealed: bool) -> None:
    name, key = f"sim-law-{state.lower()}", f"sim/law/{state}"
    articles = tuple(
        Article(article=f"Article {number}", document_id=source.document_id, locator=source.locator)
        for number, source in enumerate(sources, 1)
    )
    law = RecordLaw(
        id=key,
        actor=expert(1),
        law=name,
        state=state,
        topics=("op3cd-1",),
        title="SIMULATED law on strategic goods",
        number="SIMULATED 1",
        articles=articles,
        in_force_from="2009-01-01",
    )
    office.enter(day, 17, law)
    amended = AmendLaw(
        id=f"{key}/amended",
        actor=expert(1),
        law=name,
        version=2,
        in_force_from="2014-09-01",
        text="SIMULATED: the list of goods was replaced",
        articles=articles,
    )
    office.enter(max(date(2014, 9, 8), weekday(later(day, 30))), 17, amended)
    if repealed:
        document, known = f"{name}-repeal", max(date(2015, 7, 6), weekday(later(day, 60)))
        office.paper(document, "notice of a repeal", known)
        gone = RepealLaw(
            id=f"{key}/repealed",
            actor=SECRETARIAT,
            law=name,
            in_force_to=REPEALED.isoformat(),
            documents=(document,),
        )
        office.enter(known, 17, gone)
