"""The vault of a home, opened with the master key that the settings name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.sealed import Sealed
    from ledger.vault.keys import Keys
    from ledger.vault.vault import Vault
    from projections.contacts import Unseal


def keys_of(home: Path) -> Keys:
    """Return the keys of persons that a home has, wrapped."""
    from ledger.vault.keys import FOLDER, Keys

    return Keys(home / FOLDER)


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


def vault_of(home: Path) -> Vault:
    """Return the vault of a home.

    Raises:
        VaultAbsent: there is none.
        MasterKeyUnfit: there is no master key, or one that others may read.
    """
    from ledger.vault.master import master_key
    from ledger.vault.refusals import VaultAbsent
    from ledger.vault.vault import Vault

    keys = keys_of(home)
    if not keys.there:
        raise VaultAbsent(f"there is no vault in {home}", remedy="make one with `ledger1540 make-vault`")
    return Vault(keys, master_key(os.environ.get("LEDGER1540_MASTER_KEY", ""), master_file()))


def unsealing(home: Path) -> Unseal:
    """Return what opens the fields of persons; where a home has no vault, or none of a person's, they stay sealed."""
    from ledger.vault.refusals import KeyAbsent

    if not keys_of(home).there:
        return lambda _person, _field, _sealed: None
    vault = vault_of(home)

    def unseal(person: str, field: str, sealed: Sealed) -> str | None:
        try:
            return vault.unseal(person, field, sealed)[1]
        except KeyAbsent:
            return None

    return unseal
