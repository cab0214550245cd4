"""Profiles of lists: which columns of somebody's file say what, kept by name as TOML beside the record.

A profile tells how a file is laid out, not what the Committee knows; so it is no fact on record. What a file brought is
on record by its batch, whatever profile read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, get_type_hints

import msgspec

from domain.catalogue import COMMANDS
from domain.contact.commands import ProposeContact
from domain.contact.proposing import FIELDS
from domain.deciding import Command
from domain.refusals import MalformedInput, NotFound
from domain.values import Name
from interfaces.importing.commands import OUT_OF_PLACE
from interfaces.importing.lists.dates import Order
from interfaces.importing.lists.values import kind_of
from projections.close import close_to

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "profiles"
SUFFIX = ".toml"
BUILT_IN = files("interfaces.importing.lists") / FOLDER
SHARED = frozenset({"known", "known_by", "noticed", "correlation"})
"""Members of every command that a list may give; the others are said for all rows."""
PERSON: Mapping[str, Mapping[str, bool]] = {
    "contact": {},
    "details": {f"details.{field}": False for field in FIELDS},
}
"""Members of a contact that a row gives otherwise: an opaque id is made for it, and its fields are sealed."""
LARGEST = 256 * 1024


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a member comes from: the first of some columns that the file has, several joined, or always the same."""

    column: str | tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    constant: str | None = None
    default: str | None = None
    values: Mapping[str, str] = {}
    order: Order | None = None
    separator: str = ";"
    optional: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of which the file has one."""
        return (self.column,) if isinstance(self.column, str) else self.column


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The command that each row becomes, and where its members come from."""

    command: str
    members: Mapping[str, Member]
    about: str = ""
    name: str = ""

    @property
    def kind(self) -> type[Command]:
        """The command that each row becomes."""
        return COMMANDS[self.command]

    @property
    def needed(self) -> frozenset[str]:
        """The members without which there is no such command."""
        return frozenset(name for name, needed in members_of(self.kind).items() if needed)

    @property
    def seals(self) -> bool:
        """True where rows hold fields of persons."""
        return self.kind is ProposeContact


def named(home: Path, name: str) -> Profile:
    """Return a profile by its name: the record's own, else one that comes with the program.

    Raises:
        NotFound: there is none of that name.
        MalformedInput: it cannot be used.
    """
    text = written(home, name)
    try:
        found = msgspec.toml.decode(text, type=Profile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedInput(f"profile {name}: {error}", where="--profile") from None
    return checked(msgspec.structs.replace(found, name=name))


def written(home: Path, name: str) -> str:
    """Return a profile as it is written.

    Raises:
        NotFound: there is none of that name.
    """
    texts = {each.name: each for each in BUILT_IN.iterdir()}
    try:
        msgspec.convert(name, Name)
        own = home / FOLDER / f"{name}{SUFFIX}"
        if own.is_file() and own.stat().st_size <= LARGEST:
            return own.read_text("utf-8")
        return texts[f"{name}{SUFFIX}"].read_text("utf-8")
    except (msgspec.ValidationError, KeyError, OSError, UnicodeDecodeError):
        near = close_to(name, {each: each for each in names(home)})
        raise NotFound(
            f"there is no profile {name!r}", where="--profile", remedy=near or "`ledger1540 profile` lists them"
        ) from None


def names(home: Path) -> dict[str, str]:
    """Return the names of all profiles, each with whose it is: `own` or `built-in`."""
    built_in = (each.name for each in BUILT_IN.iterdir())
    found = {each.removesuffix(SUFFIX): "built-in" for each in built_in if each.endswith(SUFFIX)}
    found |= {each.stem: "own" for each in (home / FOLDER).glob(f"*{SUFFIX}")}
    return dict(sorted(found.items()))


def checked(profile: Profile) -> Profile:
    """Return a profile that can be used.

    Raises:
        MalformedInput: its command is none, or is not given all it needs, or more than it has.
    """
    checked_command(profile.command)
    fields = members_of(profile.kind)
    hints = get_type_hints(profile.kind, include_extras=True)
    for name, member in profile.members.items():
        if name not in fields:
            near = close_to(name, {each: each for each in fields})
            raise _unfit(profile, f"{profile.command} has no member {name!r} that a list can give", near)
        if not name.startswith("details.") and kind_of(name, hints[name]) is None:
            raise _unfit(profile, f"a list cannot give {name}", "give commands in JSON Lines")
        if sum((bool(member.columns), bool(member.join), member.constant is not None)) != 1:
            raise _unfit(profile, f"{name} does not come from one of `column`, `join` and `constant`")
    for name, needed in fields.items():
        if needed and name not in profile.members:
            raise _unfit(profile, f"nothing gives {name}, which {profile.command} needs")
    return profile


def checked_command(command: str) -> None:
    """Refuse what is no command that a file can give.

    Raises:
        MalformedInput: with what is close to it.
    """
    if command not in COMMANDS or command in OUT_OF_PLACE:
        near = close_to(command, {each: each for each in COMMANDS})
        raise MalformedInput(
            f"files give no command {command!r}", where="command", remedy=near or "see docs/reference/commands.md"
        )


def built_in(command: str) -> Profile | None:
    """Return the profile for a command that comes with the program, if there is one."""
    texts = (each.read_text("utf-8") for each in BUILT_IN.iterdir() if each.name.endswith(SUFFIX))
    return next((each for text in texts if (each := msgspec.toml.decode(text, type=Profile)).command == command), None)


def members_of(command: type[Command]) -> dict[str, bool]:
    """Return the members of a command that a list can give, each with whether it must."""
    hints = get_type_hints(command, include_extras=True)
    found: dict[str, bool] = {}
    for field in msgspec.structs.fields(command):
        shared = field.name in Command.__struct_fields__
        if command is ProposeContact and field.name in PERSON:
            found |= PERSON[field.name]
        elif (shared and field.name not in SHARED) or (
            not field.required and kind_of(field.name, hints[field.name]) is None
        ):
            continue
        else:
            found[field.name] = field.required
    return found


def _unfit(profile: Profile, what: str, remedy: str = "") -> MalformedInput:
    return MalformedInput(f"profile {profile.name or 'as given'}: {what}", where="--profile", remedy=remedy)
