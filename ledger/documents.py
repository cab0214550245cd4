"""The store of documents: bytes named by SHA-256 or, sealed, by a commitment; written once, whole or not at all."""

import hashlib
import os
import re
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TypeVar

from domain.canonical import sha256
from domain.refusals import IntegrityFailure

T = TypeVar("T")
_NAME = re.compile(r"[0-9a-f]{64}")
SEALED = ".sealed"
"""Behind the name of a sealed document: its file holds what is sealed behind the SHA-256 of that."""
_DIGEST_BYTES = 32
_WAITING_AT_ONCE = 8
_CACHED_BYTES = 32 * 1024 * 1024


class DocumentDamaged(IntegrityFailure):
    """A stored document is not what its name says."""


class Documents:
    """The documents of a record, as files `ab/<sha256>` or `ab/<commitment>.sealed` under one folder."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Open the store; `durable` waits for the disk, which a simulation does without."""
        self.folder = folder
        self._durable = durable
        self._cache: OrderedDict[str, bytes] = OrderedDict()
        self._cached = 0
        self._lock = Lock()

    def path(self, digest: str) -> Path:
        """Return where a document lies, or would lie."""
        return self.folder / digest[:2] / digest

    def put(self, data: bytes) -> str:
        """Store `data` and return its hash; what is there already is left as it is."""
        digest = sha256(data)
        self._store({self.path(digest): data})
        return digest

    def put_all(self, several: Iterable[bytes]) -> None:
        """Store several at once: their folders then wait for the disk once, and not for each."""
        self._store({self.path(sha256(data)): data for data in several})

    def put_sealed(self, commitment: str, data: bytes) -> None:
        """Store what is sealed under the commitment to it; what is there already is left as it is."""
        self._store({self._sealed(commitment): hashlib.sha256(data).digest() + data})

    def take(self, path: Path) -> None:
        """Store what is in a file of another store, under the name that it has there if it is sealed."""
        data = path.read_bytes()
        if path.suffix == SEALED:
            self._store({self._sealed(path.stem): data})
        else:
            self.put(data)

    def _sealed(self, commitment: str) -> Path:
        return self.path(commitment).with_suffix(SEALED)

    def _store(self, files: Mapping[Path, bytes]) -> None:
        new = {path: data for path, data in files.items() if not path.exists()}
        folders = {path.parent for path in new}
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        _at_once(self._write, new.items())
        if self._durable and new:
            _at_once(sync_folder, folders)
            sync_folder(self.folder)

    def _write(self, document: tuple[Path, bytes]) -> None:
        path, data = document
        handle, name = tempfile.mkstemp(prefix=".incoming-", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                if self._durable:
                    file.flush()
                    os.fsync(file.fileno())
            temporary.chmod(0o444)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def get(self, digest: str) -> bytes | None:
        """Return a document, as it is sealed if a commitment names it, or None where there is none.

        Raises:
            DocumentDamaged: the bytes found do not have that hash, or are not what was sealed.
        """
        with self._lock:
            if digest in self._cache:
                self._cache.move_to_end(digest)
                return self._cache[digest]
        if _NAME.fullmatch(digest) is None:
            return None
        path = next((each for each in (self.path(digest), self._sealed(digest)) if each.exists()), None)
        if path is None:
            return None
        data = path.read_bytes()
        if self.damage(path, data) is not None:
            raise DocumentDamaged(f"document {digest} is damaged", remedy="restore it from a copy")
        content = data[_DIGEST_BYTES:] if path.suffix == SEALED else data
        self._remember(digest, content)
        return content

    def holds(self, name: str) -> bool:
        """Return whether there is a document of this name, whatever its bytes are."""
        return self.path(name).exists() or self._sealed(name).exists()

    def destroy(self, name: str) -> None:
        """Overwrite a document and delete it, if it is there."""
        from ledger.vault.private_files import destroy

        with self._lock:
            self._cached -= len(self._cache.pop(name, b""))
        for path in (self.path(name), self._sealed(name)):
            if path.exists():
                path.chmod(0o600)
                destroy(path)

    def damage(self, path: Path, data: bytes) -> str | None:
        """Return what is wrong with the bytes of a file of the store, as far as that shows without a key."""
        if path.suffix == SEALED:
            whole = hashlib.sha256(data[_DIGEST_BYTES:]).digest() == data[:_DIGEST_BYTES]
            return None if whole and path == self._sealed(path.stem) else "what is sealed is not what was stored"
        digest = sha256(data)
        return None if path == self.path(digest) else f"the document's bytes have the hash {digest}"

    def _remember(self, digest: str, data: bytes) -> None:
        with self._lock:
            if digest not in self._cache:
                self._cache[digest] = data
                self._cached += len(data)
            while self._cached > _CACHED_BYTES:
                self._cached -= len(self._cache.popitem(last=False)[1])

    def files(self) -> Iterator[Path]:
        """Yield every file of the store in order of name, leaving out what a crash left unfinished."""
        if self.folder.is_dir():
            for folder in sorted(self.folder.iterdir()):
                if folder.is_dir():
                    yield from sorted(file for file in folder.iterdir() if not file.name.startswith(".incoming-"))
                else:
                    yield folder


def _at_once(does: Callable[[T], None], several: Collection[T]) -> None:
    """Do what waits for the disk for several at once, since the disk takes them together."""
    if len(several) == 1:
        for each in several:
            does(each)
    elif several:
        with ThreadPoolExecutor(_WAITING_AT_ONCE) as threads:
            for _ in threads.map(does, several):
                pass


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
