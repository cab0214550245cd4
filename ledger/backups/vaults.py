"""Copies of the vault: apart from those of the record, and with a shorter life."""

import shutil
from pathlib import Path

from ledger.backups.refusals import BackupExists
from ledger.documents import sync_folder
from ledger.vault.keys import Keys
from ledger.vault.private_files import write_new
from ledger.vault.refusals import VaultAbsent

DELETE_AFTER = "delete-after"


def back_up_vault(keys: Keys, to: Path, until: str) -> int:
    """Copy the wrapped keys to a new folder that says when to delete it, and return how many there are.

    Raises:
        VaultAbsent: there is no vault.
        BackupExists: there is something.
    """
    if not keys.there:
        raise VaultAbsent(f"there is no vault in {keys.folder}")
    if to.exists():
        raise BackupExists(f"{to} is there already", where="target", remedy="give each backup a name of its own")
    partly = to.with_name(f".{to.name}.partly")
    shutil.rmtree(partly, ignore_errors=True)
    shutil.copytree(keys.folder, partly)
    write_new(partly / DELETE_AFTER, f"{until}\n".encode())
    partly.rename(to)
    sync_folder(to.parent)
    return len(list(to.rglob("*.key")))
