"""Verbs that bring files in: import, register."""

from collections.abc import Callable, Mapping
from mimetypes import guess_type
from pathlib import Path
from re import sub
from typing import Annotated

import typer
from msgspec.structs import asdict

from domain.canonical import sha256
from domain.document import RegisterDocument, RegisterSealedDocument
from domain.refusals import NotFound, Refusal
from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.cli.work.checking import acting_actor
from interfaces.cli.work.doing import Session, working
from interfaces.cli.work.wording import in_words
from interfaces.importing.batch import import_files
from interfaces.importing.lists.profiles import named
from interfaces.importing.outcomes import Imported, Rows
from interfaces.importing.reading import Given
from interfaces.signers import leave_sealed
from interfaces.text import _, some

PLACES: Mapping[str, str] = {"batch": "--batch", "known": "--known", "sheet": "--sheet", "aside": "--set-aside"}
"""The options by what an import calls them."""


def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="JSON Lines of commands, matrices (.docx or a table), reference, lists, .ics, .eml; - is stdin.",
        ),
    ],
    home: o.Home = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help="Who imports, with the role secretariat; else LEDGER1540_ACTOR.")
    ] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="NAME", help="The name of the batch; else the file's and its hash.")
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="DATE", help="When the Committee knew what has no date of its own.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help="Whose matrix a document or a workbook holds.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="The profile that reads a list; see `profile`.")
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook, where it is not the only one."),
    ] = None,
    set_aside: Annotated[
        Path | None,
        typer.Option(
            "--set-aside",
            metavar="FILE",
            help="Record the rows of a list that can be; write those that are refused to this new CSV file, to mend.",
        ),
    ] = None,
    letter: Annotated[
        str | None, typer.Option("--letter", metavar="YEAR/NUMBER", help="For a letter: its number in the register.")
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option(
            "--sender", metavar="PARTY", help="For a letter: state:KEN, organization:ID, sector:… or other:…."
        ),
    ] = None,
    organizer: Annotated[
        str | None,
        typer.Option("--organizer", metavar="NAME", help="For a calendar: whose it is; its earlier events give way."),
    ] = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Mark all of it as made up.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide all of it and record nothing.")] = False,
    json: o.Json = False,
) -> None:
    """Import history: each file is a batch, recorded whole or not at all; the same file twice gives nothing new."""
    chosen = settings(home, actor)
    paths = [None if each == "-" else Path(each) for each in files]
    try:
        given = Given(
            actor=acting_actor(chosen.actor),
            known=known,
            synthetic=synthetic,
            letter=letter,
            sender=sender,
            organizer=organizer,
            state=None if state is None else state.upper(),
            profile=None if profile is None else named(chosen.home, profile),
        )
        with Progress(_("rows read or commands decided")) as progress:
            outcomes = import_files(
                chosen.home,
                paths,
                given,
                database=chosen.database,
                batch=batch,
                sheet=sheet,
                aside=set_aside,
                dry_run=dry_run,
                progress=progress,
            )
    except Refusal as refusal:
        raise in_words(refusal, "import", {}).at(PLACES.get(refusal.where, refusal.where)) from None
    if json:
        write_json(outcomes)
    else:
        for each in outcomes:
            line(f"{each.file}  {each.kind}  {each.batch}  {_positions(each)}")
            if each.rows is not None:
                line(f"  {_reconciled(each.rows)}")
    for each in outcomes:
        for said in each.said:
            talk(said)
    talk(_sentence(outcomes, dry_run=dry_run))
    if any(each.events and not each.repeated for each in outcomes) and not dry_run:
        with opened(chosen) as record:
            leave_sealed(record)


def _positions(outcome: Imported) -> str:
    if outcome.repeated:
        return _("on record already")
    if not outcome.events:
        return _("nothing new")
    return f"{outcome.commands} -> {outcome.first_position}-{outcome.last_position}"


def _reconciled(rows: Rows) -> str:
    """Return how many rows there are, and what became of each of them."""
    return _(
        "{rows} rows: {commands} recorded, {on_record} on record already, {refused} refused, {doubtful} doubtful "
        "(word for word as an earlier row), {blank} blank"
    ).format_map(asdict(rows))


def _sentence(outcomes: list[Imported], *, dry_run: bool) -> str:
    events = some("{} event", "{} events", sum(each.events for each in outcomes))
    if all(each.repeated for each in outcomes):
        return _("on record already: nothing new")
    if dry_run:
        return _("would record {}; nothing was recorded").format(events)
    new = [each.batch for each in outcomes if each.events]
    if not new:
        return _("nothing new, and nothing was recorded")
    reverses = _("recorded {}; `ledger1540 in-error --batch {} --reason WHY` reverses what was imported")
    return reverses.format(events, new[0] if len(new) == 1 else "NAME")


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a document's file.

    Raises:
        NotFound: it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"cannot read it: {error.strerror or error}", where=str(file)) from None


def media_type_of(file: Path) -> str:
    """Return the media type that a file's name says."""
    return guess_type(file.name)[0] or "application/octet-stream"


@working
def register(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The document's bytes.")],
    language: Annotated[str, typer.Option("--language", help="Its language, as en or fr.")],
    document: Annotated[
        str | None, typer.Option("--as", metavar="ID", help="The id it gets; by default from the file's name.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title; by default the file's name.")] = None,
    media_type: Annotated[str | None, typer.Option("--media-type", help="By default from the file's name.")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Its symbol, as S/AC.44/2013/1.")] = None,
    source: Annotated[str, typer.Option("--source", help="Where it comes from.")] = "",
    dated: Annotated[str | None, typer.Option("--dated", metavar="DATE", help="The date it bears.")] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="DATE", help="When the Secretariat received it.")
    ] = None,
    sender: Annotated[str, typer.Option("--from", help="Who sent it.")] = "",
    their_reference: Annotated[str | None, typer.Option("--their-reference", help="The sender's reference.")] = None,
    our_reference: Annotated[str | None, typer.Option("--our-reference", help="Our own reference.")] = None,
    distribution: Annotated[
        str, typer.Option("--distribution", help="general (anyone reads it), limited, or restricted: sealed.")
    ] = "restricted",
    translation_of: Annotated[
        str | None, typer.Option("--translation-of", metavar="ID", help="The document that it translates.")
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Under what terms it may be used.")] = "",
) -> RegisterDocument | RegisterSealedDocument:
    """Put a document on record: its bytes, sealed if restricted, and what a reader needs to find and trust them."""
    content = bytes_of(file)
    command = RegisterDocument(
        **session.said,
        document=document or sub(r"[^A-Za-z0-9._-]+", "-", file.stem).strip("-.")[:100],
        title=title or file.name,
        sha256=sha256(content),
        size=len(content),
        media_type=media_type or media_type_of(file),
        language=language,
        symbol=symbol,
        source=source,
        dated=dated,
        received_at=received,
        sender=sender,
        their_reference=their_reference,
        our_reference=our_reference,
        distribution=distribution,
        translation_of=translation_of,
        licence=licence,
    )
    return session.bring(command, content)


VERBS: Mapping[str, Callable[..., None]] = {"import": import_, "register": register}
