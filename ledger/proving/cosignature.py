"""Cosignatures (C2SP tlog-cosignature): a witness says at which time it saw a checkpoint, the largest of its log."""

import struct

from ledger.proving.keys import COSIGNATURE, SignerKey, VerifierKey
from ledger.proving.note import Note, Signature, SignatureWrong

_STAMP = struct.Struct(">Q")
_SIGNATURE_BYTES = 64
_LAST_SECOND = 2**63 - 1


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosigned(note: Note, key: SignerKey, seconds: int) -> Signature:
    """Return a witness's signature under a checkpoint, seen at a time in seconds since 1970."""
    signed = key.sign(_message(note.text, seconds))
    return Signature(key.verifier.name, key.verifier.id, _STAMP.pack(seconds) + signed)


def cosigned_at(note: Note, key: VerifierKey) -> int | None:
    """Return when a witness says that it saw a checkpoint, or None where it did not sign.

    Raises:
        SignatureWrong: a signature is not that of the key that it names.
    """
    if key.algorithm != COSIGNATURE:
        return None
    for signature in note.signatures:
        if signature.by(key):
            if len(signature.data) != _STAMP.size + _SIGNATURE_BYTES:
                raise SignatureWrong(f"the cosignature of {key.name} is cut")
            (seconds,) = _STAMP.unpack(signature.data[: _STAMP.size])
            if seconds > _LAST_SECOND or not key.verifies(_message(note.text, seconds), signature.data[_STAMP.size :]):
                raise SignatureWrong(f"the cosignature of {key.name} is not under this checkpoint")
            return int(seconds)
    return None
