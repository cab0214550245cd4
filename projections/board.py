"""The programme board: how far each duty of a programme of work is, by which event, document and decision."""

from collections import Counter

import msgspec

from domain import programme
from domain.calendar import Due, due_of
from domain.programme import ProgrammeAdopted
from domain.refusals import NotFound
from domain.times import new_york_date
from domain.values import Date, Instant, Precision
from projections.bearing import Bearing
from projections.duties import reads_progress, told
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Row
from projections.states import NamedStreams, members


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An event by which a duty stands as it does, and the document or decision that it names."""

    event_id: str
    position: int
    stream: str
    type: str
    known_at: Instant
    known_precision: Precision
    document: str | None
    decision: str | None


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """The duties of one paragraph, each as `due` gives it; `again_in` is a later programme that has taken it over."""

    paragraph: str
    duties: tuple[dict[str, object], ...]


class Board(Answered, frozen=True, kw_only=True):
    """The duties of a programme by paragraph, in its order, and the events that they name.

    `counts` says how many there are of each status, and how many were done late or extended; None where that is
    withheld.
    """

    programme: int
    period_from: Date
    period_to: Date
    counts: dict[str, int] | None
    paragraphs: tuple[Paragraph, ...]
    acts: tuple[Act, ...]


def board(asking: Asking, record: NamedStreams, number: int | None = None) -> Board:
    """Return the board of a programme, by default of the last that has begun and lays down duties.

    Raises:
        NotFound: that programme is not known at the place asked.
    """
    cut = asking.axes.cut
    found, reads = Bearing(asking), reads_progress(asking.reader, asking.now)
    standing = found.facts.standing
    day = new_york_date(cut.known_at).isoformat()
    known = programme.adopted(standing, int(day[:4]))
    shown = _chosen(known, number, day)
    states = members(record, cut)
    entries = due_of(standing, cut.known_at, shown.programme, facts=found.facts, states=states)
    paragraphs: dict[str, list[dict[str, object]]] = {}
    for duty in told(entries, reads=reads):
        again = _again_in(known, shown, str(duty["duty"]), day)
        paragraphs.setdefault(str(duty["paragraph"]), []).append({**duty, "again_in": again})
    return answer(
        Board,
        over(asking, found.withheld, any(row.synthetic for row in found.rows)),
        programme=shown.programme,
        period_from=shown.period_from,
        period_to=shown.period_to,
        counts=_counts(entries) if reads else None,
        paragraphs=tuple(Paragraph(paragraph=name, duties=tuple(duties)) for name, duties in paragraphs.items()),
        acts=_acts(found, entries) if reads else (),
    )


def _chosen(known: tuple[ProgrammeAdopted, ...], number: int | None, day: Date) -> ProgrammeAdopted:
    if number is None:
        begun = [each for each in known if each.duties and each.period_from <= day]
        found = begun[-1] if begun else next((each for each in known if each.duties), None)
    else:
        found = next((each for each in known if each.programme == number), None)
    if found is None:
        named = ", ".join(str(each.programme) for each in known)
        raise NotFound(
            "no programme with duties was known there" if number is None else f"programme {number} was not known there",
            where="--programme",
            remedy=f"known are {named}" if named else "ask as of a later date",
        )
    return found


def _again_in(known: tuple[ProgrammeAdopted, ...], shown: ProgrammeAdopted, duty: str, day: Date) -> int | None:
    """Return the first later programme that has begun and names a duty again."""
    later = (each for each in known if each.programme > shown.programme and each.period_from <= day)
    return next((each.programme for each in later if any(named.duty == duty for named in each.duties)), None)


def _counts(entries: tuple[Due, ...]) -> dict[str, int]:
    counted = Counter[str](entry.status for entry in entries)
    counted["late"] = sum(entry.late for entry in entries)
    counted["extended"] = sum(entry.extension is not None for entry in entries)
    return dict(sorted(counted.items()))


def _acts(found: Bearing, entries: tuple[Due, ...]) -> tuple[Act, ...]:
    named = {step.event_id for entry in entries for step in entry.steps}
    named |= {event_id for entry in entries for event_id in (entry.closed_by, entry.extension, entry.suspended_by)}
    named |= {entry.served.last.event_id for entry in entries if entry.served.last is not None}
    named |= {opened.by.event_id for entry in entries for opened in entry.opened}
    acts = [_act(row, row.of.document, row.of.decision) for row in found.duties if row.event_id in named]
    acts += [_act(row, row.of.document, row.of.decision) for row in found.served if row.event_id in named]
    acts += [_act(row, None, None) for row in found.matrices if row.event_id in named]
    return tuple(sorted(acts, key=lambda act: act.position))


def _act(row: Row[Columns], document: str | None, decision: str | None) -> Act:
    return Act(
        event_id=row.event_id,
        position=row.position,
        stream=row.stream,
        type=row.type,
        known_at=row.known_at,
        known_precision=row.known_precision,
        document=document,
        decision=decision,
    )
