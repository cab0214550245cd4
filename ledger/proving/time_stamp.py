"""Time stamps of checkpoints (RFC 3161), carried among the signatures of a note.

C2SP leaves the type 0xff to signatures that it does not know; whoever does not know this one passes it over. The first
stamp is over the text of the checkpoint; each further one is over the text and the lines of the stamps before it, so
that it keeps up what their authorities can no longer vouch for.
"""

import hashlib
import warnings
from collections.abc import Sequence
from datetime import datetime

import msgspec
import rfc3161_client
from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from domain.refusals import IntegrityFailure, MalformedInput
from ledger.proving.checkpoint import checkpoint
from ledger.proving.note import Note, Signature
from ledger.proving.posting import Unanswered, post
from ledger.proving.set_order import sorted_certificates

_TYPE = b"\xffrfc3161.ledger1540"
_UNREADABLE = (
    *(ValueError, LookupError, TypeError, ArithmeticError),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
    CryptographyDeprecationWarning,  # of what no certificate may have, such as a serial number below one
)
"""What the libraries raise for certificates and tokens that are damaged."""
_ASK, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class StampWrong(IntegrityFailure):
    """A time stamp is not over the checkpoint that bears it, or not by an authority that is trusted."""


class Stamp(msgspec.Struct, frozen=True):
    """The answer of an authority, and what it is over."""

    authority: str
    token: bytes
    over: bytes


class Stamped(msgspec.Struct, frozen=True):
    """What a time stamp says: by when what it is over existed, and until when its authority's certificate runs."""

    at: datetime
    until: datetime


def stamps_on(signed: Note) -> list[Stamp]:
    """Return the time stamps among the signatures of a checkpoint, in order."""
    return _read(signed)[0]


def stamps_of(signed: Note) -> list[Stamp]:
    """Return the time stamps of a checkpoint that is kept for them.

    Raises:
        StampWrong: it has none.
    """
    found = stamps_on(signed)
    if not found:
        raise StampWrong(f"there is no time stamp on {checkpoint(signed)}")
    return found


def stamped(signed: Note, authority: str, url: str, trusted: Sequence[x509.Certificate]) -> Note:
    """Ask an authority for a time stamp over a checkpoint and all stamps that it has; return it with that.

    Raises:
        Unanswered: it does not answer, or refuses.
        StampWrong: its answer is not over this, or not by whom the certificates trust.
    """
    _, over = _read(signed)
    request = (
        rfc3161_client.TimestampRequestBuilder()
        .data(over)
        .hash_algorithm(rfc3161_client.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .nonce(nonce=True)
        .build()
    )
    reply = post(url, request.as_bytes(), _ASK)
    if reply.status != 200 or reply.kind != _REPLY:
        raise Unanswered(f"it answers {reply.status} and {reply.kind}, and not with a time stamp", where=url)
    stamp = Stamp(authority, reply.body, over)
    response = _decoded(stamp)
    check(stamp, trusted)
    if response.tst_info.nonce != request.nonce:
        raise StampWrong(f"{authority} answers another request than this one", where=url)
    return signed.with_signature(signature_of(stamp))


def signature_of(stamp: Stamp) -> Signature:
    """Return a time stamp as it stands among the signatures of a note."""
    return Signature(stamp.authority, _id(stamp.authority), stamp.token)


def read(stamp: Stamp) -> Stamped:
    """Return what a time stamp says, which is over what it should be; who signed it is for `check` to say.

    Raises:
        StampWrong: it is none, or over something else.
    """
    response = _decoded(stamp)
    try:
        info = response.tst_info
        if info.message_imprint.message != hashlib.sha256(stamp.over).digest():
            raise StampWrong(f"the time stamp of {stamp.authority} is over something else")
        until = min(each.not_valid_after_utc for each in _of_the_signer(response))
        return Stamped(info.gen_time, until)
    except _UNREADABLE as error:
        raise StampWrong(f"the time stamp of {stamp.authority} cannot be read: {error}") from None


def check(stamp: Stamp, trusted: Sequence[x509.Certificate]) -> Stamped:
    """Return what a time stamp says, signed by an authority under one of some certificates.

    Raises:
        StampWrong: it is over something else, or signed by somebody else.
    """
    found = read(stamp)
    verifier = rfc3161_client.VerifierBuilder(roots=list(trusted)).build()
    try:
        verifier.verify_message(_decoded(stamp), stamp.over)
    except (rfc3161_client.VerificationError, *_UNREADABLE) as error:
        raise StampWrong(f"the time stamp of {stamp.authority} is not good: {error}") from None
    return found


def certificates(pem: bytes) -> list[x509.Certificate]:
    """Return the certificates in a file.

    Raises:
        MalformedInput: there is none.
    """
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise MalformedInput(f"no certificate can be read: {error}") from None


def _read(signed: Note) -> tuple[list[Stamp], bytes]:
    """Return the stamps, and what another one would be over."""
    found: list[Stamp] = []
    over = signed.text.encode()
    for each in signed.signatures:
        if each.key_id == _id(each.name):
            found.append(Stamp(each.name, each.data, over))
            over += each.line().encode()
    return found, over


def _id(name: str) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _TYPE).digest()[:4]


def _decoded(stamp: Stamp) -> rfc3161_client.TimeStampResponse:
    try:
        found = rfc3161_client.decode_timestamp_response(sorted_certificates(stamp.token))
        granted = found.status == rfc3161_client.PKIStatus.GRANTED
    except _UNREADABLE as error:
        raise StampWrong(f"the time stamp of {stamp.authority} is none: {error}") from None
    if not granted:
        raise StampWrong(f"{stamp.authority} gave no time stamp: {'; '.join(found.status_string) or found.status}")
    return found


def _of_the_signer(response: rfc3161_client.TimeStampResponse) -> list[x509.Certificate]:
    signers = {(each.issuer, each.serial_number) for each in response.signed_data.signer_infos}
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        found = [x509.load_der_x509_certificate(each) for each in response.signed_data.certificates]
    return [each for each in found if (each.issuer, each.serial_number) in signers]
