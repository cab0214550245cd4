"""Documents as they are given out: opened where they are sealed, and logged where they are restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from domain.access import Reader
    from domain.document import DocumentRegistered
    from domain.recorded import Recorded
    from interfaces.cli.reading import Request
    from ledger.record import Record


class Paper(NamedTuple):
    """The bytes of a document, and r where it was sealed: SHA-256 of r then the bytes is its commitment."""

    body: DocumentRegistered
    data: bytes
    blinding: bytes | None


def papers(request: Request, *, through: str, purpose: str | None) -> Papers:
    """Return what gives documents to whoever makes a request."""
    return Papers(request.record, request.reader, request.now, through=through, purpose=purpose)


class Papers:
    """Gives documents to one reader through one door."""

    def __init__(self, record: Record, reader: Reader, now: str, *, through: str, purpose: str | None) -> None:
        self._record = record
        self._reader = reader
        self._now = now
        self._through = through
        self._purpose = purpose or ""

    def give(self, registered: Recorded, as_of: str | None) -> Paper:
        """Return the bytes of a document.

        Raises:
            NotPermitted: the reader may not see it; that they asked is logged.
            DocumentGone: they are not in the store.
            KeyAbsent: it is sealed, and its key is not in the vault.
            NotLogged: it is restricted, and the access log cannot be written.
        """
        from domain.access import may
        from domain.content import name_of
        from domain.refusals import NotFound, NotPermitted
        from ledger.refusals import DocumentGone
        from projections.documents import disposed_on

        body = _body(registered)
        if not may(self._reader, registered.header, self._now):
            self.log(registered, as_of, given=False)
            raise NotPermitted(f"document {body.document} is withheld from you", where="DOCUMENT")
        disposed = disposed_on(self._record, body.document)
        if disposed is not None:
            raise NotFound(f"{body.document}: [disposed {disposed}]", where="DOCUMENT")
        data = self._record.document(name_of(body.content))
        if data is None:
            raise DocumentGone(f"document {body.document} is not in the store", remedy="run `ledger1540 verify`")
        paper = Paper(body, data, None) if body.content.commitment is None else self._opened(body, data)
        self.log(registered, as_of, given=True)
        return paper

    def log(self, registered: Recorded, as_of: str | None, *, given: bool) -> None:
        """Log that a document was given to the reader or refused, if it is restricted."""
        from domain.access import EVERYONE
        from domain.content import SEALED
        from ledger.access_log import Access, AccessLog

        body = _body(registered)
        if body.distribution != SEALED:
            return
        access = Access(
            at=self._now,
            actor=self._reader.actor,
            roles=" ".join(sorted(self._reader.audiences(self._now) - {EVERYONE})),
            document=body.document,
            as_of=as_of,
            purpose=self._purpose,
            through=self._through,
            given=given,
        )
        AccessLog(self._record.home).write(access)

    def _opened(self, body: DocumentRegistered, data: bytes) -> Paper:
        from interfaces.vaults import document_vault_of
        from ledger.vault.documents import SealedDocument

        sealed = SealedDocument(data, body.content.commitment or "")
        blinding, opened = document_vault_of(self._record.home).unseal(body.document, sealed)
        return Paper(body, opened, blinding)


def _body(registered: Recorded) -> DocumentRegistered:
    from domain.document import DocumentRegistered

    assert isinstance(registered.body, DocumentRegistered)  # noqa: S101 - what is given is a registration
    return registered.body
