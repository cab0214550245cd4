"""The verb `init`: a record begins, whole or not at all."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import msgspec
import typer

from domain.refusals import MalformedInput
from domain.values import Name
from interfaces.bootstrap import named, remember_actor, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.work.checking import acting_actor
from interfaces.signers import signer_of
from interfaces.text import _
from ledger.address import Address
from ledger.documents import sync_folder
from ledger.record import Record
from ledger.refusals import BatchRefused, RecordExists

ORIGIN = "example.org/ledger1540/1"


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was made."""

    home: str
    origin: str
    actor: str
    last_position: int
    root: str


def init(
    home: o.Home = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", help="The first actor, who gets the role secretariat; by default LEDGER1540_ACTOR."),
    ] = None,
    origin: Annotated[
        str, typer.Option("--origin", help="The name of this log, for ever: your domain, a name, a number.")
    ] = ORIGIN,
    json: o.Json = False,
) -> None:
    """Make a record: its event types, the first actor, States, templates, mandates and the twelfth programme."""
    chosen = settings(home, actor)
    first = _name(acting_actor(chosen.actor))
    begun = begin(chosen.home, origin, first, database=chosen.database, owner=chosen.owner)
    if json:
        write_json(begun)
    else:
        line(f"{begun.last_position}  {begun.root}")
    talk(_("a record begins in {}: {} events; {} acts as secretariat").format(begun.home, begun.last_position, first))


def begin(
    home: Path, origin: str, actor: str, *, database: Address | None = None, owner: Address | None = None
) -> Begun:
    """Make a record in a folder that does not exist or is empty; where this fails, nothing is left behind.

    Its database is in that folder too, or a schema at the address of `database`, which must not exist.

    Raises:
        RecordExists: something is there already.
        Refusal: the origin or the actor does not fit.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise RecordExists(f"{home} is there already", where="--home", remedy="choose another LEDGER1540_HOME")
    made = [each for each in (home.parent, *home.parent.parents) if not each.exists()]
    home.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        begun = _fill(draft, home, origin, actor, database, owner)
        remember_actor(draft, actor)
        draft.chmod(0o755)
        draft.replace(home)
        sync_folder(home.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        for each in made:
            each.rmdir()
        raise
    return begun


def _fill(draft: Path, home: Path, origin: str, actor: str, database: Address | None, owner: Address | None) -> Begun:
    from interfaces import initialise

    with named(database="LEDGER1540_DATABASE", owner="LEDGER1540_DATABASE_OWNER"):
        made = Record.create(draft, origin=origin, address=database, owner=owner)
    with made as record:
        try:
            for content in initialise.documents():
                record.documents.put(content)
            record.submit_all([*initialise.types(actor), *initialise.commands(actor)])
            signer_of(record).make()
        except BaseException as error:
            record.unmake(owner=owner)
            if isinstance(error, BatchRefused):
                raise error.cause from None
            raise
        return Begun(
            home=str(home),
            origin=origin,
            actor=actor,
            last_position=record.last_position,
            root=record.root().hex(),
        )


def _name(actor: str) -> str:
    try:
        return str(msgspec.convert(actor, Name))
    except msgspec.ValidationError:
        raise MalformedInput(
            f"{actor!r} is no actor", where="--actor", remedy="an opaque id of A-Z a-z 0-9 . _ -, never a person's name"
        ) from None


VERBS: Mapping[str, Callable[..., None]] = {"init": init}
