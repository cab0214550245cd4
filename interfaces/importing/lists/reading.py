"""Rows of a list into commands, by a profile; what a row cannot give is a fault at its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_type_hints

import msgspec

from domain.canonical import encode, nfc, sha256
from domain.contact.commands import Details
from domain.ids import command_id, event_id
from domain.refusals import MalformedInput, Refusal
from interfaces.importing.commands import command_from
from interfaces.importing.lists.columns import WHY, chosen, fitting, missing, shown, text_in
from interfaces.importing.lists.values import kind_of, value
from interfaces.importing.reading import Placed
from interfaces.importing.tables import Table
from projections.meant import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.deciding import Command
    from interfaces.importing.faults import Faults
    from interfaces.importing.lists.profiles import Member, Profile
    from interfaces.importing.lists.values import Kind
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source
    from interfaces.importing.tables import Row

PERSON = "details."
DATED = ("known", "received")
_TEXT: tuple[Kind, bool] = ("text", False)


class ListUnfit(MalformedInput):
    """A list does not have the columns that its profile reads."""


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the command of each row of a list, by the profile that is given.

    Raises:
        ListUnfit: a column that the profile needs is not there, or stands twice.
    """
    assert given.profile is not None  # noqa: S101 - only a profile makes a file a list
    yield from ListRows(given.profile, source, faults, given, on_record).placed()


class ListRows:
    """The rows of a list, read by a profile."""

    def __init__(self, profile: Profile, source: Source, faults: Faults, given: Given, on_record: OnRecord) -> None:
        """Find the header row and the columns.

        Raises:
            ListUnfit: a column that the profile needs is not there, or stands twice.
            RowsRefused: the header row cannot be read.
        """
        self._profile = profile
        self._source = source
        self._faults = faults
        self._given = given
        self._on_record = on_record
        self._table = Table(source, faults, fits=fitting(profile))
        columns = self._table.columns
        absent = missing(profile, columns)
        if absent and faults.ended:
            raise faults.refusal()
        if not columns:
            raise ListUnfit("the file is empty", where=source.name, remedy="its first row names the columns")
        if absent:
            raise ListUnfit(
                f"there is no column {' nor '.join(absent)}",
                where=source.name,
                remedy=f"its columns are {', '.join(columns)[:300] or 'none'}; mend the header row or the profile",
            )
        self.columns = {name: chosen(member, columns) for name, member in profile.members.items()}
        self._read = {column for each in self.columns.values() for column in each}
        twice = sorted(column for column in self._read if columns.count(column) > 1)
        if twice:
            raise ListUnfit(f"column {twice[0]!r} stands twice", where=source.name, remedy="rename one of them")
        unread = [column for column in columns if column and column not in self._read and column != WHY]
        if unread:
            faults.say(source.name, f"columns that profile {profile.name} does not read: {', '.join(unread)}")
        hints = get_type_hints(profile.kind, include_extras=True)
        self._needed = profile.needed
        self._values = {
            name: {plain(key): meant for key, meant in member.values.items()}
            for name, member in profile.members.items()
        }
        self._kinds = {name: kind_of(name, hint) for name, hint in hints.items()}

    def placed(self) -> Iterator[Placed]:
        """Yield the command of each row; a row that repeats another, or is on record already, is counted and passed."""
        seen: set[str] = set()
        counts = self._faults.counts
        for row in self._table.rows(wanted=self._read):
            try:
                members = self._members(row)
                if members is None:
                    continue
                key = self._key(members, row)
                if key in seen:
                    counts.repeated += 1
                    self._faults.say(self._source.name, f"row {row.number} says word for word what an earlier row says")
                    continue
                seen.add(key)
                free = self._free(key)
                if free is None:
                    counts.on_record += 1
                    continue
                yield Placed(self._command(free, members), (row.number,), columns=self.columns)
            except Refusal as refusal:
                self._faults.take(self._source.name, row.number, refusal)
        counts.blank = self._table.blank

    def _members(self, row: Row) -> dict[str, object] | None:
        """Return what a row says, the date first, since a State's name is that of its date; None if it has faults."""
        found: dict[str, object] = {}
        wrong = False
        for name in sorted(self._profile.members, key=lambda name: name not in DATED):
            member = self._profile.members[name]
            text = text_in(member, self.columns[name], row)
            try:
                if text:
                    on = found.get("received", found.get("known", self._given.known))
                    found[name] = self._value(name, member, text, on if isinstance(on, str) else None)
                elif name in self._needed:
                    raise MalformedInput("is empty", remedy="it stands in every row")
            except Refusal as refusal:
                self._faults.take(self._source.name, row.number, refusal, shown(self.columns, name))
                wrong = True
        return None if wrong else found

    def _value(self, name: str, member: Member, text: str, on: str | None) -> object:
        kind, several = self._kinds.get(name) or _TEXT

        def said(one: str) -> str | int:
            return value(
                kind,
                one,
                values=self._values[name],
                order=member.order,
                state=lambda called: self._on_record.state(called, on),
            )

        if not several:
            return said(text)
        return [said(each.strip()) for each in text.split(member.separator) if each.strip()]

    def _key(self, members: Mapping[str, object], row: Row) -> str:
        """Return what a row's command is called: by what it says, but by its place where that tells of a person."""
        if self._profile.seals:
            return f"import:{self._source.sha256}:{row.number}"
        return f"list:{self._profile.command}:{sha256(encode(members))}"

    def _free(self, key: str) -> str | None:
        """Return the key that a command of this content has now; None if what it recorded stands."""
        record, attempt, found = self._on_record.record, 1, key
        while (event := record.event(event_id(command_id(found), 0))) is not None:
            if record.history(event.header.stream).family(event.id).stands is not None:
                return None
            attempt += 1
            found = f"{key}:{attempt}"
        return found

    def _command(self, key: str, members: Mapping[str, object]) -> Command:
        said: dict[str, object] = {
            "command": self._profile.command,
            "id": key,
            "actor": self._given.actor,
            "known": self._given.known,
            "synthetic": self._given.synthetic,
            **{name: said for name, said in members.items() if not name.startswith(PERSON)},
        }
        if self._profile.seals:
            person = f"c-{command_id(key).replace('-', '')[:16]}"
            said |= {"contact": person, "details": self._sealed(person, key, members)}
        try:
            return command_from(said)
        except Refusal as refusal:
            raise refusal.at(shown(self.columns, refusal.where)) from None

    def _sealed(self, person: str, key: str, members: Mapping[str, object]) -> object:
        given = {name: members.get(PERSON + name) for name in Details.__struct_fields__}
        command = command_id(key)
        return {
            name: None
            if not isinstance(text, str)
            else msgspec.to_builtins(self._on_record.seal(person, name, command, nfc(text)))
            for name, text in given.items()
        }
