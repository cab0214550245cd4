"""How things kept for reference are told: what the events of one come to, member by member."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

import msgspec

from domain.recorded import Event, Recorded
from domain.times import new_york_date
from domain.values import Date

Told = dict[str, str | int | None]
"""What is told of a thing, member by member."""
Tell = Callable[[Sequence[Recorded], Date], Iterable[tuple[Recorded, Told]]]


class Kind(NamedTuple):
    """A kind of thing: the types that tell of it, what names it by an event, and what events come to.

    `tell` is given what stands of one thing, in order of knowing, and the day asked about.
    """

    follows: tuple[type[Event], ...]
    name: Callable[[Event], str]
    tell: Tell


def by(*names: str) -> Callable[[Event], str]:
    """Return what names a thing by members of an event, those that are null left out."""

    def name(event: Event) -> str:
        return " ".join(str(value) for value in (getattr(event, each) for each in names) if value is not None)

    return name


def members(event: Event, *names: str) -> Told:
    """Return what members of an event say; of a list of things that have members themselves, how many they are."""
    return {name: _told(getattr(event, name)) for name in names}


def _told(value: object) -> str | int | None:
    match value:
        case bool():
            return "yes" if value else "no"
        case str() | int() | None:
            return value
        case tuple():
            listed = cast("tuple[object, ...]", value)
            texts = [each for each in listed if isinstance(each, str)]
            return ", ".join(texts) if len(texts) == len(listed) else len(listed)
        case _:
            raise TypeError(f"{value!r} is not told of anything kept for reference")


def day_of(event: Recorded) -> Date:
    """Return the day on which an event was known."""
    return new_york_date(event.header.known_at).isoformat()


def acts(**named: tuple[type[Event], tuple[str, ...]]) -> Tell:
    """Return what tells things act by act: what each is called, and the members told of it."""
    words = {kind: (what.replace("_", " "), names) for what, (kind, names) in named.items()}
    return _act_by_act(words)


def log(*named: str, follows: tuple[type[Event], ...]) -> Kind:
    """Return a kind that is told act by act, each called as its type is: all members but those that name the thing."""
    words = {kind: (_called(kind), tuple(each for each in _plain(kind) if each not in named)) for kind in follows}
    return Kind(follows, by(*named), _act_by_act(words))


def _called(kind: type[Event]) -> str:
    return kind.TYPE.partition(".")[2].replace("-", " ")


def _plain(kind: type[Event]) -> Iterator[str]:
    """Yield the members of a type that can be told: not what has members itself, as what is sealed of a person."""
    for field in msgspec.structs.fields(kind):
        if not (isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)):
            yield field.name


def _act_by_act(words: dict[type[Event], tuple[str, tuple[str, ...]]]) -> Tell:
    def tell(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
        del day
        for event in events:
            what, names = words[type(event.body)]
            yield event, {"what": what, **members(event.body, *names)}

    return tell
