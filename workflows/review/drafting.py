"""The draft of an annual review: the parts of paragraph 6(a)(i) at a cut-off, and the positions behind each figure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from domain.matrix.events import CellAssessed, CellCorrected
from domain.review.preparing import Preparation
from domain.review.priorities import Priority, PriorityTakenUp
from ledger.record import Record
from projections.annual_review import AnnualReview, Figure
from projections.figures import cited

SYNTHETIC = "SYNTHETIC: drawn up by a simulated record; it is no review of the Committee."
SECTIONS = (
    ("Paragraph 1 of the resolution", ("op1",)),
    ("Paragraph 2 of the resolution", ("op2",)),
    ("Paragraph 3 of the resolution", ("op3ab", "op3cd")),
)
BY_STATES = ("received-", "states-", "laws-", "practices-", "plans-", "submissions-")
"""The figures of what States do by their own authorities and laws begin so; the others are of the programme's tasks."""


class Year(NamedTuple):
    """What a review is drafted from: figures at the cut-off, preparation, priorities and those of the year before."""

    figures: AnnualReview
    preparation: Preparation
    priorities: Sequence[Priority]
    before: Sequence[Priority]


def draft(record: Record, year: Year) -> str:
    """Return the draft: no figure is of a State, and none is compared."""
    return "\n".join((*_head(year.figures, record), *_parts(record, year), *_since(year.figures))) + "\n"


def _head(found: AnnualReview, record: Record) -> Iterator[str]:
    if found.synthetic:
        yield SYNTHETIC
        yield ""
    yield f"DRAFT annual review of the implementation of resolution 1540 (2004), {found.year}"
    yield ""
    yield f"Period: {found.period_from} to {found.period_to}, as known by the data cut-off {found.as_of}"
    yield f"Known by {found.known_cut}; on record by position {found.recorded_by.position} of {record.origin}"
    yield "Each figure is of the Committee's own work; behind it stand the positions of the events that it counts."
    if found.notice:
        yield found.notice
    if found.withheld:
        yield f"{found.withheld} events are withheld from who drew this up, and counted nowhere."


def _parts(record: Record, year: Year) -> Iterator[str]:
    found = year.figures
    yield from ("", "1. All aspects of paragraphs 1 to 3 of the resolution")
    yield from _by_paragraph(record, found)
    yield from ("", "2. Efforts carried on in accordance with national authorities and legislation")
    yield from map(_figure, (each for each in found.figures if each.figure.startswith(BY_STATES)))
    yield from ("", "3. Progress on the tasks of the present programme of work")
    yield from map(_figure, (each for each in found.figures if not each.figure.startswith(BY_STATES)))
    yield from ("", f"Duties of programme {found.programme}:" if found.programme else "No programme was known there.")
    for duty in found.duties:
        closed = f", by event {duty.closed_by}" if duty.closed_by else ""
        yield f"- {duty.paragraph} {duty.duty}: {duty.status or 'not told'}{closed}"
    yield from ("", "4. Priorities for the next programme of work")
    yield from (f"- {each.stated.priority}: {each.stated.text}" for each in year.priorities)
    yield from () if year.priorities else ("None is on record.",)
    yield from ("", f"Priorities of the review of {found.year - 1}:")
    yield from (f"- {each.stated.priority}: {_became(each)}" for each in year.before)
    yield from () if year.before else ("None is on record.",)
    yield from ("", "5. Input of the working groups")
    yield from (f"- {each.group}: document {each.document_id}" for each in year.preparation.input)
    yield from () if year.preparation.input else ("None is on record.",)


def _by_paragraph(record: Record, found: AnnualReview) -> Iterator[str]:
    counted = [each for each in found.events if each.figure == "cells-assessed" and not each.since_the_cut_off]
    events = record.at({each.position for each in counted})
    for title, sections in SECTIONS:
        positions = [place for place, event in events.items() if _section(event.body) in sections]
        yield f"- {title}: {len(positions)} cells assessed [{cited(positions)}]"
    yield "What stands in matrices on these paragraphs is in the matrices; they are no measure of compliance."


def _section(body: object) -> str:
    cell = body.cell if isinstance(body, CellAssessed | CellCorrected) else "/"
    return cell.partition("/")[2].partition("-")[0]


def _figure(each: Figure) -> str:
    return f"- {each.figure}: {each.count} [{each.positions}]"


def _became(each: Priority) -> str:
    if each.settled is None:
        return "neither taken up nor set aside"
    what = "taken up" if isinstance(each.settled, PriorityTakenUp) else "set aside"
    return f"{what} by programme {each.settled.programme}: {each.settled.reason}"


def _since(found: AnnualReview) -> Iterator[str]:
    yield from ("", f"Since the cut-off: known after {found.known_cut}, by {found.since_to}")
    later = [each for each in found.figures if each.since_count]
    yield from (f"- {each.figure}: {each.since_count} [{each.since_positions}]" for each in later)
    yield from () if later else ("Nothing that is counted.",)
