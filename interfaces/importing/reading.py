"""What every kind of file is read into: commands, the rows they come from, and the bytes that must be stored first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.document import RegisterDocument
from domain.document import stream as document_stream
from domain.matrix.commands import OpenRevision, WithdrawRevision
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.state import RegisterState
from domain.state import stream as state_stream
from domain.times import parse
from interfaces.importing.lists.state_names import StateNames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.deciding import Command, RecordView
    from domain.sealed import Sealed
    from interfaces.importing.lists.profiles import Profile
    from projections.states import NamedStreams

    Seal = Callable[[str, str, str, str], Sealed]

CALENDAR_DATES = ("in_force_from", "in_force_to", "valid_from", "valid_to", "dated")
DATES = ("known", "known_by", "noticed", "received")
CHECKED = frozenset((*CALENDAR_DATES, *DATES))


class Placed(NamedTuple):
    """A command, the rows of its file that it comes from, and the bytes of the document that it registers."""

    command: Command
    rows: tuple[int, ...]
    content: bytes | None = None
    columns: Mapping[str, tuple[str, ...]] = {}
    """The columns that gave its members, where they have other names."""
    places: tuple[str, ...] = ()
    """Where the rows are in words, if a number alone does not find them."""

    def place(self, number: int = 0) -> str:
        """Return in words where one of its rows is."""
        return self.places[number] if self.places else f"row {self.rows[number]}"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of all rows: who imports, a date for rows without one, and whether they are made up."""

    actor: str
    known: str | None = None
    synthetic: bool = False
    profile: Profile | None = None
    """How the rows of a list are read."""
    state: str | None = None
    """Whose matrix a document holds."""
    set_aside: bool = False
    """Whether rows of a list that are refused are set aside and the others recorded."""
    letter: str | None = None
    """The number that a letter has in the register, as 2013/45."""
    sender: str | None = None
    """Who sent it: `state:KEN`, `organization:wco` or others that the register knows."""
    organizer: str | None = None
    """Whose calendar a calendar is."""


class OnRecord:
    """What a file may refer to: what the record holds, and what earlier files of the same import bring.

    While a file is checked, `record` is the record as it stands; once its commands are being decided, it is what the
    decisions see.
    """

    def __init__(self, record: NamedStreams) -> None:
        self.record: RecordView = record
        self.deciding = False
        self.seal: Seal = _throwaway
        """Seals a field of a person: with a key that nobody keeps, until what is decided is recorded."""
        self._named = record
        self._revisions: dict[tuple[str, str], int | None] = {}
        self._seen: dict[str, bool] = {}
        self._moved: set[str] = set()

    def decide_on(self, record: RecordView) -> None:
        """From now on, look at what the running decisions see."""
        if not self.deciding:
            self.record, self.deciding = record, True
            self._revisions.clear()

    def begin_again(self, seal: Seal | None) -> None:
        """Look at the record as it stands, after a trial; from now on seal with keys that are kept."""
        self.record, self.deciding, self.seal = self._named, False, seal or self.seal
        self._revisions.clear()

    def state(self, written: str, on: str | None) -> str:
        """Return the code of the State that a list means, by the names of a date."""
        return self._names.code(written, on)

    @cached_property
    def _names(self) -> StateNames:
        return StateNames(self._named)

    def bring(self, command: Command) -> None:
        """Remember what a command of an earlier file will put on record."""
        match command:
            case RegisterDocument():
                self._seen[document_stream(command.document)] = True
            case RegisterState():
                self._seen[state_stream(command.state)] = True
            case OpenRevision() | WithdrawRevision():
                self._moved.add(command.state)
            case _:
                pass

    def has_state(self, state: str) -> bool:
        """True where a State is on record, or will be."""
        return self._stands(state_stream(state))

    def has_document(self, document: str) -> bool:
        """True where a document is on record, or will be."""
        return self._stands(document_stream(document))

    def _stands(self, stream: str) -> bool:
        if stream not in self._seen:
            self._seen[stream] = bool(self.record.history(stream).standing())
        return self._seen[stream]

    def working_revision(self, state: str, known: str) -> int | None:
        """Return the revision of a State last opened and not withdrawn by a known date.

        It is 0 while an earlier file of the same import still decides which that is.
        """
        if state in self._moved and not self.deciding:
            return 0
        key = (state, known)
        if key not in self._revisions:
            facts = MatrixFacts(FactsOnRecord(self.record), state, Cut(known_at=parse(known)[0]))
            self._revisions[key] = facts.working_revision()
        return self._revisions[key]


def _throwaway(person: str, field: str, command: str, text: str) -> Sealed:
    from ledger.vault.vault import throwaway

    return throwaway(person, field, command, text)


def check_date(name: str, written: object) -> None:
    """Refuse a date that no calendar has, or that is written in another way than the record's.

    Raises:
        MalformedInput: with what would be right.
    """
    if isinstance(written, str) and name in CHECKED:
        _check(name, written)


@lru_cache(maxsize=4096)
def _check(name: str, written: str) -> None:
    if name in DATES:
        try:
            parse(written)
        except MalformedInput as refusal:
            raise refusal.at(name) from None
        return
    try:
        if len(written) != 10:
            raise ValueError
        date.fromisoformat(written)
    except ValueError:
        raise MalformedInput(f"{written!r} is not a date", where=name, remedy="write 2013-12-31") from None
