"""Which columns of a list give the members that a profile reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from interfaces.importing.lists.profiles import Member, Profile
    from interfaces.importing.tables import Row

WHY = "refused because"
"""The column that says of rows that were set aside why; it is for people, and read no more."""


def fitting(profile: Profile) -> Callable[[Collection[str]], bool]:
    """Return what tells a header row: it has the columns that a profile needs."""
    return lambda columns: not missing(profile, columns)


def missing(profile: Profile, columns: Collection[str]) -> list[str]:
    """Return the columns that a profile needs and a header row does not have."""
    wanted = [
        (member.join or (" or ".join(_plain(member.columns)),), member)
        for member in profile.members.values()
        if not member.optional and member.constant is None
    ]
    return [
        name
        for names, member in wanted
        for name in names
        if (member.join and _plain((name,))[0] not in columns)
        or (not member.join and member.default is None and not any(each in columns for each in _plain(member.columns)))
    ]


def chosen(member: Member, columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns of a header row that give a member."""
    if member.join:
        return tuple(each for each in _plain(member.join) if each in columns)
    return tuple(each for each in _plain(member.columns) if each in columns)[:1]


def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(name.split()).lower() for name in names)


def text_in(member: Member, columns: tuple[str, ...], row: Row) -> str:
    """Return what a row says of a member, or its default."""
    if member.constant is not None:
        return member.constant
    return " ".join(row.cells[each] for each in columns if row.cells[each]) or member.default or ""


def shown(columns: Mapping[str, tuple[str, ...]], member: str) -> str:
    """Return a member by the columns that give it."""
    name = member.partition("[")[0]
    found = columns.get(name, ())
    return " and ".join(found) or member
