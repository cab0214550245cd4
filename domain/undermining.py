"""What a strike must not do: take away what something that stands rests on, or bring back what has lost its ground."""

from collections.abc import Collection, Iterable, Iterator, Set

from domain import ids
from domain.deciding import Context, RecordView
from domain.foreseen import Foreseen, Without
from domain.matrix.events import RevisionOpened
from domain.matrix.facts import opening_stands
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.resting import Ground, bears, laid_in, rested_on_in, rests
from domain.standing import Family
from domain.times import new_york_date


class RestsOnIt(Refusal):
    """Something that stands rests on what was to be struck; strike that first."""


class SourceDoesNotStand(Refusal):
    """A void is undone only where what the event rests on stands."""


def check_grounds(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which something that stands loses a ground, or something stands again that has lost one.

    A ground that was never on record counts for nothing: late history may name a decision that nobody entered.

    Raises:
        RestsOnIt: with the first event that rests on what would fall.
        SourceDoesNotStand: with the ground that something would need again.
    """
    year = new_york_date(context.recorded_at).year
    lost: set[Ground] = set()
    since = context.before
    for family in _families(context.record, then):
        before, after = family.stands, then.history(family.root.header.stream).family(family.root.id).stands
        had, has = (set[Ground]() if each is None else set(bears(each.body)) for each in (before, after))
        if had - has:
            lost |= had - has
            since = min(since, family.root.position)
        if after is not None and after is not before:
            _check_regained(context.record, then, after, before, year)
    lost = {ground for ground in lost if not _borne(then, ground, year)}
    if lost:
        _check_kept(context.record, then, lost, _where(context.record, lost, since, year))


def check_unneeded(context: Context, family: Family, going: Collection[str] = ()) -> None:
    """Refuse to do away with a fact for good while something that stands rests on it, and is not `going` with it.

    Raises:
        RestsOnIt: with the first event that does.
    """
    stands, year = family.stands, new_york_date(context.recorded_at).year
    then = Without(context.record, family)
    lost = {ground for ground in (() if stands is None else bears(stands.body)) if not _borne(then, ground, year)}
    if not lost:
        return
    gone = {*going, *(member.id for member in family.members)}
    for event in _where(context.record, lost, family.root.position, year):
        resting = None if event.id in gone else then.history(event.header.stream).family(event.id).stands
        if resting is not None and not lost.isdisjoint(rests(context.record, resting.body)):
            raise RestsOnIt(
                f"{resting.header.type} {resting.id} (position {resting.position}) rests on it",
                remedy="what others rest on is kept as long as they are",
            )


def _families(record: RecordView, then: Foreseen) -> list[Family]:
    """Return the families of what is struck, each once, as they are now."""
    found = (record.history(event.header.stream).family(event.id) for event in then.struck.values())
    return list({family.root.id: family for family in found}.values())


def _borne(view: RecordView, ground: Ground, year: int) -> bool:
    histories = (view.history(stream) for stream in laid_in(ground, year))
    return any(ground in bears(event.body) for history in histories for event in history.standing())


def _was_borne(record: RecordView, ground: Ground, year: int) -> bool:
    histories = (record.history(stream) for stream in laid_in(ground, year))
    return any(ground in bears(event.body) for history in histories for event in history.events)


def _check_regained(record: RecordView, then: Foreseen, after: Recorded, before: Recorded | None, year: int) -> None:
    """Refuse what would stand in the place of `before`, or again, on a ground that was lost meanwhile."""
    had = set[Ground]() if before is None else set(rests(record, before.body))
    for event in _with_inside(then, after):
        for ground in rests(record, event.body):
            if ground not in had and not _borne(then, ground, year) and _was_borne(record, ground, year):
                raise SourceDoesNotStand(
                    f"{event.header.type} {event.id} would rest on {ground}, which was recorded in error",
                    remedy="enter that anew first, or undo its void",
                )


def _with_inside(then: Foreseen, event: Recorded) -> Iterator[Recorded]:
    """Yield an event, and for an opening what stands and falls with it."""
    yield event
    if isinstance(event.body, RevisionOpened):
        yield from then.history(ids.matrix_revision(event.body.state, event.body.revision)).standing()


def _where(record: RecordView, lost: Set[Ground], since: int, year: int) -> Iterator[Recorded]:
    """Yield the events among which all who rest on lost grounds are: of some streams, or of all."""
    streams = {ground: rested_on_in(ground, year) for ground in lost}
    if None in streams.values():
        return record.after(since)
    named = {stream for each in streams.values() for stream in each or ()}
    return (event for stream in sorted(named) for event in record.history(stream).events)


def _check_kept(record: RecordView, then: Foreseen, lost: Set[Ground], events: Iterable[Recorded]) -> None:
    for event in events:
        if not event.header.voids and lost.isdisjoint(rests(record, event.body)):
            continue
        for resting, ground in _needs(record, then, event):
            if ground in lost:
                raise RestsOnIt(
                    f"{resting.header.type} {resting.id} (position {resting.position}) rests on {ground}",
                    remedy="void that first; what is wrong only in part is corrected instead",
                )


def _needs(record: RecordView, then: Foreseen, event: Recorded) -> Iterator[tuple[Recorded, Ground]]:
    """Yield what will stand in the family of an event with each of its grounds.

    A voided revision still needs its template: what was believed of it is shown on that.
    """
    stands = then.history(event.header.stream).family(event.id).stands
    if stands is not None and opening_stands(then, stands):
        yield from ((stands, ground) for ground in rests(record, stands.body))
    elif isinstance(event.body, RevisionOpened) and event.id not in then.struck:
        yield event, Ground("template", event.body.template)
