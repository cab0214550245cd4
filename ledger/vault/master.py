"""The master key that wraps the keys of persons: as given, or in a file that is not kept with the vault.

Whoever has a copy of the vault alone, such as an old backup, opens nothing with it.
"""

import re
import secrets
import stat
from pathlib import Path

from ledger.vault.private_files import make_folder, write_new
from ledger.vault.refusals import MasterKeyUnfit

KEY_BYTES = 32
_HEX = re.compile(r"[0-9a-f]{64}")


def master_key(given: str, file: Path) -> bytes:
    """Return the master key: as given, or else from a file.

    Raises:
        MasterKeyUnfit: there is none, it is no key, or others may read the file.
    """
    if given:
        return _key(given, "LEDGER1540_MASTER_KEY")
    try:
        mode, text = stat.S_IMODE(file.stat().st_mode), file.read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        raise MasterKeyUnfit(
            f"there is no master key in {file}",
            remedy="`ledger1540 make-vault` makes one; or set LEDGER1540_MASTER_KEY or LEDGER1540_MASTER_KEY_FILE",
        ) from None
    if mode & 0o077:
        raise MasterKeyUnfit(f"{file} is open to others", remedy="take their rights away: chmod 600")
    return _key(text.strip(), str(file))


def make_master_key(file: Path) -> None:
    """Make a master key in a new file that only its owner reads."""
    if not file.parent.exists():
        make_folder(file.parent)
    write_new(file, f"{secrets.token_hex(KEY_BYTES)}\n".encode())


def _key(written: str, where: str) -> bytes:
    if _HEX.fullmatch(written) is None:
        raise MasterKeyUnfit("the master key is 64 hexadecimal digits in lower case", where=where)
    return bytes.fromhex(written)
