"""Text that is sealed for one person: what the record holds of it, and what a disclosure of it is checked against."""

import binascii
from base64 import b64decode
from hashlib import sha256

import msgspec

from domain.refusals import MalformedInput
from domain.values import Sha256

BLINDING_BYTES = 32
_LEAST = 12 + BLINDING_BYTES + 16  # the cipher's nonce, r, and the cipher's tag


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that only the key of its person opens: base64 of the cipher's bytes, and the commitment to the text."""

    ciphertext: str
    commitment: Sha256


def committed(blinding: bytes, text: str) -> str:
    """Return the commitment to a text: SHA-256 of r then the text in UTF-8."""
    return sha256(blinding + text.encode()).hexdigest()


def check(sealed: Sealed, where: str) -> None:
    """Refuse what cannot be a sealed text, such as the text itself."""
    try:
        size = len(b64decode(sealed.ciphertext, validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if size < _LEAST:
        raise MalformedInput(
            "not sealed", where=where, remedy="personal fields are sealed by the vault: `ledger1540 propose-contact`"
        )
