"""Sealing one field of one person, and opening it again: AES-256-GCM, with a commitment that outlives the key.

A retry must give the same bytes, or the same command would be another request. So the cipher's nonce and r are not
drawn but follow from the person's key, the command, the field and the text: the same text under the same command is
sealed to the same bytes, and no two texts ever share a nonce.
"""

import hmac
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealed import BLINDING_BYTES, Sealed, committed
from ledger.vault.refusals import DoesNotOpen

NONCE_BYTES = 12


def seal(key: bytes, person: str, field: str, command: str, text: str) -> Sealed:
    """Return a text sealed for a person, as a command carries it."""
    place = (command, person, field, text)
    nonce, blinding = derived(key, "nonce", *place)[:NONCE_BYTES], derived(key, "r", *place)
    data = AESGCM(derived(key, "cipher")).encrypt(nonce, blinding + text.encode(), _about(person, field))
    return Sealed(ciphertext=b64encode(nonce + data).decode(), commitment=committed(blinding, text.encode()))


def unseal(key: bytes, person: str, field: str, sealed: Sealed) -> tuple[bytes, str]:
    """Return r and the text.

    Raises:
        DoesNotOpen: another key, person or field, other bytes, or another commitment.
    """
    data = b64decode(sealed.ciphertext)
    try:
        opened = AESGCM(derived(key, "cipher")).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _about(person, field))
    except InvalidTag:
        raise DoesNotOpen(f"{field} of {person} does not open with the key of this person") from None
    blinding, text = opened[:BLINDING_BYTES], opened[BLINDING_BYTES:].decode()
    if committed(blinding, text.encode()) != sealed.commitment:
        raise DoesNotOpen(f"{field} of {person} is not what its commitment says")
    return blinding, text


def _about(person: str, field: str) -> bytes:
    """Return the associated data: a sealed text belongs to one field of one person and opens nowhere else."""
    return f"{person}\n{field}".encode()


def derived(key: bytes, purpose: str, *parts: str, of: str = "person") -> bytes:
    """Return 32 bytes that follow from a key, a purpose and parts; whoever has no key cannot tell them from chance."""
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in (each.encode() for each in (purpose, *parts)))
    return hmac.digest(key, f"ledger1540 {of} 1".encode() + framed, "sha256")
