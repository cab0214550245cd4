"""An answer as tables: what it says once, and a table for each list in it; any answer, without knowing its kind."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

import msgspec

Said = tuple[str, str]
Thing = Mapping[str, object]


class Table(NamedTuple):
    """A list in an answer: its name, and a row for each thing in it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Tables(NamedTuple):
    """What an answer says once, by name, and its lists."""

    said: tuple[Said, ...]
    tables: tuple[Table, ...]


def tables(answer: object) -> Tables:
    """Return an answer as tables."""
    data: object = msgspec.to_builtins(answer)
    members = data if _is_thing(data) else {"rows": data}
    lists = {name: each for name, each in members.items() if _lists_things(each)}
    said = (line for name, each in members.items() if name not in lists for line in _flat(name, each).items())
    return Tables(tuple(said), tuple(_table(name, each) for name, each in lists.items()))


def _is_thing(value: object) -> TypeGuard[Thing]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def _lists_things(value: object) -> TypeGuard[Sequence[Thing]]:
    return _is_list(value) and bool(value) and all(_is_thing(each) for each in value)


def _table(name: str, things: Iterable[Thing]) -> Table:
    flat = [_flat_row(row) for thing in things for row in _of_group(thing)]
    columns = tuple(dict.fromkeys(column for row in flat for column in row))
    return Table(name, columns, tuple(tuple(row.get(column, "") for column in columns) for row in flat))


def _of_group(thing: Thing) -> Iterator[Thing]:
    """Yield the things of a group, which is a name and a list of them, each with that name; anything else as it is."""
    lists = {name: value for name, value in thing.items() if _lists_things(value)}
    if len(thing) == 2 and len(lists) == 1:
        name = {key: value for key, value in thing.items() if key not in lists}
        yield from ({**name, **each} for grouped in lists.values() for each in grouped)
    else:
        yield thing


def _flat_row(thing: Thing) -> dict[str, str]:
    return {column: words for name, value in thing.items() for column, words in _flat(name, value).items()}


def _flat(name: str, value: object) -> dict[str, str]:
    """Return a value by the names that lead to it, joined by dots."""
    if _is_thing(value) and value:
        return {column: words for key, each in value.items() for column, words in _flat(f"{name}.{key}", each).items()}
    return {name: _words(value)}


def _words(value: object) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_list(value):
        if any(_is_thing(each) or _is_list(each) for each in value):
            return json.dumps(value, ensure_ascii=False)
        return "; ".join(_words(each) for each in value)
    return str(value)
