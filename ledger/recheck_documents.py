"""The pass over the store of documents that verification makes: every file, and what events name."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from domain.refusals import Refusal
from ledger.documents import Documents
from ledger.finding import Finding

Opens = Callable[[str, str, bytes], object]
"""Opens what is stored of a sealed document by its id and commitment, or raises a refusal."""


class StoreCheck:
    """Hashes every file again; what is sealed is opened too where that can be done."""

    def __init__(self, store: Documents, opens: Opens | None) -> None:
        self.documents: int = 0
        self.opened: int = 0
        self.disposed: int = 0
        self._store = store
        self._opens = opens

    def run(self, named: Mapping[str, int], sealed: Mapping[str, str], gone: Collection[str]) -> Iterator[Finding]:
        """Compare with the names that events give, each with its position; `sealed` has the ids of documents.

        What is `gone` was disposed of on record.
        """
        found: set[str] = set()
        for path in self._store.files():
            self.documents += 1
            found.add(path.stem)
            what = self._damage(path, sealed.get(path.stem))
            if what is not None:
                yield Finding(named.get(path.stem), path.stem, what)
        for name, position in named.items():
            if name not in found and name in gone:
                self.disposed += 1
            elif name not in found:
                yield Finding(position, name, "the document is not in the store")

    def _damage(self, path: Path, document: str | None) -> str | None:
        try:
            data = path.read_bytes()
        except OSError as error:
            return f"the document cannot be read: {error}"
        what = self._store.damage(path, data)
        if what is not None or document is None or self._opens is None:
            return what
        try:
            self._opens(document, path.stem, self._store.get(path.stem) or b"")
        except Refusal as refusal:
            return refusal.what
        self.opened += 1
        return None
