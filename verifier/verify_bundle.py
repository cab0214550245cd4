#!/usr/bin/env python3
"""Check an answer of a ledger1540 record without the record, without ledger1540 and without the network.

    python verify_bundle.py answer.bundle --policy policy.txt

It needs Python 3.9 or later and the package `cryptography`. It checks, in this order: that the bundle is whole; that
the checkpoint is signed by the log that the policy names, and by how many witnesses; that the seal of the streams'
heads is in the checkpoint's tree; that each stream which the answer rests on is there whole, or shown to be absent;
that every body is the one that was recorded. Then it applies the rule of the record itself (section 4 of the record's
format) and prints the answer, up to which position it is complete, and what trust the checkpoint deserves.

Exit codes: 0 the answer holds; 2 what was given cannot be read; 3 what was given is not proven.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import sys
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, cast
from zoneinfo import ZoneInfo

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes as algorithms
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID
except ImportError:
    sys.stderr.write("it needs the Python package cryptography: python -m pip install cryptography\n")
    raise SystemExit(2) from None

KIND = "ledger1540 answer bundle"
FORMAT = 1
SEALS = "record/seals"
KEYS = "record/keys"
LOG_OPENED = "record.log-opened"
NEW_YORK = ZoneInfo("America/New_York")
MOST_BYTES = 1 << 28
HEADER_MEMBERS = frozenset(
    (
        *("format", "log", "position", "event_id", "stream", "version", "previous", "subject", "type", "type_version"),
        *("body_commitment", "recorded_at", "known_at", "known_precision", "strikes", "noticed_at", "command_id"),
        *("actor", "role", "causation_id", "correlation_id", "audience", "synthetic"),
    )
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Json = dict[str, Any]


class Refused(Exception):
    """What was given is not taken: its name, what is wrong and where."""

    code = 3

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


class Unreadable(Refused):
    """It is no bundle, policy or question at all."""

    code = 2


def refuse(name: str, what: str) -> NoReturn:
    raise Refused(name, what)


# Hashes and trees (RFC 6962, RFC 9162 2.1.3.2)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data)


def root_from(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof leads to from a leaf, or None where it is too long or too short."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = sha256(b"\x01" + sibling + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


# Signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature)

LOG, COSIGNATURE = 0x01, 0x04


class Key(NamedTuple):
    """A verifier key: `name+hash+base64(kind || Ed25519 public key)`."""

    name: str
    id: bytes
    kind: int
    public: Ed25519PublicKey


def read_key(vkey: str, kind: int) -> Key:
    name, _, rest = vkey.partition("+")
    short, _, coded = rest.partition("+")
    try:
        data = base64_bytes(coded, "policy", vkey)
    except Refused:
        data = b""
    if not name or len(data) != 33 or data[0] != kind:
        raise Unreadable("policy", f"{vkey!r} is no verifier key")
    key_id = sha256(name.encode() + b"\n" + data)[:4]
    if key_id.hex() != short:
        raise Unreadable("policy", f"the hash of {vkey!r} is not that of its key")
    return Key(name, key_id, data[0], Ed25519PublicKey.from_public_bytes(data[1:]))


class Signature(NamedTuple):
    name: str
    key_id: bytes
    data: bytes


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    text: bytes
    signatures: tuple[Signature, ...]


def read_checkpoint(note: str) -> Checkpoint:
    text, found, signed = note.rpartition("\n\n")
    lines = text.split("\n")
    if not found or len(lines) < 3 or not signed.endswith("\n") or not lines[0]:
        refuse("checkpoint", "it is no signed note")
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]):
        refuse("checkpoint", f"its size {lines[1]!r} is no number")
    root = base64_bytes(lines[2], "checkpoint", "its root")
    if len(root) != 32:
        refuse("checkpoint", "its root is no SHA-256")
    signatures: list[Signature] = []
    for line in signed[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            refuse("checkpoint", f"{line!r} is no signature")
        data = base64_bytes(parts[2], "checkpoint", "a signature")
        if len(data) < 5:
            refuse("checkpoint", "a signature is too short")
        signatures.append(Signature(parts[1], data[:4], data[4:]))
    return Checkpoint(lines[0], int(lines[1]), root, (text + "\n").encode(), tuple(signatures))


def signed_by(checkpoint: Checkpoint, key: Key) -> str | None:
    """Return when a key signed (empty for a log's signature, which has no time), or None where it did not.

    A signature that names the key and is not good is refused, not passed over.
    """
    when = None
    for each in checkpoint.signatures:
        if (each.name, each.key_id) != (key.name, key.id):
            continue
        data, signature, moment = checkpoint.text, each.data, ""
        if key.kind == COSIGNATURE:
            seconds = int.from_bytes(each.data[:8], "big")
            if len(each.data) != 72 or seconds > 253402300799:
                refuse("signature", f"that of {key.name} is malformed")
            data, signature = f"cosignature/v1\ntime {seconds}\n".encode() + data, each.data[8:]
            moment = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            key.public.verify(signature, data)
        except InvalidSignature:
            refuse("signature", f"that of {key.name} is not good for this checkpoint")
        when = moment
    return when


# Time stamps (RFC 3161), each a signature of a type of its own, over the text and over the stamps before it

STAMP = b"\xffrfc3161.ledger1540"


class Stamp(NamedTuple):
    """What an authority says of the time, and by which of the policy's names it was found to be that authority.

    Where the policy names none, who signed it is not checked here, but with `openssl ts -verify`.
    """

    authority: str
    when: str
    digest: str
    token: bytes
    by: str | None = None

    def words(self) -> str:
        if self.by is not None:
            return f"time stamped at {self.when} by {self.by}, whose certificate the policy trusts"
        return (
            f"time stamped, not checked by whom: {self.authority} is said to have done so at {self.when};"
            " --token FILE writes it for"
            f"\n  openssl ts -verify -digest {self.digest} -in FILE -CAfile THEIR-CERTIFICATE"
        )


def stamps_on(checkpoint: Checkpoint, trusted: Sequence[tuple[str, x509.Certificate]] = ()) -> tuple[Stamp, ...]:
    """Return the time stamps under a checkpoint.

    One that is over something else is refused, and where some authorities are trusted, one by anybody else.
    """
    found: list[Stamp] = []
    over = checkpoint.text
    for each in checkpoint.signatures:
        if each.key_id == sha256(each.name.encode() + b"\n" + STAMP)[:4]:
            digest = sha256(over)
            by, when = _signed_time(each, digest, trusted) if trusted else (None, _genuine_time(each, digest))
            found.append(Stamp(each.name, when, digest.hex(), each.data, by))
            coded = base64.b64encode(each.key_id + each.data).decode()
            over += f"\u2014 {each.name} {coded}\n".encode()
    return tuple(found)


def _genuine_time(stamp: Signature, digest: bytes) -> str:
    """Return what stands behind the digest in a token (serial number, then time)."""
    at = stamp.data.find(b"\x04\x20" + digest)
    rest = stamp.data[at + 34 : at + 120]
    if at >= 0 and len(rest) > 1 and rest[0] == 0x02 and rest[1] < 0x80:
        rest = rest[2 + rest[1] :]
        said = rest[2 : 2 + rest[1]].decode("ascii", "replace") if len(rest) > 1 and rest[0] == 0x18 else ""
        if re.fullmatch(_GENERALIZED, said):
            return _written_time(said)
    return refuse("time-stamp", f"that of {stamp.name} is not over this checkpoint")


_GENERALIZED = r"[0-9]{14}(\.[0-9]+)?Z"


def _written_time(said: str) -> str:
    return f"{said[:4]}-{said[4:6]}-{said[6:8]}T{said[8:10]}:{said[10:12]}:{said[12:]}"


# Who signed a time stamp (RFC 3161, CMS in DER): object identifiers as they are written there

SIGNED_DATA, TST_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE, MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
SIGNING_CERTIFICATE_2 = bytes.fromhex("2a864886f70d010910022f")
RSA_PLAIN = bytes.fromhex("2a864886f70d010101")
HASHES: Mapping[bytes, algorithms.HashAlgorithm] = {
    bytes.fromhex(prefix + last): kind
    for prefix, lasts in (
        ("6086480165030402", ("01", "02", "03")),  # the hash alone
        ("2a864886f70d0101", ("0b", "0c", "0d")),  # with RSA
        ("2a8648ce3d0403", ("02", "03", "04")),  # with ECDSA
    )
    for last, kind in zip(lasts, (algorithms.SHA256(), algorithms.SHA384(), algorithms.SHA512()))
}
UNDERSTOOD = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage)
LONGEST_CHAIN = 8


class Der(NamedTuple):
    tag: int
    body: bytes
    whole: bytes


def der(data: bytes) -> list[Der]:
    """Return the values that follow upon each other, each with a tag of one byte and a length in its shortest form."""
    found: list[Der] = []
    place = 0
    while place < len(data):
        start, length, place = place, data[place + 1], place + 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[place : place + count], "big")
            if not 1 <= count <= 4 or length < max(0x80, 1 << 8 * (count - 1)):
                raise ValueError("a length in another form")
            place += count
        if data[start] & 0x1F == 0x1F or place + length > len(data):
            raise ValueError("a value that is cut")
        found.append(Der(data[start], data[place : place + length], data[start : place + length]))
        place += length
    return found


def _digest(kind: algorithms.HashAlgorithm, data: bytes) -> bytes:
    found = algorithms.Hash(kind)
    found.update(data)
    return found.finalize()


def _signed_time(stamp: Signature, over: bytes, trusted: Sequence[tuple[str, x509.Certificate]]) -> tuple[str, str]:
    """Return which of the trusted authorities signed a time stamp over a digest, and the time that it says."""
    try:
        info, signer, certificates = _token(stamp.data)
        (sequence,) = der(info)
        _version, _policy, imprint, _serial, moment, *_rest = der(sequence.body)
        (algorithm, digest), said = der(imprint.body), moment.body.decode("ascii")
        if not isinstance(HASHES[der(algorithm.body)[0].body], algorithms.SHA256) or digest.body != over:
            refuse("time-stamp", f"that of {stamp.name} is not over this checkpoint")
        if moment.tag != 0x18 or not re.fullmatch(_GENERALIZED, said):
            raise ValueError("no time")
        certificate = _signing(info, signer, certificates)
        when = datetime.strptime(said[:14], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        by = _authority(certificate, certificates, when, trusted)
    except InvalidSignature:
        return refuse("time-stamp", f"that of {stamp.name} is not signed by the certificate that it names")
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the library raises for a certificate that is damaged
        return refuse("time-stamp", f"that of {stamp.name} cannot be checked ({type(error).__name__}: {error})")
    if by is None:
        refuse("time-stamp", f"that of {stamp.name} is by no authority that the policy trusts")
    return by, _written_time(said)


def _token(answer: bytes) -> tuple[bytes, list[Der], list[x509.Certificate]]:
    """Return what an authority's answer says (a TSTInfo), the members of its one signer, and its certificates."""
    (response,) = der(answer)
    status, token = der(response.body)
    kind, content = der(token.body)
    (signed,) = der(content.body)
    _version, _digests, inside, *rest = der(signed.body)
    what, octets = der(inside.body)
    (info,) = der(octets.body)
    (signer,) = der(rest[-1].body)
    if der(status.body)[0].body not in (b"\0", b"\1") or (kind.body, what.body) != (SIGNED_DATA, TST_INFO):
        raise ValueError("no time stamp was granted")
    found = [x509.load_der_x509_certificate(each.whole) for part in rest if part.tag == 0xA0 for each in der(part.body)]
    return info.body, der(signer.body), found


def _signing(info: bytes, signer: list[Der], certificates: list[x509.Certificate]) -> x509.Certificate:
    """Return the certificate whose key signed what is said, and which the signature itself names."""
    _version, named, hashed, attributes, algorithm, signature = signer[:6]
    issuer, serial = der(named.body)
    if attributes.tag != 0xA0:
        raise ValueError("no attribute is signed")
    said = {kind.body: der(values.body)[0] for kind, values in (der(each.body) for each in der(attributes.body))}
    kind = HASHES[der(hashed.body)[0].body]
    found = next(
        each
        for each in certificates
        if each.issuer.public_bytes() == issuer.whole and each.serial_number == int.from_bytes(serial.body, "big")
    )
    if said[CONTENT_TYPE].body != TST_INFO or said[MESSAGE_DIGEST].body != _digest(kind, info):
        raise ValueError("what is signed is something else")
    if not _names(said, found):
        raise ValueError("another certificate is meant")
    how = der(algorithm.body)[0].body
    using, key, text = kind if how == RSA_PLAIN else HASHES[how], found.public_key(), b"\x31" + attributes.whole[1:]
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature.body, text, padding.PKCS1v15(), using)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature.body, text, ec.ECDSA(using))
    else:
        raise ValueError("a key of another kind")
    return found


def _names(said: Mapping[bytes, Der], certificate: x509.Certificate) -> bool:
    """Return whether the signature itself names a certificate, so that no other can take its place."""
    older: algorithms.HashAlgorithm = algorithms.SHA1()  # noqa: S303 - what RFC 3161 itself has
    for attribute, kind in ((SIGNING_CERTIFICATE_2, algorithms.SHA256()), (SIGNING_CERTIFICATE, older)):
        if attribute in said:
            parts = der(der(der(said[attribute].body)[0].body)[0].body)
            if parts[0].tag == 0x30:
                kind = HASHES[der(parts.pop(0).body)[0].body]
            return parts[0].body == _digest(kind, certificate.public_bytes(Encoding.DER))
    return False


def _authority(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    when: datetime,
    trusted: Sequence[tuple[str, x509.Certificate]],
) -> str | None:
    """Return under which of the trusted certificates a signer's stands, all of them valid then; none was looked up.

    Whether one was revoked is not known here.
    """
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("its certificate is not for time stamps")
    found = signer
    for below in range(LONGEST_CHAIN):
        if not found.not_valid_before_utc <= when <= found.not_valid_after_utc:
            raise ValueError("a certificate was not valid then")
        if any(each.critical and not isinstance(each.value, UNDERSTOOD) for each in found.extensions):
            raise ValueError("a certificate has a critical extension that is not understood here")
        for name, each in trusted:
            if each == found:
                return name
        above = (*(each for _, each in trusted), *(each for each in others if each.subject != each.issuer))
        issuer = next((each for each in above if _issued(found, each, below)), None)
        if issuer is None:
            return None
        found = issuer
    return None


def _issued(certificate: x509.Certificate, by: x509.Certificate, below: int) -> bool:
    """Return whether one certificate was issued by another that may do so, with so many others below.

    Roots of old say nothing of that; they are taken where they are trusted.
    """
    try:
        certificate.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    said = [each.value for each in by.extensions]
    if any(isinstance(each, x509.KeyUsage) and not each.key_cert_sign for each in said):
        return False
    basic = next((each for each in said if isinstance(each, x509.BasicConstraints)), None)
    if basic is None:
        plain = all(isinstance(each, (x509.SubjectKeyIdentifier, x509.AuthorityKeyIdentifier)) for each in said)
        return plain and by.subject == by.issuer
    return basic.ca and (basic.path_length is None or basic.path_length >= below)


# Policies (C2SP tlog-policy, and two lines of ours: `signs VKEY FIRST [LAST]` says which sizes a key of the log signs,
# `tsa NAME CERTIFICATE` whose time stamps are trusted: the authority's own certificate or one above it, DER in base64)


class LogKey(NamedTuple):
    key: Key
    first: int = 0
    last: int | None = None


class Policy(NamedTuple):
    """Whom one trusts: the keys of logs, witnesses by name, groups with how many of their members suffice."""

    logs: tuple[LogKey, ...]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, tuple[int, tuple[str, ...]]]
    quorum: str | None
    authorities: tuple[tuple[str, x509.Certificate], ...] = ()


class _Lines:
    """The lines of a policy read so far."""

    def __init__(self) -> None:
        self.logs: dict[str, LogKey] = {}
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.quorums: list[str] = []
        self.authorities: list[tuple[str, x509.Certificate]] = []

    def take(self, kind: str, rest: list[str]) -> bool:
        """Take a line, and return whether it is one."""
        known = {*self.witnesses, *self.groups}
        if kind == "log" and len(rest) in (1, 2) and rest[0] not in self.logs:
            self.logs[rest[0]] = LogKey(read_key(rest[0], LOG))
        elif kind == "signs" and len(rest) in (2, 3) and rest[0] in self.logs:
            first, *last = map(int, rest[1:])
            self.logs[rest[0]] = LogKey(self.logs[rest[0]].key, first, last[0] if last else None)
        elif kind == "witness" and len(rest) in (2, 3) and rest[0] not in {*known, "none"}:
            self.witnesses[rest[0]] = read_key(rest[1], COSIGNATURE)
        elif kind == "group" and len(rest) > 2 and rest[0] not in {*known, "none"}:
            members = tuple(rest[2:])
            least = {"any": 1, "all": len(members)}.get(rest[1]) or int(rest[1])
            self.groups[rest[0]] = (least, members)
            return 1 <= least <= len(set(members)) == len(members) and known.issuperset(members)
        elif kind == "tsa" and len(rest) == 2:
            self.authorities.append((rest[0], x509.load_der_x509_certificate(base64.b64decode(rest[1], validate=True))))
        elif kind == "quorum" and len(rest) == 1 and rest[0] in {*known, "none"}:
            self.quorums += rest
        else:
            return False
        return True


def read_policy(text: str) -> Policy:
    found = _Lines()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            good = found.take(words[0], words[1:])
        except ValueError:
            good = False
        if not good:
            raise Unreadable("policy", f"line {number} cannot be read: {line.strip()!r}")
    if not found.logs or len(found.quorums) != 1:
        raise Unreadable("policy", "it has at least one line `log`, and one line `quorum` (`quorum none` is one)")
    quorum = None if found.quorums == ["none"] else found.quorums[0]
    return Policy(tuple(found.logs.values()), found.witnesses, found.groups, quorum, tuple(found.authorities))


class Trust(NamedTuple):
    """Who signed a checkpoint: the log's key, witnesses with their times and if they are enough, and time stamps."""

    signer: str
    witnessed: tuple[tuple[str, str], ...]
    enough: bool
    stamps: tuple[Stamp, ...] = ()

    def words(self) -> str:
        return self._signed() + "".join(f"\n{each.words()}" for each in self.stamps)

    def _signed(self) -> str:
        by = ", ".join(f"{name} at {when}" for name, when in self.witnessed)
        if not self.witnessed:
            return (
                f"signed by {self.signer}; no witness: the record is consistent, nothing shows that it is the only one"
            )
        return f"signed by {self.signer}; witnessed by {by}" + (
            "" if self.enough else "; fewer than the policy asks for"
        )


def judged(checkpoint: Checkpoint, policy: Policy) -> Trust:
    named = [each for each in policy.logs if each.key.name == checkpoint.origin]
    if not named:
        refuse("another-log", f"the checkpoint is of {checkpoint.origin}, which the policy does not name")
    found = [each for each in named if signed_by(checkpoint, each.key) is not None]
    if not found:
        refuse("signature", f"no key of the policy signed for {checkpoint.origin}")
    valid = [
        each for each in found if each.first <= checkpoint.size and checkpoint.size <= (each.last or checkpoint.size)
    ]
    if not valid:
        refuse("old-key", f"its key is not valid for a checkpoint of {checkpoint.size} events")
    key = valid[0].key
    times = {name: signed_by(checkpoint, witness) for name, witness in policy.witnesses.items()}
    witnessed = tuple((name, when) for name, when in times.items() if when is not None)
    present = {name for name, _ in witnessed}

    def satisfied(name: str) -> bool:
        if name in policy.groups:
            least, members = policy.groups[name]
            return sum(map(satisfied, members)) >= least
        return name in present

    return Trust(
        f"{key.name}+{key.id.hex()}",
        witnessed,
        policy.quorum is None or satisfied(policy.quorum),
        stamps_on(checkpoint, policy.authorities),
    )


# Events


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def base64_bytes(text: object, name: str, what: str) -> bytes:
    try:
        if not isinstance(text, str):
            raise ValueError
        data = base64.b64decode(text, validate=True)
        if base64.b64encode(data).decode() != text:
            raise ValueError
    except (ValueError, binascii.Error):
        refuse(name, f"{what} is no base64")
    return data


def members(value: object, where: str) -> Json:
    if not isinstance(value, dict):
        refuse("malformed", f"{where} has no members")
    return cast("Json", value)


def hashes(proof: object) -> list[bytes]:
    if not isinstance(proof, list) or len(cast("list[object]", proof)) > 64:
        refuse("malformed", "a proof is no list of hashes")
    found = [base64_bytes(each, "malformed", "a hash") for each in cast("list[object]", proof)]
    if any(len(each) != 32 for each in found):
        refuse("malformed", "a hash is no SHA-256")
    return found


class Event:
    """An event as stored: its header, its leaf, and its body unless that is not disclosed."""

    def __init__(self, header: Json, leaf: bytes, body: Json | None) -> None:
        self.header = header
        self.leaf = leaf
        self._body = body

    @property
    def body(self) -> Json | None:
        """What was recorded, or None where it is not disclosed."""
        return self._body

    @property
    def id(self) -> str:
        return str(self.header["event_id"])

    @property
    def position(self) -> int:
        return int(self.header["position"])

    @property
    def type(self) -> str:
        return str(self.header["type"])

    @property
    def known_at(self) -> str:
        return str(self.header["known_at"])

    @property
    def strikes(self) -> str | None:
        return self.header["strikes"]  # type: ignore[no-any-return]

    @property
    def voids(self) -> bool:
        return self.type.endswith("recorded-in-error")

    def told(self) -> Json:
        """Return the body, which the answer rests on."""
        if self.body is None:
            refuse(
                "not-disclosed", f"the answer rests on the body of position {self.position}, which is not in the bundle"
            )
        return self.body


def parsed(text: object, where: str) -> Json:
    """Return what canonical JSON says."""
    value: object = None
    if isinstance(text, str):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
    if canonical(value) != text:
        refuse("malformed", f"{where} is no canonical JSON")
    return members(value, where)


class Logs(NamedTuple):
    """Which log each position is of: a log that was opened after another holds what is left of that."""

    origin: str
    before: tuple[tuple[int, str], ...] = ()
    """Each log that was closed, with the position from which on it is another."""

    def at(self, position: int) -> str:
        return next((log for first, log in self.before if position < first), self.origin)


def number_of(log: str) -> int:
    """Return the number that a log's name ends in; the first of a record has 1, or none."""
    found = re.search(r"/([1-9][0-9]{0,8})$", log)
    return int(found[1]) if found else 1


def next_log(log: str) -> str:
    found = re.search(r"/([1-9][0-9]{0,8})$", log)
    return f"{log[: found.start()]}/{int(found[1]) + 1}" if found else f"{log}/2"


def read_event(value: object, logs: Logs) -> Event:
    """Return an event whose body, if it is given, is the one that its header commits to."""
    given = members(value, "an event")
    header = parsed(given.get("header"), "a header")
    position = header.get("position")
    if header.keys() != HEADER_MEMBERS or not isinstance(position, int) or position < 1:
        refuse("malformed", "a header has not the members of a header")
    where = f"position {position}"
    if header["log"] != logs.at(position):
        refuse("another-log", f"{where} is of {header['log']}")
    leaf = leaf_hash(str(given["header"]).encode())
    if given.keys() == {"header"}:
        return Event(header, leaf, None)
    nonce, body = given.get("nonce"), parsed(given.get("body"), f"the body of {where}")
    if not isinstance(nonce, str) or not re.fullmatch(r"[0-9a-f]{32}", nonce) or len(given) != 3:
        refuse("malformed", f"{where} is not made of header, body and nonce")
    if sha256(bytes.fromhex(nonce) + str(given["body"]).encode()).hex() != header["body_commitment"]:
        refuse("another-body", f"the body of {where} is not the one that was recorded")
    return Event(header, leaf, body)


# The bundle: what is in it, and what it proves


class Sealed(NamedTuple):
    """The heads of all streams as at a position: how many, and the root over them."""

    through: int
    streams: int
    root: bytes


class Opening(NamedTuple):
    """A log that was opened after another, and how much of that, as its own checkpoints show, is not in it."""

    log: str
    before: str
    kept: int
    missing: int
    authority: str


def opening_in(event: Event, policy: Policy) -> Opening:
    """Return what the opening of a log says, if the checkpoints of the log before it bear it out."""
    body, heads = event.told(), [read_checkpoint(str(each)) for each in event.told()["checkpoints"]]
    log, kept, last = str(body["from_log"]), int(body["kept"]), int(body["last"])
    named = [each.key for each in policy.logs if each.key.name == log]
    if not named:
        refuse("another-log", f"{event.header['log']} comes after {log}, which the policy does not name")
    if event.header["stream"] != KEYS or kept != event.position - 1 or body["to_log"] != event.header["log"]:
        refuse("opening", f"position {event.position} opens another log than the one it is in")
    if body["to_log"] != next_log(log) or max((each.size for each in heads), default=0) != last or last <= kept:
        refuse("opening", f"position {event.position} does not say what of {log} was signed")
    for each in heads:
        if each.origin != log or all(signed_by(each, key) is None for key in named):
            refuse("signature", f"no key of the policy signed what is said to be a checkpoint of {log}")
    return Opening(str(body["to_log"]), log, kept, last - kept, str(body["authority"]))


class Bundle:
    """A bundle whose checkpoint and seal hold. Streams, ranges and documents are checked when they are asked for."""

    def __init__(self, data: bytes, policy: Policy) -> None:
        self._given = _read_bundle(data)
        self.question: Json = self._given["question"]
        self.checkpoint = read_checkpoint(self._given["checkpoint"])
        self.trust = judged(self.checkpoint, policy)
        self.log = self.checkpoint.origin
        self._logs = self._read_logs()
        self.sealed = self._seal()
        lines = [members(each, "a stream") for each in self._given["streams"]]
        self._lines = {str(each["stream"]): each for each in lines}
        if len(self._lines) != len(lines):
            refuse("malformed", "a stream is there twice")
        self._streams: dict[str, list[Event]] = {}
        self._documents = self._read_documents()
        self.openings = self._read_openings(policy)

    def _read_logs(self) -> Logs:
        """Return the logs of positions, as the openings that are given have it; `_read_openings` checks these."""
        streams = [each["events"] for each in self._given["streams"] if each["stream"] == KEYS and "events" in each]
        found: list[tuple[int, str]] = []
        for each in (*(event for events in streams for event in events), *self._given["moments"]):
            header = parsed(each.get("header"), "a header")
            if header.get("type") == LOG_OPENED and "body" in each:
                found.append((int(header["position"]), str(parsed(each["body"], "an opening")["from_log"])))
        return Logs(self.log, tuple(sorted(set(found))))

    def _read_openings(self, policy: Policy) -> tuple[Opening, ...]:
        """Return what the record says of the logs before this one: it cannot be left out where there was one."""
        if self.sealed is not None:
            events = self.stream(KEYS) if number_of(self.log) > 1 else []
        else:
            events = [self._included(members(each, "a moment")) for each in self._given["moments"]]
        found = sorted((each for each in events if each.type == LOG_OPENED), key=lambda each: each.position)
        if [(each.position, each.told()["from_log"]) for each in found] != list(self._logs.before):
            refuse("left-out", f"it is not shown how {self.log} was opened")
        return tuple(opening_in(each, policy) for each in found)

    def _seal(self) -> Sealed | None:
        given = self._given["seal"]
        if given is None:
            return None
        seal = self._included(given)
        body = seal.told()
        if (seal.type, seal.header["stream"]) != ("record.heads-sealed", SEALS):
            refuse("seal", f"position {seal.position} seals no heads")
        if set(body) != {"through", "streams", "root"} or not 0 < body["through"] < seal.position:
            refuse("seal", f"position {seal.position} seals nothing that came before it")
        return Sealed(int(body["through"]), int(body["streams"]), bytes.fromhex(body["root"]))

    def _included(self, given: Json) -> Event:
        """Return an event that is in the checkpoint's tree at its own position."""
        proof = hashes(given.get("proof"))
        event = read_event({name: given[name] for name in given if name != "proof"}, self._logs)
        if root_from(event.leaf, event.position - 1, self.checkpoint.size, proof) != self.checkpoint.root:
            refuse("not-included", f"position {event.position} is not in the tree of the checkpoint")
        return event

    def _read_documents(self) -> dict[str, str]:
        texts = self._given["documents"]
        if any(not isinstance(each, str) for each in texts):
            refuse("malformed", "a document is no text")
        return {sha256(each.encode()).hex(): each for each in texts}

    @property
    def through(self) -> int:
        """The position up to which the heads of all streams are sealed."""
        if self.sealed is None:
            refuse("seal", "there is none, so nothing shows what was left out")
        return self.sealed.through

    def moment(self, position: int) -> Event | None:
        """Return the header at a position, if it is in the bundle, shown to be there."""
        for given in self._given["moments"]:
            event = self._included(members(given, "a moment"))
            if event.position == position:
                return event
        return None

    def event(self) -> Event:
        """Return the one event that is asked for."""
        return self._included(self._given["event"])

    def stream(self, name: str) -> list[Event]:
        """Return all events of a stream up to the seal, in order; none where it is shown to be absent."""
        if name not in self._streams:
            self._streams[name] = self._whole(name) if name in self._lines else self._absent(name)
        return self._streams[name]

    def _whole(self, name: str) -> list[Event]:
        given = self._lines[name]
        events, before = [read_event(each, self._logs) for each in given["events"]], None
        for number, event in enumerate(events, start=1):
            header = event.header
            if header["stream"] != name or header["version"] != number:
                refuse("left-out", f"version {number} of {name} is not there")
            if header["previous"] != (None if before is None else before.leaf.hex()):
                refuse("chain", f"position {event.position} does not follow the one before it in {name}")
            if before is not None and event.position <= before.position:
                refuse("chain", f"position {event.position} comes after one of its stream that is later")
            before = event
        if before is None or before.position > self.through:
            refuse("left-out", f"{name} is not as it was sealed")
        self._check_line(name, len(events), before.leaf, given)
        return events

    def _check_line(self, name: str, version: int, leaf: bytes, given: Json) -> int:
        """Return the index of a stream's head among the heads that are sealed."""
        sealed = self.sealed
        line = f"{name}\n{version}\n{leaf.hex()}\n".encode()
        index = given.get("index")
        if sealed is None or not isinstance(index, int) or not re.fullmatch(r"[A-Za-z0-9._/-]+", name):
            refuse("malformed", f"{name!r} has no place among the heads")
        if root_from(leaf_hash(line), index, sealed.streams, hashes(given.get("proof"))) != sealed.root:
            refuse("head-not-sealed", f"what is given of {name} does not end where its sealed head does")
        return index

    def _absent(self, name: str) -> list[Event]:
        """Check that no stream has this name: its two neighbours follow upon each other."""
        if name not in self._given["ranges"]:
            refuse("left-out", f"{name} is neither there nor shown to be absent")
        self._between(name, name, members(self._given["ranges"][name], f"the range {name}"), [])
        return []

    def names(self, prefix: str) -> list[str]:
        """Return the names of all streams that begin with a prefix, none left out."""
        if prefix not in self._given["ranges"]:
            refuse("left-out", f"it is not shown which streams begin with {prefix}")
        given = members(self._given["ranges"][prefix], f"the range {prefix}")
        inside = sorted(map(str, given["names"]))
        if any(not name.startswith(prefix) for name in inside):
            refuse("malformed", f"a stream that does not begin with {prefix}")
        self._between(prefix, prefix + "\x7f", given, [self._index(name) for name in inside])
        return inside

    def head(self, name: str) -> tuple[int, str]:
        """Return version and leaf (hex) of a stream's head."""
        given = self._lines[name]
        if "events" in given:
            events = self.stream(name)
            return len(events), events[-1].leaf.hex()
        return int(given["version"]), str(given["leaf"])

    def _index(self, name: str) -> int:
        """Return the place of a stream among the heads, where it is shown to be."""
        if name not in self._lines:
            refuse("left-out", f"{name} is not there")
        if "events" in self._lines[name]:
            self.stream(name)
            return int(self._lines[name]["index"])
        return self._neighbour(self._lines[name])[0]

    def _between(self, low: str, high: str, given: Json, inside: list[int]) -> None:
        """Check that the heads with names from `low` to `high` are those of some indices, and no others."""
        first, last = 0, self.sealed.streams if self.sealed else 0
        if given["before"] is not None:
            index, name = self._neighbour(given["before"])
            if name >= low:
                refuse("left-out", f"{name} does not come before {low}")
            first = index + 1
        if given["after"] is not None:
            last, name = self._neighbour(given["after"])
            if name <= high:
                refuse("left-out", f"{name} does not come after {low}")
        if inside != list(range(first, last)):
            refuse("left-out", f"between the neighbours of {low} there are streams which are not shown")

    def _neighbour(self, value: object) -> tuple[int, str]:
        given = members(value, "a head")
        name, version, leaf = (given.get(each) for each in ("stream", "version", "leaf"))
        if not isinstance(name, str) or not isinstance(version, int) or not isinstance(leaf, str):
            refuse("malformed", "a head is not made of stream, version and leaf")
        return self._check_line(name, version, bytes.fromhex(leaf), given), name

    def document(self, digest: str) -> Json:
        """Return the manifest or carry-over with a hash."""
        if digest not in self._documents:
            refuse("left-out", f"the document {digest} is not there")
        return parsed(self._documents[digest], f"the document {digest}")


SHAPE: Mapping[str, type | tuple[type, ...]] = {
    "bundle": str,
    "format": int,
    "question": dict,
    "checkpoint": str,
    "seal": (dict, type(None)),
    "streams": list,
    "ranges": dict,
    "moments": list,
    "event": (dict, type(None)),
    "documents": list,
    "digest": str,
}


def written(bundle: Mapping[str, object]) -> bytes:
    """Return a bundle as it is written: its members in order of name, and a digest over all others."""
    rest = {name: bundle[name] for name in bundle if name != "digest"}
    digest = sha256(canonical(rest).encode("utf-8", "surrogatepass")).hex()
    whole = json.dumps({**rest, "digest": digest}, ensure_ascii=False, indent=1, sort_keys=True)
    return whole.encode("utf-8", "surrogatepass") + b"\n"


def _read_bundle(data: bytes) -> Json:
    if len(data) > MOST_BYTES:
        raise Unreadable("unreadable", "the bundle is larger than any that is made")
    try:
        given = members(json.loads(data.decode()), "the bundle")
    except (ValueError, RecursionError, Refused):
        raise Unreadable("unreadable", "this is no bundle, or what is left of one") from None
    if given.get("bundle") != KIND:
        raise Unreadable("unreadable", "this is no bundle")
    if given.get("format") != FORMAT:
        raise Unreadable("unreadable", f"bundle of format {given.get('format')}; this program reads format {FORMAT}")
    if given.keys() != SHAPE.keys() or any(not isinstance(given[name], kind) for name, kind in SHAPE.items()):
        raise Unreadable("unreadable", "the bundle has not the members of a bundle")
    if written(given) != data:
        refuse("altered", "the bundle is not as it was written: its digest is another")
    return given


# The rule of the record: State(D, R) (section 4 of the record's format)

OPENED = "matrix.revision-opened"
CELL_TYPES = ("matrix.cell-assessed", "matrix.cell-corrected")
ACTS = {
    "approved": ("matrix/", ("matrix.approved",)),
    "sent": ("exchange/", ("exchange.matrix-sent",)),
    "published": ("consent/", ("consent.published", "consent.unpublished")),
}


class Source(Protocol):
    """Where the rule finds what it needs: a bundle, or the record that one is made from."""

    def stream(self, name: str) -> list[Event]:
        """Return all events of a stream, in order."""
        ...

    def names(self, prefix: str) -> list[str]:
        """Return the names of all streams that begin with a prefix."""
        ...

    def document(self, digest: str) -> Json:
        """Return a manifest or a carry-over."""
        ...


class Standing:
    """Which events of a stream stand at R in a reading at D; each knows the root of its chain."""

    def __init__(self, events: Iterable[Event], cut: str, position: int, reading: str) -> None:
        recorded = [event for event in events if event.position <= position]
        self.by_id = {event.id: event for event in recorded}
        considered = [e for e in recorded if reading == "corrected" or (e.header["noticed_at"] or "") <= cut]
        self.voided_by: dict[str, str] = {}
        for event in reversed(considered):
            if event.voids and event.id not in self.voided_by and event.strikes is not None:
                self.voided_by.setdefault(event.strikes, event.id)
        self.in_place = {
            self.root(event).id: event for event in considered if not event.voids and event.id not in self.voided_by
        }

    def root(self, event: Event) -> Event:
        while event.strikes is not None:
            event = self.by_id[event.strikes]
        return event

    def order(self, event: Event) -> tuple[str, int]:
        return event.known_at, self.root(event).position

    def of(self, *types: str) -> list[Event]:
        """Return what stands of some types, in order of (known_at, root position)."""
        return sorted((event for event in self.in_place.values() if event.type in types), key=self.order)


class Shown(NamedTuple):
    """A matrix: its revision and template, and each cell asked for with the event that is shown."""

    revision: int | None
    template: Json | None
    cells: list[tuple[str, Event | None]]


class Matrix:
    """A State's matrix at (D, R) in one reading."""

    def __init__(self, source: Source, state: str, cut: str, position: int, reading: str) -> None:
        self._source, self._state, self._at = source, state, (cut, position, reading)
        self._cut = cut
        self._file = Standing(source.stream(f"matrix/{state}"), *self._at)
        self.disclosed = all(event.body is not None for event in self._file.by_id.values() if event.type == OPENED)
        self._openings = self._by_revision(OPENED)
        self._seals = self._by_revision("matrix.revision-sealed")
        self._revisions: dict[int, Standing] = {}
        self._cells: dict[int, dict[str, list[Event]]] = {}
        self._carried: dict[int, dict[str, list[str]]] = {}
        self._templates: dict[str, Json] = {}
        for name in source.names(f"matrix/{state}/"):
            self._read_revision(int(name.rpartition("/")[2]), source.stream(name))

    def _by_revision(self, type_: str) -> dict[int, Event]:
        """Return what stands of a type by revision, if that is opened; nothing where drafts are not disclosed."""
        found = self._file.of(type_) if self.disclosed else ()
        by = {int(event.told()["revision"]): event for event in found}
        return by if type_ == OPENED else {revision: by[revision] for revision in by if revision in self._openings}

    def _read_revision(self, revision: int, events: list[Event]) -> None:
        standing = self._revisions[revision] = Standing(events, *self._at)
        cells = self._cells[revision] = {}
        if revision in self._openings or not self.disclosed:
            for event in standing.of(*CELL_TYPES):
                cells.setdefault(str(event.header["subject"]), []).append(event)

    # Templates

    def template(self, name: str) -> Json:
        """Return the template that stands, whatever its known date."""
        if name not in self._templates:
            _, position, reading = self._at
            standing = Standing(self._source.stream(f"template/{name}"), self._cut, position, reading)
            found = max(standing.of("template.adopted"), key=lambda event: standing.root(event).position)
            self._templates[name] = found.told()
        return self._templates[name]

    def notice(self) -> str | None:
        """Return the notice of the template last in order, for an answer without a matrix."""
        _, position, _ = self._at
        found: list[tuple[tuple[str, int], Event]] = []
        for name in self._source.names("template/"):
            standing = Standing(self._source.stream(name), self._cut, position, "corrected")
            found += [(standing.order(event), event) for event in standing.of("template.adopted")]
        return str(max(found, key=lambda each: each[0])[1].told()["notice"]) if found else None

    # What a cell reads

    def _is_late(self, revision: int, event: Event) -> bool:
        seal, root = self._seals.get(revision), self._revisions[revision].root(event)
        return seal is not None and root.header["noticed_at"] is None and root.position > seal.position

    def _own(self, revision: int, cell: str) -> list[Event]:
        return [event for event in self._cells.get(revision, {}).get(cell, ()) if event.known_at <= self._cut]

    def _through(self, revision: int, cell: str) -> tuple[int, list[str]] | None:
        """Return the source revision and cells that a cell reads through to."""
        opening = self._openings.get(revision)
        if opening is None or opening.told()["carried"] is None:
            return None
        if revision not in self._carried:
            rows = self._source.document(opening.told()["carried"])["cells"]
            self._carried[revision] = {row["cell"]: row["from_cells"] for row in rows}
        row = self._carried[revision].get(cell)
        return None if row is None else (int(opening.told()["seeded_from"]), row)

    def reads(self, revision: int, cell: str, *, late: bool) -> Event | None:
        own = [event for event in self._own(revision, cell) if late or not self._is_late(revision, event)]
        if own:
            return own[-1]
        through = self._through(revision, cell)
        if through is None:
            return None
        found = [self.reads(through[0], each, late=False) for each in through[1]]
        read = [None if event is None else event.told()["value"] for event in found]
        if any(value != read[0] for value in read) or found[0] is None:
            return None
        template = self.template(self._openings[revision].told()["template"])
        allowed = {field["cell"]: field["allowed"] for field in template["fields"]}
        return found[0] if read[0] in allowed.get(cell, ()) else None

    def late_facts(self, revision: int, cell: str) -> list[tuple[int, Event]]:
        own = self._own(revision, cell)
        found = [(revision, event) for event in own if self._is_late(revision, event)]
        through = self._through(revision, cell)
        if through is not None and len(found) == len(own):
            for each in through[1]:
                found += self.late_facts(through[0], each)
        return found

    # The answer

    def rests_on(self, standing: str) -> Event | None:
        """Return the opening or the act that an answer rests on."""
        if standing == "working":
            known = [event for event in self._file.of(OPENED) if event.known_at <= self._cut]
            withdrawn = {
                event.told()["revision"]
                for event in self._file.of("matrix.revision-withdrawn")
                if event.known_at <= self._cut and int(event.told()["revision"]) in self._openings
            }
            left = [event for event in known if event.told()["revision"] not in withdrawn]
            return left[-1] if left else None
        prefix, types = ACTS[standing]
        acts = self._file if prefix == "matrix/" else Standing(self._source.stream(prefix + self._state), *self._at)
        known = [event for event in acts.of(*types) if event.known_at <= self._cut]
        if standing == "approved" and self.disclosed:
            known = [event for event in known if int(event.told()["revision"]) in self._openings]
        return known[-1] if known and known[-1].type != "consent.unpublished" else None

    def cells(self, standing: str, only: str | None) -> Shown:
        """Return revision, template, and each cell asked for with the event that is shown."""
        act = self.rests_on(standing)
        if act is None:
            return Shown(None, None, [])
        if standing == "working":
            revision = int(act.told()["revision"])
            template = self.template(self._openings[revision].told()["template"])
            names = _asked(template, only)
            return Shown(revision, template, [(name, self.reads(revision, name, late=True)) for name in names])
        manifest = self._source.document(act.told()["manifest"])
        template = self.template(manifest["template"])
        rows = {row["cell"]: row for row in manifest["cells"]}
        named = [(name, self._named(rows.get(name))) for name in _asked(template, only)]
        return Shown(int(manifest["revision"]), template, named)

    def _named(self, row: Json | None) -> Event | None:
        if row is None or row["event_id"] is None:
            return None
        for standing in self._revisions.values():
            event = standing.by_id.get(row["event_id"])
            if event is not None:
                if event.leaf.hex() != row["leaf"]:
                    refuse("manifest", f"position {event.position} is not what the manifest names")
                return event
        refuse("manifest", f"what the manifest names of {row['cell']} is not on record")

    def corrected_by(self, event: Event) -> str | None:
        standing = self._revisions[_revision(event)]
        instead = standing.in_place.get(standing.root(event).id)
        if self.disclosed and _revision(event) not in self._openings:
            instead = None
        found = standing.voided_by.get(event.id) if instead is None else instead.id
        return None if found == event.id else found

    def later_fact(self, revision: int, cell: str, event: Event | None) -> str | None:
        late = [(self._revisions[where].order(each), each) for where, each in self.late_facts(revision, cell)]
        if not late:
            return None
        order, last = max(late, key=lambda each: each[0])
        return last.id if event is None or order > self._revisions[_revision(event)].order(event) else None

    def possibly_known(self) -> int:
        """Return how many standing cell events have a month or year that holds D, and a later known date."""
        found = 0
        for of_cells in self._cells.values():
            for events in of_cells.values():
                for event in events:
                    precision = event.header["known_precision"]
                    vague = precision in ("month", "year") and self._cut < event.known_at
                    found += vague and _start(event.known_at, precision) <= self._cut
        return found


def _asked(template: Json, only: str | None) -> list[str]:
    names = [str(field["cell"]) for field in template["fields"]]
    if only is None:
        return names
    named = [name for name in names if only in (name, name.rpartition("/")[2])]
    if not named:
        refuse("another-question", f"{template['template']} has no cell {only}")
    return named


def _revision(event: Event) -> int:
    return int(str(event.header["stream"]).rpartition("/")[2])


def instant(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _start(known_at: str, precision: str) -> str:
    local = _moment(known_at).astimezone(NEW_YORK)
    return instant(datetime(local.year, 1 if precision == "year" else local.month, 1, tzinfo=NEW_YORK))


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)


def end_of(written: str) -> str:
    """Return the latest instant that a written date means: the last microsecond of a period in New York."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", written):
        return instant(datetime.fromisoformat(re.sub(r"Z$", "+00:00", written)))
    year, month, day = ([int(each) for each in written.split("-")] + [0, 0])[:3]
    if day:
        last = date(year, month, day)
    else:
        last = (date(year, month, 28) if month else date(year, 12, 28)) + timedelta(days=4)
        last -= timedelta(days=last.day)
    return instant(datetime.combine(last, time.max, NEW_YORK))


def answer(source: Source, question: Json, recorded_by: Json, log: str) -> Json:
    """Return what `ledger1540 show STATE --json` says to who may read what is disclosed, by the rule alone."""
    state, cut, position = question["state"], question["known_cut"], recorded_by["position"]
    standing, reading, only = question["standing"], question["reading"], question["cell"]
    here = Matrix(source, state, cut, position, reading)
    revision, template, shown = here.cells(standing, only)
    differs: list[str] = []
    if here.disclosed:
        there = Matrix(source, state, cut, position, "stood" if reading == "corrected" else "corrected")
        other = {
            name: event for name, event in there.cells(standing, only).cells if event is None or event.body is not None
        }
        mine = dict(shown)
        differs = [
            n for n in {**mine, **other} if _value(mine.get(n)) != _value(other.get(n)) and not _kept(mine.get(n))
        ]
    act = here.rests_on(standing)
    marked = [each for each in (act, *(event for _, event in shown)) if each is not None]
    return {
        "state": state,
        "as_of": question["as_of"],
        "known_cut": cut,
        "recorded_by": recorded_by,
        "standing": standing,
        "reading": reading,
        "revision": revision,
        "template": template and template["template"],
        "legend": template and template["legend"],
        "notice": here.notice() if template is None else template["notice"],
        "synthetic": log.endswith("/simulation") or any(event.header["synthetic"] for event in marked),
        "possibly_known": here.possibly_known() if here.disclosed else 0,
        "differs": differs,
        "cells": [_cell(here, revision, name, event) for name, event in shown],
    }


def _value(event: Event | None) -> object:
    return None if event is None or event.body is None else event.body["value"]


def _kept(event: Event | None) -> bool:
    return event is not None and event.body is None


def _cell(matrix: Matrix, revision: int | None, cell: str, event: Event | None) -> Json:
    body = None if event is None else event.body
    header = None if event is None or body is None else event.header
    own = event is None or (_revision(event), event.header["subject"]) == (revision, cell)
    told = matrix.disclosed and not _kept(event) and revision is not None
    return {
        "cell": cell,
        "value": body and body["value"],
        "event_id": header and header["event_id"],
        "position": header and header["position"],
        "known_at": header and header["known_at"],
        "known_precision": header and header["known_precision"],
        "recorded_at": header and header["recorded_at"],
        "sources": body and body["sources"],
        "carried_from": {"revision": body["revision"], "cell": body["cell"]} if body and not own else None,
        "corrected_by": matrix.corrected_by(event) if told and event is not None else None,
        "later_fact": matrix.later_fact(revision, cell, event) if told and revision is not None else None,
        "withheld": _kept(event),
    }


def traced(source: Source, act: Event | None, shown: Json) -> Json:
    """Return what an answer rests on: the act with its decision, and the documents that its cells cite."""
    cited = sorted({each["document_id"] for cell in shown["cells"] for each in cell["sources"] or ()})
    found: Json = {"act": None, "decision": None, "documents": {}}
    if act is not None:
        found["act"] = brief(act)
        decision = (act.body or {}).get("decision_id")
        if decision is not None:
            found["decision"] = [brief(event) for event in source.stream(f"decision/{decision}")]
    if shown["cells"] and len(shown["cells"]) == 1:
        found["documents"] = {name: [brief(event) for event in source.stream(f"document/{name}")] for name in cited}
    return found


def brief(event: Event) -> Json:
    """Return an event as it is told: what it is, when, by whom, and its body unless that is not disclosed."""
    names = ("position", "type", "recorded_at", "known_at", "known_precision", "actor", "role", "strikes", "synthetic")
    return {name: event.header[name] for name in names} | {"body": event.body}


# Questions

QUESTIONS: Mapping[str, frozenset[str]] = {
    "matrix": frozenset(
        (
            *("about", "state", "cell", "as_of", "known_cut", "recorded_by", "position", "standing", "reading"),
            "whole",
        )
    ),
    "stream": frozenset(("about", "stream", "documents", "whole")),
    "list": frozenset(("about", "prefix")),
    "event": frozenset(("about", "position", "whole")),
}


def answered(bundle: Bundle) -> Json:
    """Return what the bundle answers to its question."""
    question = bundle.question
    kind = question.get("about")
    if not isinstance(kind, str) or kind not in QUESTIONS or question.keys() != QUESTIONS[kind]:
        refuse("malformed", "the question is none that a bundle answers")
    if kind == "list":
        heads = {name: bundle.head(name) for name in bundle.names(question["prefix"])}
        return {"streams": [{"stream": name, "version": head[0], "leaf": head[1]} for name, head in heads.items()]}
    if kind == "event":
        event = bundle.event()
        if event.position != question["position"]:
            refuse("another-question", f"the event is that of position {event.position}")
        found = {**event.header, "body": event.body}
    elif kind == "stream":
        found = of_stream(bundle, question["stream"], question["documents"])
    else:
        if question["standing"] not in ("working", *ACTS) or question["reading"] not in ("corrected", "stood"):
            refuse("malformed", "the question has no standing or reading")
        found = of_matrix(bundle, question, _recorded_by(bundle, question), bundle.log)
    if question["whole"] is not whole(found):
        refuse("not-disclosed", "the bundle holds less than it says, or more")
    return found


def of_stream(source: Source, name: str, documents: Sequence[str]) -> Json:
    """Return all events of a stream, and the manifests among the documents that they name."""
    events = [brief(event) for event in source.stream(name)]
    named = set(re.findall(r'"([0-9a-f]{64})"', canonical(events)))
    if list(documents) != sorted(named.intersection(documents)):
        refuse("another-question", f"{name} does not name these documents")
    return {"events": events, "documents": {digest: source.document(digest) for digest in documents}}


def of_matrix(source: Source, question: Json, recorded_by: Json, log: str) -> Json:
    """Return what a matrix says, and what that rests on."""
    shown = answer(source, question, recorded_by, log)
    matrix = Matrix(source, question["state"], question["known_cut"], recorded_by["position"], question["reading"])
    act = matrix.rests_on(question["standing"])
    return {**shown, "rests_on": traced(source, act, shown), "drafts_disclosed": matrix.disclosed}


def whole(found: Json) -> bool:
    """Return whether nothing in an answer is left out because it is not disclosed."""
    text = canonical(found)
    return not any(each in text for each in ('"body":null', '"withheld":true', '"drafts_disclosed":false'))


def _recorded_by(bundle: Bundle, question: Json) -> Json:
    """Check the place in time that the question names, and return its position and when that was recorded."""
    position, written = question["position"], question["recorded_by"]
    if not isinstance(position, int) or not 0 < position <= bundle.through:
        refuse("malformed", f"position {position} is not sealed")
    last = bundle.moment(position)
    if last is None:
        refuse("left-out", f"the header of position {position} is not there")
    recorded_at = str(last.header["recorded_at"])
    if written is None or re.fullmatch(r"[0-9]+", written):
        if position != (bundle.through if written is None else int(written)):
            refuse("another-question", f"position {position} is not the one that was asked about")
    else:
        following = bundle.moment(position + 1)
        if following is None and position < bundle.through:
            refuse("left-out", f"the header of position {position + 1} is not there")
        cut = end_of(written)
        if recorded_at > cut or (following is not None and str(following.header["recorded_at"]) <= cut):
            refuse("another-question", f"position {position} is not the last recorded by {written}")
    if question["known_cut"] != (recorded_at if question["as_of"] is None else end_of(question["as_of"])):
        refuse("another-question", f"{question['known_cut']} is not what {question['as_of']} means")
    return {"position": position, "recorded_at": recorded_at}


# The report


def report(bundle: Bundle, found: Json) -> Json:
    """Return the answer with what it is worth."""
    point, trust = bundle.checkpoint, bundle.trust
    return {
        "question": bundle.question,
        "answer": found,
        "complete_through": None if bundle.question["about"] == "event" else bundle.through,
        "openings": [each._asdict() for each in bundle.openings],
        "checkpoint": {"origin": point.origin, "size": point.size, "root": point.root.hex()},
        "trust": {
            "signed_by": trust.signer,
            "witnessed_by": dict(trust.witnessed),
            "enough": trust.enough,
            "time_stamps": [
                {"authority": each.authority, "says": each.when, "digest": each.digest, "trusted_as": each.by}
                for each in trust.stamps
            ],
        },
    }


def tell(found: Json, trust: Trust) -> str:
    """Return a report for people."""
    question, said, point = found["question"], found["answer"], found["checkpoint"]
    lines = [*_TELLING[question["about"]](question, said), ""]
    if found["complete_through"] is not None:
        lines.append(f"complete up to position {found['complete_through']}: nothing was left out until then")
    lines += [
        f"{each['log']} comes after {each['before']}, of which it holds the first {each['kept']} events: "
        f"{each['missing']} that were signed are not in it (on this authority: {each['authority']})"
        for each in found["openings"]
    ]
    lines.append(f"in the log {point['origin']} of {point['size']} events, root {point['root']}")
    return "\n".join([*lines, f"trust: {trust.words()}", ""])


def _tell_matrix(question: Json, said: Json) -> list[str]:
    mark = " (SYNTHETIC: a simulated record)" if said["synthetic"] else ""
    known = question["as_of"] or said["known_cut"]
    lines = [f"{said['state']}, {said['standing']}, as known by {known}, reading {said['reading']}{mark}"]
    if said["template"] is None:
        return [*lines, "nothing is recorded"]
    lines.append(f"revision {said['revision']} on {said['template']}")
    for cell in said["cells"]:
        if cell["withheld"]:
            lines.append(f"  {cell['cell']}: not disclosed")
        elif cell["value"] is None:
            lines.append(f"  {cell['cell']}: nothing")
        else:
            lines.append(
                f"  {cell['cell']}: {cell['value'] or '(blank)'}  position {cell['position']}, known {cell['known_at']}"
            )
        lines += [f"      {each['document_id']}, {each['locator']}" for each in cell["sources"] or ()]
    rests = said["rests_on"]
    for event in (*filter(None, [rests["act"]]), *(rests["decision"] or ())):
        lines.append(f"  {event['type']} at position {event['position']}, known {event['known_at']}")
    for name, events in rests["documents"].items():
        lines += [f"  {name}: {event['type']} at position {event['position']}" for event in events]
    return [*lines, said["notice"] or ""]


def _tell_stream(question: Json, said: Json) -> list[str]:
    if not said["events"]:
        return [f"{question['stream']}: nothing is recorded"]
    lines = [f"{question['stream']}: {len(said['events'])} events"]
    for event in said["events"]:
        lines.append(f"  position {event['position']}  {event['type']}  known {event['known_at']}")
        lines.append(f"    {'not disclosed' if event['body'] is None else canonical(event['body'])}")
    return [*lines, *(f"  document {digest}: {said['documents'][digest].get('kind')}" for digest in said["documents"])]


def _tell_list(question: Json, said: Json) -> list[str]:
    return [
        f"{question['prefix']}: {len(said['streams'])} streams",
        *(f"  {each['stream']}" for each in said["streams"]),
    ]


def _tell_event(question: Json, said: Json) -> list[str]:
    body = "not disclosed" if said["body"] is None else canonical(said["body"])
    return [
        f"position {question['position']}: {said['type']} in {said['stream']}, recorded {said['recorded_at']}",
        f"  {body}",
    ]


_TELLING = {"matrix": _tell_matrix, "stream": _tell_stream, "list": _tell_list, "event": _tell_event}


def check(data: bytes, policy: Policy, expected: Mapping[str, object] | None = None) -> tuple[Json, Trust]:
    """Return what a bundle proves.

    Raises:
        Refused: it proves nothing, or answers another question than the one expected.
    """
    try:
        bundle = Bundle(data, policy)
        for name, value in (expected or {}).items():
            asked = bundle.question.get(name)
            short = name == "cell" and isinstance(asked, str) and asked.rpartition("/")[2] == value
            if asked != value and not short:
                refuse("another-question", f"{name} is {asked!r}, not {value!r}")
        return report(bundle, answered(bundle)), bundle.trust
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Refused(
            "malformed", f"a member of the bundle is not what it should be ({type(error).__name__})"
        ) from None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check an answer of a ledger1540 record, offline.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument(
        "--policy",
        type=Path,
        required=True,
        metavar="FILE",
        help="whom you trust: lines `log VKEY`, `witness NAME VKEY`, …",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--token",
        type=Path,
        metavar="FILE",
        help="write out the time stamp, for `openssl ts -verify`; further ones to FILE.2, FILE.3, …",
    )
    parser.add_argument(
        "--consistency-only",
        action="store_true",
        help="take it although fewer witnesses signed than the policy asks for",
    )
    asked = parser.add_argument_group("the question that you expect it to answer")
    for name in ("state", "cell", "as-of", "recorded-by", "standing", "reading", "stream", "prefix"):
        asked.add_argument(f"--{name}", metavar="TEXT")
    given = parser.parse_args(arguments)
    expected = {
        n: v
        for n, v in vars(given).items()
        if v is not None and n not in ("bundle", "policy", "json", "consistency_only", "token")
    }
    try:
        found, trust = check(_bytes(given.bundle), read_policy(_bytes(given.policy).decode(errors="replace")), expected)
        if not trust.enough and not given.consistency_only:
            refuse(
                "witnesses", "fewer of them signed than the policy asks for (--consistency-only takes it all the same)"
            )
    except Refused as refused:
        print(f"NOT PROVEN  {refused}", file=sys.stderr)
        return refused.code
    if given.token and not trust.stamps:
        print("no time stamp is under its checkpoint: none is written", file=sys.stderr)
    for number, stamp in enumerate(trust.stamps if given.token else (), start=1):
        given.token.with_name(given.token.name + (f".{number}" if number > 1 else "")).write_bytes(stamp.token)
    try:
        print(json.dumps(found, ensure_ascii=False, indent=1) if given.json else tell(found, trust), flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # else whoever reads it has read enough
            print(f"the answer holds, and cannot be written: {error.strerror}", file=sys.stderr)
            return Unreadable.code
    return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("unreadable", f"{path}: {error.strerror}") from None


if __name__ == "__main__":
    sys.exit(main())
