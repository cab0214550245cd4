"""`ledger1540 copy`: a record moved whole from one database to another."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import named, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some

ADDRESS = "sqlite:FILE or postgresql://USER@HOST/DATABASE?schema=NAME"


def copy(
    source: Annotated[str, typer.Option("--from", metavar="ADDRESS", help=f"Where the record is: {ADDRESS}.")],
    target: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Where it shall be; nothing may be there.")],
    documents_from: Annotated[
        Path | None,
        typer.Option(
            "--home-from", metavar="DIR", help="The home with its documents: that of the file, else LEDGER1540_HOME."
        ),
    ] = None,
    documents_to: Annotated[
        Path | None, typer.Option("--home-to", metavar="DIR", help="The home that gets them; found in the same way.")
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="ADDRESS", help="As whom to make the tables, apart from the role of --to that uses them."
        ),
    ] = None,
    json: o.Json = False,
) -> None:
    """Copy a record whole, bytes unchanged, to another database, and verify it there; others may go on recording."""
    from ledger.address import Address, SQLiteAddress, address
    from ledger.copying import Place
    from ledger.copying import copy as copy_record

    def place(option: str, written: str, home: Path | None) -> Place:
        found = _address(option, written)
        in_file = found.path.parent if isinstance(found, SQLiteAddress) else settings().home
        return Place(found, in_file if home is None else home.expanduser())

    def _address(option: str, written: str) -> Address:
        try:
            return address(written)
        except MalformedInput as refusal:
            raise refusal.at(option) from None

    made = None if owner is None else _address("--owner", owner)
    came, arrives = place("--from", source, documents_from), place("--to", target, documents_to)
    options = {"source": "--from", "target": "--to", "owner": "--owner" if owner else "--to"}
    with Progress(_("events copied")) as progress, named(**options):
        report = copy_record(came, arrives, owner=made, progress=progress)
    if json:
        write_json({"from": str(came.address), "to": str(arrives.address), "report": report})
        return
    counted = some("{} event", "{} events", report.events)
    stored = some("{} document", "{} documents", report.documents)
    line(f"{counted}, {stored}, {_('root')} {report.root or '-'}")
    talk(_("copied from {} to {}, and verified there").format(came.address, arrives.address))
