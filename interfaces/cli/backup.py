"""`ledger1540 backup`: a consistent copy of the record, or of the vault, to be put in its place one day."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.bootstrap import named, now_of, opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some

VAULT_DAYS = 30


def backup(
    to: Annotated[
        Path,
        typer.Option("--to", metavar="DIR|FILE", help="Where to write it: a new folder, or a file ending in .tar."),
    ],
    vault: Annotated[
        bool, typer.Option("--vault", help="Copy the vault, and nothing else, to a folder that says when to delete it.")
    ] = False,
    home: o.Home = None,
    json: o.Json = False,
) -> None:
    """Write a backup of the record while others go on: database, documents, access log, and a manifest with hashes.

    It is signed before and verified whole before it appears. The vault and the signer are not in it: with the vault
    an erased person would come back, and the signer's memory shows when an older copy is put in the record's place.
    """
    from interfaces.keeping import backed_up

    with opened(settings(home)) as record, Progress(_("events copied")) as progress, named(target="--to"):
        if vault:
            _vault(record.home, to, now_of(record)[:10])
            return
        manifest = backed_up(record, to, progress)
    if json:
        write_json(manifest)
        return
    counted, stored = some("{} event", "{} events", manifest.events), some("{} file", "{} files", len(manifest.files))
    line(f"{counted}, {stored}, {_('root')} {manifest.root}")
    talk(_("not in it: {}; back up the vault apart with --vault").format(", ".join(manifest.left_out)))


def _vault(home: Path, to: Path, today: str) -> None:
    from datetime import date, timedelta

    from interfaces.vaults import keys_of
    from ledger.backups.vaults import back_up_vault

    until = (date.fromisoformat(today) + timedelta(days=VAULT_DAYS)).isoformat()
    count = back_up_vault(keys_of(home), to, until)
    line(some("{} key", "{} keys", count) + _(", to be deleted after {}").format(until))
