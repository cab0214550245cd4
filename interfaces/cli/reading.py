"""What every reading verb shares: the record, who reads, where on the axes, and how the answer is given."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec

import msgspec
import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import facts_of, now_of, opened, question_of, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.filing import asked_words, check_form, write_file
from interfaces.cli.output import write_json
from interfaces.cli.sharing import sharing
from projections.axes import Asked, Axes, resolve

if TYPE_CHECKING:
    from domain.access import Reader
    from domain.matrix.facts import Facts
    from domain.values import Standing
    from interfaces.bootstrap import Settings
    from ledger.record import Record
    from projections.contacts import AskingContacts
    from projections.engine.answering import Asking, AskingRecord
    from projections.engine.view import Columns, View
    from projections.question import Question

P = ParamSpec("P")


class Common(msgspec.Struct, frozen=True, kw_only=True):
    """The options of reading verbs; a verb has those that bear on what it shows."""

    home: o.Home = None
    actor: o.Actor = None
    as_of: o.AsOf = None
    recorded_by: o.RecordedBy = None
    standing: o.StandingOption = "approved"
    reading: o.ReadingOption = "corrected"
    in_force_on: o.InForceOn = None
    json: o.Json = False
    file: o.File = None
    replay: o.Replay = False


OF_THE_RECORD = ("home", "actor", "as_of", "recorded_by", "reading", "json")
"""Options of a verb that asks the record as a whole."""
OF_A_LIST = (*OF_THE_RECORD, "file")
"""Options of a verb whose answer is a list, which may become a file."""
OF_A_CELL = (*OF_THE_RECORD, "replay")
"""Options of a verb that asks a State's file whatever its standing."""
OF_A_VIEW = (*OF_A_LIST, "replay")
"""Options of a verb that asks a view."""
OF_ACTS = tuple(name for name in OF_A_VIEW if name != "reading")
"""Options of a verb that asks a view of what was done to the record, which is the same in both readings."""
OF_A_MATRIX = (*OF_A_CELL, "standing", "in_force_on")
"""Options of a verb that asks a State's matrix in a standing."""


class Answer(NamedTuple):
    """What a verb found, as data for --json and as a screen; `code` is how the command ends."""

    data: object
    screen: Callable[[], None]
    code: int = 0


class Request:
    """A verb at work: the open record, who reads it, and where on the axes the options ask."""

    def __init__(self, record: Record, chosen: Settings, common: Common) -> None:
        self.record = record
        self.now = now_of(record)
        self._chosen = chosen
        self._replay = common.replay
        self.asked = Asked(
            as_of=common.as_of,
            recorded_by=common.recorded_by,
            standing=common.standing,
            reading=common.reading,
            in_force_on=common.in_force_on,
        )

    @cached_property
    def reader(self) -> Reader:
        """Who reads, with the grants on record."""
        return reader_of(self.record, self._chosen.actor)

    @cached_property
    def axes(self) -> Axes:
        """The place on the axes; without a date, what was known by the last event."""
        return resolve(self.record, self.asked, self.now)

    @cached_property
    def facts(self) -> Facts:
        """The way to the facts of matrices."""
        return facts_of(self.record, replay=self._replay)

    @property
    def today(self) -> Axes:
        """The place on the axes; without a date, today: for what depends on the date, such as what is overdue."""
        return self.axes if self.asked.as_of is not None else self.axes.known_by(self.now)

    def question(self, state: str, standing: Standing | None = None) -> Question:
        """Return what is asked of a State, by code or name; a verb without the option says which standing it means."""
        asked = self.asked if standing is None else msgspec.structs.replace(self.asked, standing=standing)
        return question_of(self.record, self._chosen.actor, state, asked, replay=self._replay)

    @property
    def of_record(self) -> AskingRecord:
        """What is asked of the record itself; without a date, today."""
        from projections.engine.answering import AskingRecord

        return AskingRecord(source=self.record, reader=self.reader, axes=self.today, now=self.now)

    @property
    def contacts(self) -> AskingContacts:
        """What is asked of contacts; without a date, today, and opened with the vault of the home."""
        from interfaces.vaults import unsealing
        from projections.contacts import AskingContacts

        unseal = unsealing(self.record)
        return AskingContacts(source=self.record, reader=self.reader, axes=self.today, now=self.now, unseal=unseal)

    @contextmanager
    def recording(self) -> Generator[Record]:
        """Give the record to record in, and leave it sealed; a simulation's clock stands where its last event does."""
        from interfaces.signers import leave_sealed

        with self._to_record_in() as record:
            before = record.last_position
            yield record
            if record.last_position > before:
                leave_sealed(record)

    @contextmanager
    def _to_record_in(self) -> Generator[Record]:
        if not self.record.simulation:
            yield self.record
            return
        from ledger.clock import SimulatedClock
        from ledger.record import Record

        clock = SimulatedClock(self.now)
        with Record.open(self.record.home, address=self._chosen.database, clock=clock) as record:
            yield record

    @contextmanager
    def asking(self, *views: View[Columns]) -> Generator[Asking]:
        """Give what views are asked, once they have come to the position asked."""
        from interfaces.views import rows_of
        from projections.engine.answering import Asking

        with rows_of(self.record, self._chosen, views, self.axes.cut.position, replay=self._replay) as rows:
            yield Asking(rows=rows, reader=self.reader, axes=self.axes, now=self.now, source=self.record)


Make = Callable[Concatenate[Request, P], Answer | None]


def reading(names: tuple[str, ...]) -> Callable[[Make[P]], Callable[..., None]]:
    """Make a verb of a function that answers a request; it returns None where it has given the answer itself.

    `names` are the shared options that the verb has, such as `OF_A_MATRIX`.
    """

    def verb_of(make: Make[P]) -> Callable[..., None]:
        def do(given: dict[str, Any], common: Common) -> None:
            _answer(make, given, common)

        return sharing(make, Common, names, do)

    return verb_of


def _answer(make: Callable[..., Answer | None], given: dict[str, Any], common: Common) -> None:
    chosen = settings(common.home, common.actor)
    if common.file is not None:
        check_form(common.file, option="--file")
        if common.json:
            raise MalformedInput("either to a file or in JSON", where="--json", remedy="--file answer.json")
    with opened(chosen) as record:
        request = Request(record, chosen, common)
        answer = make(request, **given)
        if answer is None:
            return
        if common.file is not None:
            write_file(common.file, request, asked_words(make.__name__, given), answer.data)
        elif common.json:
            write_json(answer.data)
        else:
            answer.screen()
    if answer.code:
        raise typer.Exit(answer.code)
