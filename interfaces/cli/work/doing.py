"""What every working verb shares: as whom, when known, tried or done, and how it is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from inspect import Parameter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Concatenate, ParamSpec, TypedDict

import msgspec
import typer

from domain.catalogue import tag_of
from domain.deciding import Command
from domain.document import RegisterDocument, RegisterSealedDocument
from domain.ids import event_reference
from domain.recorded import Decided, Recorded
from domain.refusals import NotFound, Refusal
from interfaces import logs
from interfaces.bootstrap import Settings, now_of, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.sharing import own_parameters, shared_parameters, sharing
from interfaces.cli.work.checking import acting_actor, begins, fresh_key
from interfaces.cli.work.telling import Told
from interfaces.cli.work.wording import in_words
from interfaces.importing.attached import Attached, rules_with
from interfaces.importing.commands import checked
from interfaces.sealing import bring
from interfaces.signers import leave_sealed
from ledger.record import Record
from ledger.refusals import BatchRefused

P = ParamSpec("P")
Commands = Command | Sequence[Command]


class Common(msgspec.Struct, frozen=True, kw_only=True):
    """The options of every working verb."""

    home: o.Home = None
    actor: o.Actor = None
    known: Annotated[
        str | None,
        typer.Option(
            "--known", metavar="DATE", help="When the Committee knew: year, month, date or instant; else now."
        ),
    ] = None
    noticed: Annotated[
        str | None,
        typer.Option("--noticed", metavar="DATE", help="When an error was noticed, for a correction or a repair."),
    ] = None
    seen: Annotated[
        int | None,
        typer.Option("--seen", metavar="POSITION", help="The position you looked at; what changed since refuses it."),
    ] = None
    cause: Annotated[
        str | None,
        typer.Option("--cause", metavar="EVENT", help="The event that is the cause, such as an authority to correct."),
    ] = None
    key: Annotated[
        str | None,
        typer.Option(
            "--id",
            "--command-id",
            metavar="KEY",
            help="A key: the same command under it is recorded once. Else a new UUID.",
        ),
    ] = None
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Mark it as made up.")] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide it and record nothing.")] = False
    json: o.Json = False


class Said(TypedDict):
    """The members that every command takes from the common options."""

    id: str
    actor: str
    known: str | None
    noticed: str | None
    seen_position: int | None
    causation: str | None
    synthetic: bool


class Session:
    """A verb at work: the record, who acts, and what the common options say."""

    def __init__(self, record: Record, chosen: Settings, actor: str, common: Common, attached: Attached) -> None:
        self.record = record
        self.settings = chosen
        self.actor = actor
        self.now = now_of(record)
        self.dry_run = common.dry_run
        self.known = common.known
        if self.known is not None:
            begins(self.known, "--known")
        self._attached = attached
        self._keyed = common.key is not None
        self._afterwards: list[Callable[[], None]] = []
        self.tells_itself = False
        """Whether what is done afterwards says what it did."""
        self.placed: Callable[[Command, Refusal], Refusal] = lambda _, refusal: refusal
        """Tells of a refused command where a person wrote what it says."""
        self.said = Said(
            id=common.key or fresh_key(),
            actor=actor,
            known=common.known,
            noticed=common.noticed,
            seen_position=common.seen,
            causation=None if common.cause is None else self._cause(common.cause),
            synthetic=common.synthetic,
        )

    def key_of_content(self, key: str) -> None:
        """Have the same content recorded once under a key of its own, where none was given with --id."""
        if not self._keyed:
            self.said["id"] = key

    def step(self, name: str) -> Said:
        """Return what is said of one of several commands that a verb gives: its key is the verb's and `name`."""
        said = self.said.copy()
        said["id"] = f"{said['id']}:{name}"
        return said

    def known_since(self, date: str) -> Said:
        """Return what is said, with a known date."""
        said = self.said.copy()
        said["known"] = date
        return said

    def bring(self, command: RegisterDocument, content: bytes) -> RegisterDocument | RegisterSealedDocument:
        """Have bytes stored, if what is asked for is recorded, and return the command that registers them."""
        return bring(self.record, self._attached, command, content, dry_run=self.dry_run)

    def afterwards(self, do: Callable[[], None], *, tells: bool = False) -> None:
        """Have something done once what is asked for is on record; it must bear being done again."""
        self._afterwards.append(do)
        self.tells_itself |= tells

    def recorded(self) -> None:
        """Do what was to be done once it is on record."""
        for do in self._afterwards:
            do()

    def event(self, written: str, where: str = "EVENT") -> Recorded:
        """Return the event that people mean by its id, by `KEY#INDEX`, or by its position.

        Raises:
            NotFound: there is none.
        """
        if written.isascii() and written.isdigit():
            found = next(iter(self.record.recorded(int(written), int(written))), None)
            if found is None:
                last = self.record.last_position
                raise NotFound(f"no event at position {written}", where=where, remedy=f"the last is {last}")
            return found
        found = self.record.event(event_reference(written))
        if found is None:
            raise NotFound(
                f"no event {written!r} is on record",
                where=where,
                remedy="name it by id, by position, or as KEY#INDEX of a command given with --id KEY",
            )
        return found

    def _cause(self, written: str) -> str:
        return self.event(written, "--cause").id


def working(make: Callable[Concatenate[Session, P], Commands]) -> Callable[..., None]:
    """Make a verb of a function that returns the commands to give; they are recorded all or none."""

    def do(given: dict[str, Any], common: Common) -> None:
        _do(make, given, common)

    return sharing(make, Common, [field.name for field in msgspec.structs.fields(Common)], do)


def _do(make: Callable[..., Commands], given: dict[str, object], common: Common) -> None:
    chosen = settings(common.home, common.actor)
    acting = acting_actor(chosen.actor)
    with ExitStack() as stack:
        attached = Attached(Path(stack.enter_context(TemporaryDirectory(prefix="ledger1540-"))))
        record = stack.enter_context(Record.open(chosen.home, address=chosen.database, rules=rules_with(attached)))
        session = Session(record, chosen, acting, common, attached)
        made = make(session, **given)
        verb = make.__name__.rstrip("_").replace("_", "-")
        try:
            commands = [checked(each) for each in ([made] if isinstance(made, Command) else made)]
        except Refusal as refusal:
            raise in_words(refusal, verb, _parameters(make)) from None
        decided: dict[str, Decided] = {}
        attached.told = lambda command, found: decided.update({command.id: found})
        stack.enter_context(logs.bind(request=commands[0].id if commands else None))
        try:
            receipts = record.submit_all(_in_turn(commands, attached, record, common), dry_run=common.dry_run)
        except BatchRefused as refused:
            cause = session.placed(commands[refused.index], refused.cause)
            raise in_words(cause, verb, _parameters(make)) from None
        for receipt in receipts:
            with logs.bind(command=receipt.command_id, position=receipt.last_position):
                logs.info("decided" if common.dry_run else "recorded", repeated=receipt.repeated)
        if not common.dry_run:
            session.recorded()
        told = Told(
            tag_of(type(commands[0])) if verb == "command" else verb,
            record,
            reader_of(record, acting),
            decided,
            dry_run=common.dry_run,
            silent=session.tells_itself and not commands,
        )
        told.tell(commands, receipts, as_json=common.json)
        if any(not each.repeated for each in receipts) and not common.dry_run:
            leave_sealed(record)


def _parameters(make: Callable[..., object]) -> Mapping[str, Parameter]:
    return {**shared_parameters(Common), **own_parameters(make)}


def _in_turn(commands: Sequence[Command], attached: Attached, record: Record, common: Common) -> Iterator[Command]:
    yield from commands
    if not common.dry_run:
        attached.store(record.documents)
