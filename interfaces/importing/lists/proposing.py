"""A profile proposed from the header row of a list: its columns by name, and what a person must still decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.catalogue import COMMANDS
from domain.refusals import MalformedInput
from interfaces.importing.faults import Faults
from interfaces.importing.lists.profiles import built_in, checked_command, members_of
from interfaces.importing.tables import Table
from projections.close import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from interfaces.importing.source import Source


def proposed(source: Source, command: str) -> str:
    """Return a profile, as TOML, that reads the columns of a list as the members of a command that they seem to be.

    Raises:
        MalformedInput: there is no such command, or the file has no header row.
    """
    checked_command(command)
    faults = Faults()
    columns = [column for column in Table(source, faults, fits=_names_columns).columns if column]
    if faults or not columns:
        raise MalformedInput(
            "its header row cannot be read", where=source.name, remedy="put the names of columns first"
        )
    lines = [
        f"about = {_quoted(f'From the columns of {source.name}')}",
        f"command = {_quoted(command)}",
        "",
        "[members]",
    ]
    left = list(columns)
    model = built_in(command)
    for name, needed in members_of(COMMANDS[command]).items():
        names = [name, name.rpartition(".")[2], name.replace("_", " ")]
        if model is not None and name in model.members:
            names += model.members[name].columns
        column = _found(names, left)
        if column is not None:
            left.remove(column)
        lines += _line(name, column, needed=needed)
    lines += [f"# not read: {column}" for column in left]
    return "\n".join([*lines, ""])


def _names_columns(columns: Collection[str]) -> bool:
    """Tell a header row from a title, which stands in one cell or is merged over several."""
    return len({column for column in columns if column}) > 1


def _found(names: list[str], columns: list[str]) -> str | None:
    exact = next((name for name in names if name in columns), None)
    return exact or next((close for name in names for close in near(name, columns)), None)


def _line(name: str, column: str | None, *, needed: bool) -> Iterator[str]:
    key = _quoted(name) if "." in name else name
    if column is not None:
        yield f"{key} = {{ column = {_quoted(column)}{'' if needed else ', optional = true'} }}"
    elif needed:
        yield f'{key} = {{ column = "" }} # needed: name its column, or write {{ constant = "…" }}'
    else:
        yield f'# {key} = {{ column = "", optional = true }}'


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
