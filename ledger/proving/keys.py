"""Keys of signed notes: names, ids, and the text forms in which they are handed out (C2SP signed-note).

A verifier key may be given to anyone; a signer key is for its owner alone.
"""

import base64
import binascii
import hashlib
import re
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.refusals import MalformedInput

ED25519: Literal[1] = 1
"""Signs the text of a note."""
COSIGNATURE: Literal[4] = 4
"""Signs a checkpoint and the time at which it was seen."""
_ALGORITHMS = (ED25519, COSIGNATURE)
_RAW_BYTES = 32
_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+\x00-\x20\x7f]+")


class KeyUnfit(MalformedInput):
    """What is given as a key is none."""


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key under a name."""

    name: str
    algorithm: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return _id(self.name, self.algorithm, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_text(bytes([self.algorithm]) + self.public)}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Return whether this key signed a message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SignerKey:
    """A private key under a name; it is not shown."""

    def __init__(self, name: str, algorithm: int, seed: bytes) -> None:
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifierKey(name, algorithm, self._key.public_key().public_bytes_raw())

    @classmethod
    def new(cls, name: str, seed: bytes, algorithm: int = ED25519) -> "SignerKey":
        """Return the key that a seed of 32 bytes makes, under a name.

        Raises:
            KeyUnfit: no signature could bear the name.
        """
        _check_name(name)
        return cls(name, algorithm, seed)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return self._key.sign(message)

    def written(self) -> str:
        """Return the secret form, for the file of its owner."""
        verifier = self.verifier
        return f"{_PRIVATE}{verifier.name}+{verifier.id.hex()}+{_text(bytes([verifier.algorithm]) + self._seed)}"


def verifier_key(written: str) -> VerifierKey:
    """Return the key in a verifier key.

    Raises:
        KeyUnfit: it is none, or of a kind that is not read here.
    """
    name, key_id, algorithm, raw = _parts(written, "no verifier key")
    found = VerifierKey(name, algorithm, raw)
    if found.id != key_id:
        raise KeyUnfit(f"the id in the key of {name} is not that of the key", where="key")
    return found


def signer_key(written: str) -> SignerKey:
    """Return the key in a signer key; what is wrong with one is told without repeating it.

    Raises:
        KeyUnfit: it is none.
    """
    if not written.startswith(_PRIVATE):
        raise KeyUnfit("this is no signer key", where="key")
    name, key_id, algorithm, seed = _parts(written[len(_PRIVATE) :], "no signer key")
    found = SignerKey(name, algorithm, seed)
    if found.verifier.id != key_id:
        raise KeyUnfit(f"the id in the signer key of {name} is not that of the key", where="key")
    return found


def decoded(written: str) -> bytes | None:
    """Return the bytes of a base64 text, or None where it is not written as it would be."""
    try:
        found = base64.b64decode(written, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if _text(found) == written else None


def _parts(written: str, what: str) -> tuple[str, bytes, int, bytes]:
    name, _, rest = written.partition("+")
    key_id, _, data = rest.partition("+")
    raw = decoded(data) or b""
    if re.fullmatch("[0-9a-f]{8}", key_id) is None or len(raw) != 1 + _RAW_BYTES or raw[0] not in _ALGORITHMS:
        raise KeyUnfit(f"this is {what}", where="key", remedy="such as example.org/ledger1540/1+0a1b2c3d+AZ…")
    _check_name(name)
    return name, bytes.fromhex(key_id), raw[0], raw[1:]


def _check_name(name: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise KeyUnfit(f"{name!r} cannot be the name of a key", where="key", remedy="no spaces and no +")


def _id(name: str, algorithm: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
