"""Work statistics (paragraph 6(a)(ix)): the Committee's own work in a period, by which events; never a score."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from domain.calendar import Progress, examinations
from domain.refusals import NotFound
from domain.times import new_york_date
from domain.values import Date, Instant, Precision
from projections.bearing import facts
from projections.close import close_to
from projections.duties import reads_progress
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, View
from projections.figures import Counted, Figures, counted, figures, ranges, valid
from projections.handling import Days, Handled, Handling, days, handling
from projections.origin import Itself, RecordOrigin
from projections.periods import ALWAYS, Between, By, period
from projections.received import inbox
from projections.states import members
from projections.views.duties import VIEW as DUTIES
from projections.views.served import OF_MATRICES
from projections.views.submissions import VIEW as SUBMISSIONS
from projections.views.work_done import VIEW as WORK

VIEWS: tuple[View[Columns], ...] = (DUTIES, WORK, SUBMISSIONS)
"""The views that are asked."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How much was done in the period asked, by which positions, and in each month or year of it."""

    figure: str
    count: int
    positions: str
    periods: dict[str, int]


class HandlingTime(msgspec.Struct, frozen=True, kw_only=True):
    """What was handled in the period asked, and in each month or year of it; `waiting` is what waits at the cut."""

    figure: str
    days: Days | None
    waiting: int
    positions: str
    periods: dict[str, Days]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a figure rests on."""

    position: int
    event_id: str
    type: str
    known_at: Instant
    known_precision: Precision


class Statistics(Answered, frozen=True, kw_only=True):
    """The Committee's own work between two days; withheld whole from who may not see all of it.

    `examined` and `first_reports` are how far the Committee was at the cut, of the States that were Members there;
    examinations count from the day on which the programme began that asks for them.
    """

    notice: str | None
    period_from: Date | None
    period_to: Date | None
    programme: int | None = None
    examined_since: Date | None = None
    examined: Progress | None = None
    first_reports: Progress | None = None
    figures: tuple[Figure, ...] = ()
    handling: tuple[HandlingTime, ...] = ()
    shown: tuple[Shown, ...] = ()


def statistics(
    asking: Asking, record: Itself, asked: Between = ALWAYS, *, by: By | None = None, show: str | None = None
) -> Statistics:
    """Return the figures of a period, as the reader may see them; with `show` the events of one of them.

    Raises:
        NotFound: no figure is called `show`.
    """
    received = inbox(asking)
    work, withheld = asking.see(WORK)
    duties, also = asking.see(DUTIES)
    heading = over(asking, withheld + also + received.withheld, any(row.synthetic for row in (*duties, *work)))
    over_all: dict[str, object] = {
        "notice": RecordOrigin(record).notice(asking.axes.cut.position),
        "period_from": asked.first,
        "period_to": asked.last,
    }
    if not reads_progress(asking.reader, asking.now) or heading.withheld:
        return answer(Statistics, heading, **over_all)
    asked = asked.until(new_york_date(asking.axes.cut.known_at).isoformat())  # an error may be noticed later
    done = valid(work)
    states = members(record, asking.axes.cut)
    first_reports = [row for state, row in received.first_reports().items() if state in states]
    standing = facts(asking, (*duties, *(row for row in done if row.of.what in OF_MATRICES))).standing
    duty, events = examinations(standing, asking.axes.cut.known_at, states) or (None, ())
    examined = {event.id for event in events}
    counting: Figures = {
        **figures(received, done),
        "states-first-reported": [counted(row) for row in first_reports],
        "states-examined": [counted(row) for row in done if row.event_id in examined],
    }
    handled = handling(received, done)
    return answer(
        Statistics,
        heading,
        **over_all,
        programme=None if duty is None else duty.programme,
        examined_since=None if duty is None else new_york_date(duty.begins).isoformat(),
        examined=None if duty is None else Progress(done=len(events), of=len(states)),
        first_reports=Progress(done=len(first_reports), of=len(states)),
        figures=tuple(_figure(name, each, asked, by) for name, each in counting.items()),
        handling=tuple(_handling(name, each, asked, by) for name, each in handled.items()),
        shown=() if show is None else _shown(_named(show, counting, handled), asked),
    )


def _figure(name: str, found: Sequence[Counted], asked: Between, by: By | None) -> Figure:
    inside = [each for each in found if asked.holds(each.day)]
    periods = Counter[str]() if by is None else Counter(period(each.day, by) for each in inside)
    return Figure(
        figure=name,
        count=len(inside),
        positions=ranges(row for each in inside for row in each.rows),
        periods=dict(sorted(periods.items())),
    )


def _handling(name: str, found: Handling, asked: Between, by: By | None) -> HandlingTime:
    inside = [each for each in found.handled if asked.holds(each.day)]
    periods: dict[str, list[Handled]] = defaultdict(list)
    if by is not None:
        for each in inside:
            periods[period(each.day, by)].append(each)
    return HandlingTime(
        figure=name,
        days=days(inside),
        waiting=found.waiting,
        positions=ranges(row for each in inside for row in each.rows),
        periods={name: of for name, each in sorted(periods.items()) if (of := days(each)) is not None},
    )


def _named(show: str, counting: Figures, handled: Mapping[str, Handling]) -> Sequence[Counted | Handled]:
    if show in counting:
        return counting[show]
    if show in handled:
        return handled[show].handled
    names = [*counting, *handled]
    raise NotFound(
        f"no figure is called {show!r}",
        where="--show",
        remedy=close_to(show, {each: each for each in names}) or f"there are {', '.join(names)}",
    )


def _shown(found: Sequence[Counted | Handled], asked: Between) -> tuple[Shown, ...]:
    rows = {row.position: row for each in found if asked.holds(each.day) for row in each.rows}
    return tuple(
        Shown(
            position=position,
            event_id=row.event_id,
            type=row.type,
            known_at=row.known_at,
            known_precision=row.known_precision,
        )
        for position, row in sorted(rows.items())
    )
