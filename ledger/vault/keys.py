"""The wrapped keys of a vault, one file each; they can be listed and destroyed without the master key."""

from collections.abc import Iterator
from pathlib import Path

from ledger.vault.private_files import INCOMING, destroy, make_folder, write_new
from ledger.vault.refusals import KeyAbsent, VaultAbsent, VaultExists

FOLDER = "vault"
"""In a home: the vault, unless nobody made one."""
_PERSONS = "persons"


class Keys:
    """The files of a vault."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder that is a vault, or is none yet."""
        self.folder = folder

    @property
    def there(self) -> bool:
        """Whether there is a vault."""
        return (self.folder / _PERSONS).is_dir()

    def make(self) -> None:
        """Make an empty vault.

        Raises:
            VaultExists: there is one.
        """
        if self.folder.exists():
            raise VaultExists(f"{self.folder} is there already")
        make_folder(self.folder)
        make_folder(self.folder / _PERSONS)

    def read(self, person: str) -> bytes:
        """Return a wrapped key.

        Raises:
            VaultAbsent: there is no vault.
            KeyAbsent: it has none of this person.
        """
        if not self.there:
            raise VaultAbsent(f"there is no vault in {self.folder}", remedy="make one with `ledger1540 make-vault`")
        try:
            return self._path(person).read_bytes()
        except FileNotFoundError:
            raise KeyAbsent(
                f"the vault has no key of {person}", remedy="erased, or not restored with the record"
            ) from None

    def write(self, person: str, wrapped: bytes) -> None:
        """Keep a new wrapped key, durably.

        Raises:
            FileExistsError: there is one.
        """
        write_new(self._path(person), wrapped)

    def destroy(self, person: str) -> bool:
        """Destroy a key, and return whether there was one."""
        path = self._path(person)
        there = path.exists()
        if there:
            destroy(path)
        return there

    def persons(self) -> Iterator[str]:
        """Yield whose keys there are, in order."""
        if self.there:
            files = (self.folder / _PERSONS).iterdir()
            yield from sorted(file.name.removesuffix(".key") for file in files if not file.name.startswith(INCOMING))

    def open_to_others(self) -> bool:
        """Return whether anybody but their owner may read or enter."""
        return self.there and any(
            path.stat().st_mode & 0o077 for path in (self.folder, self.folder / _PERSONS, *self.folder.rglob("*.key"))
        )

    def _path(self, person: str) -> Path:
        return self.folder / _PERSONS / f"{person}.key"
