"""Sealed documents: AES-256-GCM with a key for each, and the commitment by which the record names them.

As with fields of persons, the cipher's nonce and r follow from the key and what is sealed, so that a retry gives the
same bytes and no two texts share a nonce.
"""

import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.canonical import sha256
from domain.sealed import BLINDING_BYTES, committed
from ledger.vault.keyring import Keyring
from ledger.vault.master import KEY_BYTES
from ledger.vault.refusals import DoesNotOpen
from ledger.vault.sealing import NONCE_BYTES, derived


class SealedDocument(NamedTuple):
    """What is stored of a document, and the commitment that names it."""

    data: bytes
    commitment: str


class DocumentVault(Keyring):
    """The keys of sealed documents, each wrapped by the master key under the id of its document."""

    def seal(self, document: str, data: bytes, *, new: bool) -> SealedDocument:
        """Return a document's bytes sealed; one that is `new` to the record gets a key if it has none.

        Raises:
            KeyAbsent: one on record has none, which a second key would not mend.
        """
        return seal(self.key(document, new=new), document, data)

    def unseal(self, document: str, sealed: SealedDocument) -> tuple[bytes, bytes]:
        """Return r and the bytes.

        Raises:
            KeyAbsent: the document has no key (any more).
            DoesNotOpen: it was not sealed so.
        """
        return unseal(self.key(document, new=False), document, sealed)


def seal(key: bytes, document: str, data: bytes) -> SealedDocument:
    """Return bytes sealed as those of a document."""
    nonce, blinding = (derived(key, use, document, sha256(data), of="document") for use in ("nonce", "r"))
    nonce = nonce[:NONCE_BYTES]
    sealed = AESGCM(derived(key, "cipher", of="document")).encrypt(nonce, blinding + data, document.encode())
    return SealedDocument(nonce + sealed, committed(blinding, data))


def unseal(key: bytes, document: str, sealed: SealedDocument) -> tuple[bytes, bytes]:
    """Return r and the bytes.

    Raises:
        DoesNotOpen: another key or document, other bytes, or another commitment.
    """
    nonce, data = sealed.data[:NONCE_BYTES], sealed.data[NONCE_BYTES:]
    try:
        opened = AESGCM(derived(key, "cipher", of="document")).decrypt(nonce, data, document.encode())
    except (InvalidTag, ValueError):
        raise DoesNotOpen(f"document {document} does not open with its key") from None
    blinding, plain = opened[:BLINDING_BYTES], opened[BLINDING_BYTES:]
    if committed(blinding, plain) != sealed.commitment:
        raise DoesNotOpen(f"document {document} is not what its commitment says")
    return blinding, plain


def throwaway(document: str, data: bytes) -> SealedDocument:
    """Return bytes sealed with a key that nobody keeps, for what is only tried."""
    return seal(secrets.token_bytes(KEY_BYTES), document, data)
