"""Which kind of file one is: by its first line, with the extension as the word of whoever named it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.refusals import MalformedInput
from interfaces.importing import calendars, commands, letters, matrices, office, reference
from interfaces.importing.faults import Faults
from interfaces.importing.lists import reading as lists
from interfaces.importing.official import files as official_files
from interfaces.importing.official import reading as official
from interfaces.importing.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interfaces.importing.lists.profiles import Profile
    from interfaces.importing.reading import Given, OnRecord, Placed
    from interfaces.importing.source import Source

TABLES = (".csv", ".tsv")
LETTER = ".eml"
REMEDY = (
    "give JSON Lines of commands (.jsonl), a CSV with the columns state, cell, value and known, "
    "a list with the profile that reads it (--profile), "
    "or member-states.csv, matrix-fields.csv or a mapping in the project's form"
)


class Reader(Protocol):
    """Reads a file into commands; what it cannot read becomes a fault."""

    def __call__(self, source: Source, faults: Faults, given: Given, on_record: OnRecord, /) -> Iterator[Placed]:
        """Yield the commands of the file in their order."""
        ...


class Kind(NamedTuple):
    """A kind of file, by the name that people see, and how to read it."""

    name: str
    read: Reader
    each_alone: bool = False
    """True where rows do not rest on one another, so that all that a rule refuses are named."""


COMMANDS = Kind("commands", commands.read)
MATRICES = Kind("matrices", matrices.read)
BY_SUFFIX: Mapping[str, Kind] = {
    ".jsonl": COMMANDS,
    ".ndjson": COMMANDS,
    ".ics": Kind("calendar", calendars.read),
    LETTER: Kind("letter", letters.read),
}
OFFICIAL = Kind("matrix", official.read)
BY_HEADER: Mapping[tuple[str, ...], Kind] = {
    reference.STATES: Kind("member-states", reference.states),
    reference.FIELDS: Kind("matrix-fields", reference.fields),
    reference.MAPPING: Kind("mapping", reference.mapping),
}


class UnknownKind(MalformedInput):
    """Neither the name nor the first line of a file tells what it holds."""


def kind_of(source: Source, faults: Faults, profile: Profile | None = None) -> Kind | None:
    """Return the kind of a file, or None where its first line cannot be read, which is then a fault.

    With a profile it is a list.

    Raises:
        UnknownKind: the first line is of no kind that is known.
    """
    extension = source.suffix
    if profile is not None:
        return Kind(profile.name, lists.read, each_alone=True)
    if extension in BY_SUFFIX:
        return BY_SUFFIX[extension]
    if official_files.is_matrix(source):
        return OFFICIAL
    found = Faults()
    if not office.is_office(source.stream()):
        first = next((line.text for line in source.lines(found) if line.text.strip()), "")
        if found:
            faults.take_all(found)
            return None
        if extension not in TABLES and first.lstrip().startswith("{"):
            return COMMANDS
    columns = Table(source, found).columns
    if columns in BY_HEADER:
        return BY_HEADER[columns]
    if matrices.recognises(columns):
        return MATRICES
    shown = ", ".join(columns)[:200] or "nothing"
    raise UnknownKind(f"its first line is of no kind that can be imported: {shown}", where=source.name, remedy=REMEDY)
