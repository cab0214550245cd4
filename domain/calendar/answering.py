"""How far each duty is at a cut: its steps, its status, and what moved, suspended or dropped it."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain import mandate, programme
from domain.calendar.acts import Acts, AtCut, acts_of, done_by, judged, step_of
from domain.calendar.choosing import Which, every
from domain.calendar.entries import Due, Expected, Opened, Served, Status, StepState, act, last_day, worded
from domain.calendar.expected import expected, expected_of
from domain.closing import Facts, Judged
from domain.closing.rules import place
from domain.deadline import DeadlineDropped, DeadlineExtended, stream
from domain.deciding import fold_of
from domain.duty import Step, deadline_of
from domain.mandate import MandateAdopted
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.standing import Stands
from domain.suspending import suspension
from domain.times import new_york_date, period_of
from domain.values import Instant

NO_FACTS = Facts()


def due(
    standing: Stands,
    known_at: Instant,
    *,
    facts: Facts = NO_FACTS,
    states: Sequence[str] = (),
    which: Which = every,
) -> tuple[Due, ...]:
    """Return what is due at a cut known by `known_at`, dated duties by date, then the others in programme order.

    Everything comes from events that stand at the cut; `facts` are those that the table of closing looks at. `states`
    are the Members whose matrices the programme wants examined: with none named, that duty shows no progress. Overdue
    begins with the day after the last day, in New York.

    Raises:
        MalformedInput: the cut is not dated.
    """
    at = at_cut(standing, known_at, facts, states)
    entries = _entries(at, [each for each in wanted_at(at) if which(each, standing)])
    return tuple(sorted(entries, key=lambda entry: (entry.due is None, entry.due or date.max)))


def due_of(
    standing: Stands, known_at: Instant, number: int, *, facts: Facts = NO_FACTS, states: Sequence[str] = ()
) -> tuple[Due, ...]:
    """Return how far the duties of one programme are, in its order, from what stands at a cut known by `known_at`.

    What a later programme names again is shown as it was when that began. Nothing where the programme is not known.

    Raises:
        MalformedInput: the cut is not dated.
    """
    at = at_cut(standing, known_at, facts, states)
    return tuple(_entries(at, expected_of(number, *_known(standing, at.day), at.day)))


def wanted_at(at: AtCut) -> Sequence[Expected]:
    """Return what falls due, as seen at a cut."""
    return expected(*_known(at.standing, at.day), at.day)


def at_cut(standing: Stands, known_at: Instant, facts: Facts, states: Sequence[str]) -> AtCut:
    """Return a cut at which duties are asked about.

    Raises:
        MalformedInput: it is not dated.
    """
    return AtCut(standing=standing, facts=facts, states=states, known_at=known_at, day=_day_of(known_at))


def _day_of(known_at: Instant) -> date:
    """Return the day of a cut in New York.

    Raises:
        MalformedInput: it is not dated.
    """
    day = new_york_date(known_at)
    if day.year == date.max.year:
        raise MalformedInput("what is due depends on the date", remedy="give the date as of which you ask")
    return day


def _known(standing: Stands, day: date) -> tuple[Sequence[ProgrammeAdopted], Sequence[MandateAdopted]]:
    return programme.adopted(standing, day.year), mandate.mandates(standing(mandate.STREAM))


def _entries(at: AtCut, wanted: Sequence[Expected]) -> Iterator[Due]:
    for each in wanted:
        entry = _entry(each, acts_of(at.standing, each), judged(each, at), at.day)
        if not each.if_missed or entry.status == "overdue":
            yield entry


def _entry(wanted: Expected, acts: Acts, found: Judged, day: date) -> Due:
    done = done_by(wanted, acts, found)
    moved = [(event.id, event.body) for event in acts if isinstance(event.body, DeadlineExtended)]
    dropped = fold_of(tuple(acts), DeadlineDropped)
    extension, extended = moved[-1] if moved else (None, None)
    final = wanted.due if extended is None else date.fromisoformat(extended.due)
    policy = wanted.due_policy if extended is None else "by"
    last = None if final is None else last_day(final, policy)
    complete = bool(wanted.steps) and all(step.step in done for step in wanted.steps)
    late = (last is not None and last < day) or any(each.due is not None and each.due < day for each in found.items)
    suspended = suspension(acts)
    status = _status(wanted, found, complete, bool(dropped), late)
    if suspended is not None and status in ("open", "overdue", "aim", "encouraged"):
        status = "suspended"
    closer = _closer(status, tuple(done.values()), dropped)
    return Due(
        duty=wanted.duty,
        paragraph=wanted.paragraph,
        kind=wanted.kind,
        text=wanted.text,
        owes=wanted.owes,
        due=final,
        due_policy=policy,
        last_day=last,
        basis=wanted.basis,
        status=status,
        words=wanted.words,
        wordings=tuple(worded(each) for each in wanted.wordings),
        deadline=stream(deadline_of(wanted.duty)),
        steps=tuple(_state(step, done.get(step.step)) for step in wanted.steps),
        progress=found.progress,
        programme=wanted.programme,
        mandate=wanted.mandate,
        due_before=None if extended is None else wanted.due,
        extended_by=None if extended is None else extended.decision_id,
        extension=extension,
        suspended_by=None if status != "suspended" or suspended is None else suspended.id,
        closed_by=None if closer is None else closer.id,
        closed_at=None if closer is None else closer.header.known_at,
        late=status == "done" and wanted.kind != "aim" and _after(closer, last),
        served=_served(wanted, acts, found),
        opened=tuple(Opened(of=each.of, by=act(each.opened), due=each.due, missed=each.missed) for each in found.items),
        again_by=found.again_by,
    )


def _served(wanted: Expected, acts: Acts, found: Judged) -> Served:
    """Return how often a duty was served: by its own steps, and by what the table says."""
    steps = [event for event in acts if step_of(event) is not None and event.header.known_at >= wanted.begins]
    listed = {event.id: event for event in (*found.acts, *steps)}
    last = max(listed.values(), key=place, default=None)
    return Served(times=len(listed), last=None if last is None else act(last))


def _state(step: Step, event: Recorded | None) -> StepState:
    return StepState(
        step=step.step,
        says=step.says,
        event_id=None if event is None else event.id,
        known_at=None if event is None else event.header.known_at,
    )


def _status(wanted: Expected, found: Judged, complete: bool, dropped: bool, late: bool) -> Status:
    if wanted.encouraged:
        return "dropped" if dropped else "encouraged"
    if complete and (wanted.closes or wanted.kind == "aim"):
        return "done"
    if dropped:
        return "dropped"
    match wanted.kind:
        case "aim":
            return "aim"
        case "voluntary":
            return "voluntary"
        case _ if not wanted.closes and all(each.missed for each in found.items):
            return "standing"
        case _:
            return "overdue" if late else "open"


def _closer(status: Status, done: tuple[Recorded, ...], dropped: tuple[Recorded, ...]) -> Recorded | None:
    closing = done if status == "done" else dropped if status == "dropped" else ()
    return max(closing, key=lambda event: (event.header.known_at, event.position), default=None)


def _after(closer: Recorded | None, last: date | None) -> bool:
    """True where something was known after a day for certain, however imprecisely that is dated."""
    if closer is None or last is None:
        return False
    at, precision = closer.header.known_at, closer.header.known_precision
    return new_york_date(at if precision == "instant" else period_of(at, precision)[0]) > last
