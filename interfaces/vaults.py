"""The vault of a record, of keys of persons and of documents, opened with the master key that the settings name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interfaces.text import _

if TYPE_CHECKING:
    from domain.sealed import Sealed
    from ledger.recheck_documents import Opens
    from ledger.record import Record
    from ledger.vault.documents import DocumentVault
    from ledger.vault.keys import Keys
    from ledger.vault.vault import Vault
    from projections.contacts import Unseal


def keys_of(home: Path) -> Keys:
    """Return the keys of persons that a home has, wrapped."""
    from ledger.vault.keys import FOLDER, Keys

    return Keys(home / FOLDER)


def document_keys_of(home: Path) -> Keys:
    """Return the keys of documents that a home has, wrapped."""
    from ledger.vault.keys import DOCUMENTS, FOLDER, Keys

    return Keys(home / FOLDER, DOCUMENTS)


def master_file() -> Path:
    """Return the file of the master key: as set, else with the user's own settings; never in a home."""
    named = os.environ.get("LEDGER1540_MASTER_KEY_FILE")
    if named:
        return Path(named).expanduser()
    given = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(given) if Path(given).is_absolute() else Path.home() / ".config"
    return base / "ledger1540" / "master.key"


def veiled(sha256: str) -> str:
    """Return a hash of a hash that nobody works out without the master key: what it is of cannot be guessed at.

    Raises:
        MasterKeyUnfit: there is no master key, or one that others may read.
    """
    from hashlib import sha256 as digest
    from hmac import new

    from ledger.vault.master import master_key

    key = master_key(os.environ.get("LEDGER1540_MASTER_KEY", ""), master_file())
    return new(key, b"ledger1540 import " + bytes.fromhex(sha256), digest).hexdigest()


def vault_of(record: Record) -> Vault:
    """Return the vault of a record; that of a simulation needs no master key.

    Raises:
        VaultAbsent: there is none.
        MasterKeyUnfit: there is no master key, or one that others may read.
    """
    from ledger.vault.vault import Vault

    keys = keys_of(record.home)
    if record.seed is not None and keys.there:
        from ledger.vault.simulated import SimulatedVault

        return SimulatedVault(keys, record.origin, record.seed)
    return Vault(keys, _master(keys))


def document_vault_of(home: Path) -> DocumentVault:
    """Return the vault of a home, for documents.

    Raises:
        VaultAbsent: there is none.
        MasterKeyUnfit: there is no master key, or one that others may read.
    """
    from ledger.vault.documents import DocumentVault

    keys = document_keys_of(home)
    return DocumentVault(keys, _master(keys))


class Made(NamedTuple):
    """A vault that was made, and the file of its master key, if that is in one and was made with it."""

    folder: Path
    file: Path | None
    new: bool

    def in_words(self) -> str:
        """Return what whoever had it made must know."""
        if self.new:
            return _("the master key was made in {}: keep a copy apart from copies of the vault").format(self.file)
        return _("keys are wrapped by the master key that is given")


def make_vault_of(home: Path) -> Made:
    """Make the vault of a home, and a master key where none is given.

    Raises:
        VaultExists: there is one.
        MasterKeyUnfit: what is given is no key, or others may read it.
    """
    from ledger.vault.master import make_master_key, master_key

    given, file = os.environ.get("LEDGER1540_MASTER_KEY", ""), master_file()
    new = not given and not file.exists()
    if new:
        make_master_key(file)
    master_key(given, file)
    keys = keys_of(home)
    keys.make()
    return Made(keys.folder, None if given else file, new)


def _master(keys: Keys) -> bytes:
    from ledger.vault.master import master_key
    from ledger.vault.refusals import VaultAbsent

    if not keys.there:
        raise VaultAbsent(
            f"there is no vault in {keys.folder.parent}",
            remedy="make one with `ledger1540 make-vault`: contacts and restricted documents are sealed with its keys",
        )
    return master_key(os.environ.get("LEDGER1540_MASTER_KEY", ""), master_file())


def opening(home: Path) -> Opens | None:
    """Return what opens sealed documents to be checked; None where there is no vault or no master key at hand."""
    from ledger.vault.documents import SealedDocument
    from ledger.vault.refusals import MasterKeyUnfit, VaultAbsent

    try:
        vault = document_vault_of(home)
    except (VaultAbsent, MasterKeyUnfit):
        return None
    return lambda document, commitment, data: vault.unseal(document, SealedDocument(data, commitment))


def unsealing(record: Record) -> Unseal:
    """Return what opens the fields of persons; where a record has no vault, or none of a person's, they stay sealed."""
    from ledger.vault.refusals import KeyAbsent

    if not keys_of(record.home).there:
        return lambda _person, _field, _sealed: None
    vault = vault_of(record)

    def unseal(person: str, field: str, sealed: Sealed) -> str | None:
        try:
            return vault.unseal(person, field, sealed)[1]
        except KeyAbsent:
            return None

    return unseal
