"""The wrapped keys of a vault, one file each; they can be listed and destroyed without the master key."""

from collections.abc import Iterator
from pathlib import Path

from ledger.vault.private_files import INCOMING, destroy, make_folder, write_new
from ledger.vault.refusals import KeyAbsent, VaultAbsent, VaultExists

FOLDER = "vault"
"""In a home: the vault, unless nobody made one."""
PERSONS, DOCUMENTS = "persons", "documents"
"""In a vault: whose or what keys they are."""


class Keys:
    """The files of a vault: the keys of persons, or those of documents."""

    def __init__(self, folder: Path, room: str = PERSONS) -> None:
        """Look at a folder that is a vault, or is none yet."""
        self.folder = folder
        self.room = room

    @property
    def there(self) -> bool:
        """Whether there is a vault."""
        return (self.folder / PERSONS).is_dir()

    def make(self) -> None:
        """Make an empty vault.

        Raises:
            VaultExists: there is one.
        """
        if self.folder.exists():
            raise VaultExists(f"{self.folder} is there already")
        make_folder(self.folder)
        for room in (PERSONS, DOCUMENTS):
            make_folder(self.folder / room)

    def read(self, name: str) -> bytes:
        """Return a wrapped key.

        Raises:
            VaultAbsent: there is no vault.
            KeyAbsent: it has none of that name.
        """
        if not self.there:
            raise VaultAbsent(f"there is no vault in {self.folder}", remedy="make one with `ledger1540 make-vault`")
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise KeyAbsent(
                f"the vault has no key of {name}", remedy="destroyed, or not restored with the record"
            ) from None

    def write(self, name: str, wrapped: bytes) -> None:
        """Keep a new wrapped key, durably.

        Raises:
            FileExistsError: there is one.
        """
        path = self._path(name)
        if not path.parent.exists():  # a vault from before documents were sealed
            make_folder(path.parent)
        write_new(path, wrapped)

    def destroy(self, name: str) -> bool:
        """Destroy a key, and return whether there was one."""
        path = self._path(name)
        there = path.exists()
        if there:
            destroy(path)
        return there

    def names(self) -> Iterator[str]:
        """Yield whose keys there are, in order."""
        if (self.folder / self.room).is_dir():
            files = (self.folder / self.room).iterdir()
            yield from sorted(file.name.removesuffix(".key") for file in files if not file.name.startswith(INCOMING))

    def open_to_others(self) -> bool:
        """Return whether anybody but their owner may read or enter."""
        return self.there and any(path.stat().st_mode & 0o077 for path in (self.folder, *self.folder.rglob("*")))

    def _path(self, name: str) -> Path:
        return self.folder / self.room / f"{name}.key"
