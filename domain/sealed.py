"""What is sealed, a text of a person or a document: what the record holds of it, what a disclosure is checked by."""

import binascii
from base64 import b64decode
from hashlib import sha256

import msgspec

from domain.refusals import MalformedInput
from domain.values import Sha256

BLINDING_BYTES = 32
OVERHEAD = 12 + BLINDING_BYTES + 16
"""By how many bytes what is sealed is longer: the cipher's nonce, r, and the cipher's tag."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that only the key of its person opens: base64 of the cipher's bytes, and the commitment to the text."""

    ciphertext: str
    commitment: Sha256


def committed(blinding: bytes, data: bytes) -> str:
    """Return the commitment to bytes, of a text those in UTF-8: SHA-256 of r then the bytes."""
    return sha256(blinding + data).hexdigest()


def check(sealed: Sealed, where: str) -> None:
    """Refuse what cannot be a sealed text, such as the text itself."""
    try:
        size = len(b64decode(sealed.ciphertext, validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if size < OVERHEAD:
        raise MalformedInput(
            "not sealed", where=where, remedy="personal fields are sealed by the vault: `ledger1540 propose-contact`"
        )
