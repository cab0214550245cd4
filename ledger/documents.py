"""The content-addressed store of documents: bytes named by their SHA-256, written once, whole or not at all."""

import os
import re
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from domain.canonical import sha256
from domain.refusals import IntegrityFailure

_NAME = re.compile(r"[0-9a-f]{64}")
_CACHED_BYTES = 32 * 1024 * 1024


class DocumentDamaged(IntegrityFailure):
    """A stored document is not what its name says."""


class Documents:
    """The documents of a record, as files `ab/<sha256>` under one folder."""

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
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, data)
        return digest

    def _write(self, path: Path, data: bytes) -> None:
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
        if self._durable:
            sync_folder(path.parent)
            sync_folder(self.folder)

    def get(self, digest: str) -> bytes | None:
        """Return a document, or None where there is none.

        Raises:
            DocumentDamaged: the bytes found do not have that hash.
        """
        with self._lock:
            if digest in self._cache:
                self._cache.move_to_end(digest)
                return self._cache[digest]
        if _NAME.fullmatch(digest) is None:
            return None
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError:
            return None
        if sha256(data) != digest:
            raise DocumentDamaged(f"document {digest} is damaged", remedy="restore it from a copy")
        self._remember(digest, data)
        return data

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


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
