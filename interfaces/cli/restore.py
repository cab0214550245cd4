"""`ledger1540 restore`: a backup put in a record's place, brought up to what was signed since."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import named
from interfaces.cli import options as o
from interfaces.cli.copy import ADDRESS
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some


def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `backup` wrote.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The home to make; nothing may be there.")],
    database: Annotated[
        str | None, typer.Option("--database", metavar="ADDRESS", help=f"Its database, if not in DIR: {ADDRESS}.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="ADDRESS", help="As whom to make the tables, as with `copy`.")
    ] = None,
    tail: Annotated[
        str | None,
        typer.Option("--tail", metavar="DIR|ADDRESS", help="A mirror, or another copy, that has what came since."),
    ] = None,
    home_from: Annotated[
        Path | None,
        typer.Option("--home-from", metavar="DIR", help="A home with documents, access log and signer that are left."),
    ] = None,
    signer: Annotated[
        Path | None,
        typer.Option("--signer", metavar="DIR", help="The signer's folder; by default LEDGER1540_SIGNER."),
    ] = None,
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", metavar="FILE", help="A checkpoint that was kept elsewhere.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="FILE", help="The keys of the log, as `key --policy` has them.")
    ] = None,
    json: o.Json = False,
) -> None:
    """Restore a backup to a new home, put behind it what came since, and verify all before the home appears.

    It must begin with every checkpoint that is known. Where more was signed than is at hand, it ends with 3 and makes
    nothing: to go on from an older state would be another history.
    """
    from interfaces.keeping import outside
    from ledger.address import Address, address
    from ledger.backups.restoring import restore as restored

    def place(option: str, written: str | None) -> Address | None:
        try:
            return None if written is None else address(written)
        except MalformedInput as refusal:
            raise refusal.at(option) from None

    known = outside(tail=tail, checkpoint=checkpoint, policy=policy, signer=signer, home=home_from)
    with Progress(_("events restored")) as progress, named(home="--to", target="--database", source="BACKUP"):
        found = restored(
            backup,
            to,
            known,
            address=place("--database", database),
            owner=place("--owner", owner),
            progress=progress,
        )
    if json:
        write_json(found)
        return
    report = found.report
    counted, stored = (
        some("{} event", "{} events", report.events),
        some("{} document", "{} documents", report.documents),
    )
    line(f"{counted}, {stored}, {_('root')} {report.root or '-'}")
    line(_("{} from the backup, {} that came since").format(found.backed_up, found.replayed))
    if found.against is None:
        talk(_("no checkpoint was at hand: whether more had been recorded nobody can tell; see --signer and --tail"))
    else:
        line(_("it begins with what was signed: {} events").format(found.against))
    talk(_("restored to {}, and verified; put the vault and the signer back by hand").format(to))
