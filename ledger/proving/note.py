"""Signed notes (C2SP signed-note): a text, a blank line, and a line for each signature."""

import base64
from collections.abc import Iterable, Sequence

import msgspec

from domain.refusals import IntegrityFailure, MalformedInput
from ledger.proving.keys import ED25519, SignerKey, VerifierKey, decoded

_DASH = "— "
LARGEST = 1_000_000
MOST_SIGNATURES = 100
_ID_BYTES = 4


class NoteMalformed(MalformedInput):
    """The bytes are no signed note."""


class SignatureWrong(IntegrityFailure):
    """A signature is not that of the key that it names, or none is by a key that is known."""


class Signature(msgspec.Struct, frozen=True):
    """Whose signature it is, by name and id, and its bytes."""

    name: str
    key_id: bytes
    data: bytes

    def line(self) -> str:
        """Return it as it stands in a note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.data).decode()}\n"

    def by(self, key: VerifierKey) -> bool:
        """Return whether it says that it is by a key."""
        return (self.name, self.key_id) == (key.name, key.id)


class Note(msgspec.Struct, frozen=True):
    """A text with its final newline, and what was signed beneath it."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __bytes__(self) -> bytes:
        return f"{self.text}\n{''.join(each.line() for each in self.signatures)}".encode()

    def signed(self, key: SignerKey) -> "Note":
        """Return it with a signature of its text beneath the others."""
        return self.with_signature(Signature(key.verifier.name, key.verifier.id, key.sign(self.text.encode())))

    def with_signature(self, signature: Signature) -> "Note":
        """Return it with a further signature."""
        return Note(self.text, (*self.signatures, signature))

    def with_signatures_of(self, other: "Note") -> "Note":
        """Return it with what the same text is signed with elsewhere, each signature once."""
        assert other.text == self.text  # noqa: S101 - signatures of another text would show nothing
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *other.signatures))))

    def signed_by(self, keys: Iterable[VerifierKey]) -> list[VerifierKey]:
        """Return those of some keys that signed the text; signatures of other keys are passed over.

        Raises:
            SignatureWrong: a signature is not that of the key that it names.
        """
        found: list[VerifierKey] = []
        for key in keys:
            if key.algorithm != ED25519:
                continue
            for signature in self.signatures:
                if signature.by(key):
                    if not key.verifies(self.text.encode(), signature.data):
                        raise SignatureWrong(f"the signature of {key} is not under this text")
                    if key not in found:
                        found.append(key)
        return found


def note(data: bytes) -> Note:
    """Return the note in some bytes; what its signatures are worth is for `signed_by` to say.

    Raises:
        NoteMalformed: it is none.
    """
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise NoteMalformed("a signed note is in UTF-8") from None
    if len(data) > LARGEST or any(each < " " and each != "\n" for each in whole):
        raise NoteMalformed("a signed note is a short text without control characters")
    head, blank, tail = whole.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise NoteMalformed("a signed note has a blank line, and signatures behind it")
    signatures = [_signature(line) for line in tail[:-1].split("\n")]
    if len(signatures) > MOST_SIGNATURES:
        raise NoteMalformed(f"a signed note has {MOST_SIGNATURES} signatures at most")
    return Note(f"{head}\n", tuple(signatures))


def note_at(where: str, data: bytes) -> Note:
    """Return the note that was found somewhere.

    Raises:
        NoteMalformed: it is none; it says where that is.
    """
    try:
        return note(data)
    except NoteMalformed as refusal:
        raise NoteMalformed(refusal.what, where=where, remedy="it is no checkpoint that a log gave out") from None


def opened(data: bytes, keys: Sequence[VerifierKey]) -> Note:
    """Return the note in some bytes, which one of some keys must have signed.

    Raises:
        NoteMalformed: it is none.
        SignatureWrong: none of the keys signed it, or a signature is not what it says.
    """
    found = note(data)
    if not found.signed_by(keys):
        said = ", ".join(f"{each.name}+{each.key_id.hex()}" for each in found.signatures)
        known = ", ".join(f"{each.name}+{each.id.hex()}" for each in keys)
        raise SignatureWrong(f"it is signed by {said}, and not by {known or 'any key that is known'}")
    return found


def _signature(line: str) -> Signature:
    name, space, written = line.removeprefix(_DASH).partition(" ")
    data = decoded(written)
    named = name and space and "+" not in name and not any(each.isspace() for each in name)
    if not line.startswith(_DASH) or not named or data is None or len(data) <= _ID_BYTES:
        raise NoteMalformed(f"{line[:80]!r} is no line of a signature")
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])
