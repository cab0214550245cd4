"""`ledger1540 drill`: what would be done after a loss, done now, elsewhere, and compared."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import Refusal
from interfaces.bootstrap import named, opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk
from interfaces.cli.progress import Progress
from interfaces.text import _

if TYPE_CHECKING:
    from collections.abc import Generator

    from ledger.proving.note import Note


def drill(
    home: o.Home = None,
    backup: Annotated[
        Path | None, typer.Option("--backup", metavar="DIR|FILE", help="An earlier backup, in place of one made now.")
    ] = None,
    mirror: Annotated[
        Path | None, typer.Option("--mirror", metavar="DIR", help="The mirror that has what came after the backup.")
    ] = None,
    home_from: Annotated[
        Path | None,
        typer.Option("--home-from", metavar="DIR", help="A copy of the documents and the access log, for the tail."),
    ] = None,
    at: Annotated[
        Path | None, typer.Option("--in", metavar="DIR", help="Where to do it; a temporary folder, removed afterwards.")
    ] = None,
) -> None:
    """Back up, restore elsewhere, replay the mirror's tail, verify, and compare with what was signed; a line a step.

    Ends with 0, or names the step that failed. The record itself is only sealed, signed and read.
    """
    from interfaces.keeping import backed_up, outside
    from interfaces.signers import signer_folder, signer_of
    from ledger.backups.restoring import restore
    from ledger.proving.sealer import Sealer

    with opened(settings(home)) as record, TemporaryDirectory(prefix="drill-", dir=at) as folder:
        place = Path(folder)
        with _step(_("sign")):
            signer = signer_of(record)
            head = Sealer(record, signer).checkpoint()
            line(_("sign: {} events are sealed and signed").format(signer.last().size))
        with _step(_("restore")):  # what is known now, since others go on signing while the backup is made
            tail = None if mirror is None else str(mirror)
            folder_of = signer_folder(record.home)
            known = outside(tail=tail, checkpoint=None, policy=None, signer=folder_of, home=home_from)
        with _step(_("backup")), Progress(_("events copied")) as progress, named(target="--backup"):
            chosen = place / "backup" if backup is None else backup
            if backup is None:
                line(_("backup: {} events").format(backed_up(record, chosen, progress).events))
            else:
                line(_("backup: {} is taken").format(backup))
        with _step(_("restore")), Progress(_("events restored")) as progress:
            found = restore(chosen, place / "home", known, progress=progress)
            line(_("restore: {} events came from the backup").format(found.backed_up))
            line(_("replay: {} events came from the mirror").format(found.replayed))
            line(
                _("verify: {} events, {} documents, all as recorded").format(
                    found.report.events, found.report.documents
                )
            )
        with _step(_("compare")):
            _compare(head, place / "home")
    talk(_("nothing of it is left; the record is as it was"))


@contextmanager
def _step(name: str) -> Generator[None]:
    """Say which step it is that fails."""
    try:
        yield
    except Refusal as refusal:
        line(_("{}: failed").format(name))
        raise refusal.at(f"{name}: {refusal.where}" if refusal.where else name) from None


def _compare(signed: Note, restored: Path) -> None:
    """Refuse what was restored if it does not begin with what was signed."""
    from ledger import archive, opening
    from ledger.proving.checkpoint import checkpoint
    from ledger.proving.heads import size_of
    from ledger.proving.log_tree import LogTree
    from ledger.proving.signer import check_grown

    head = checkpoint(signed)
    with opening.snapshot(archive.in_home(restored)) as snapshot:
        check_grown(head, size_of(snapshot), LogTree(snapshot))
    line(_("compare: {}").format(head))
