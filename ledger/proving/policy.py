"""Whom a verifier trusts (C2SP tlog-policy): the keys of a log, its witnesses, and how many of these must have signed.

Two keywords are ours: `signs VKEY FIRST [LAST]` says which sizes a key of the log signs, without which a key signs all;
`tsa NAME CERTIFICATE` whose time stamps are trusted, by a certificate (DER in base64) of the authority or one above it.
"""

import base64
import re
from collections.abc import Mapping, Sequence

import msgspec

from domain.refusals import MalformedInput
from ledger.proving.cosignature import cosigned_at
from ledger.proving.held_keys import HeldKey
from ledger.proving.keys import COSIGNATURE, ED25519, VerifierKey, decoded, verifier_key
from ledger.proving.note import Note

NONE = "none"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class PolicyMalformed(MalformedInput):
    """The file is no policy."""


class Witness(msgspec.Struct, frozen=True):
    """A witness: its key, and where it is asked, if that is said."""

    key: VerifierKey
    url: str | None = None


class Group(msgspec.Struct, frozen=True):
    """How many of its members must have cosigned."""

    least: int
    members: tuple[str, ...]


class Policy(msgspec.Struct, frozen=True):
    """The keys of the log in turn, the witnesses and groups by name, and which of these must have cosigned."""

    keys: tuple[HeldKey, ...]
    witnesses: Mapping[str, Witness] = {}
    groups: Mapping[str, Group] = {}
    quorum: str = NONE
    authorities: tuple[tuple[str, bytes], ...] = ()

    def cosigners(self, signed: Note) -> dict[str, int]:
        """Return which witnesses cosigned a checkpoint, and when.

        Raises:
            SignatureWrong: a cosignature is not that of the key that it names.
        """
        found = {name: cosigned_at(signed, each.key) for name, each in self.witnesses.items()}
        return {name: seconds for name, seconds in found.items() if seconds is not None}

    def met_by(self, cosigners: Mapping[str, int]) -> bool:
        """Return whether these witnesses are enough."""

        def met(name: str) -> bool:
            group = self.groups.get(name)
            return name in cosigners if group is None else sum(map(met, group.members)) >= group.least

        return self.quorum == NONE or met(self.quorum)

    def written(self) -> str:
        """Return the file that says so."""
        lines = [f"log {each.key}" for each in self.keys]
        lines += [
            f"signs {each.key} {each.first}{'' if each.last is None else f' {each.last}'}"
            for each in self.keys
            if each.first or each.last is not None
        ]
        lines += [f"witness {name} {each.key} {each.url or ''}".rstrip() for name, each in self.witnesses.items()]
        lines += [f"group {name} {each.least} {' '.join(each.members)}" for name, each in self.groups.items()]
        lines += [f"tsa {name} {base64.b64encode(each).decode()}" for name, each in self.authorities]
        return "".join(f"{line}\n" for line in (*lines, f"quorum {self.quorum}"))


def of_keys(keys: Sequence[HeldKey]) -> Policy:
    """Return the policy that trusts the keys of a log, and asks for no witness."""
    return Policy(tuple(keys))


def policy(written: str) -> Policy:
    """Return the policy in a file.

    Raises:
        PolicyMalformed: it is none.
        KeyUnfit: a key in it is none.
    """
    reading = _Reading()
    for number, line in enumerate(written.split("\n"), 1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if words and not words[0].startswith("#") and not reading.take(words):
            raise PolicyMalformed(f"{line.strip()!r} is no line of a policy", where=f"line {number}")
    if reading.quorum is None:
        raise PolicyMalformed("a policy has a line `quorum`", remedy="quorum none, or the name of a witness or group")
    keys, authorities = tuple(reading.keys.values()), tuple(reading.authorities)
    return Policy(keys, reading.witnesses, reading.groups, reading.quorum, authorities)


class _Reading:
    """The lines of a policy read so far."""

    def __init__(self) -> None:
        self.keys: dict[bytes, HeldKey] = {}
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self.authorities: list[tuple[str, bytes]] = []
        self._in_a_group: set[str] = set()

    def take(self, words: list[str]) -> bool:
        """Take a line; return whether it is one."""
        match words:
            case ["log", key] | ["log", key, _]:
                found = verifier_key(key)
                new = found.algorithm == ED25519 and self._new(found)
                self.keys[found.public] = HeldKey(found)
                return new
            case ["signs", key, first, *last] if len(last) < 2 and all(map(_NUMBER.fullmatch, (first, *last))):
                found = verifier_key(key)
                known = found.public in self.keys
                self.keys[found.public] = HeldKey(found, int(first), int(last[0]) if last else None)
                return known
            case ["witness", name, key, *url] if len(url) < 2 and self._free(name):
                found = verifier_key(key)
                new = found.algorithm == COSIGNATURE and self._new(found)
                self.witnesses[name] = Witness(found, url[0] if url else None)
                return new
            case ["group", name, least, *members] if members and self._free(name):
                return self._group(name, least, members)
            case ["tsa", name, certificate]:
                data = decoded(certificate)
                self.authorities.append((name, data or b""))
                return bool(data)
            case ["quorum", name] if self.quorum is None and (name == NONE or not self._free(name)):
                self.quorum = name
                return True
            case _:
                return False

    def _group(self, name: str, least: str, members: list[str]) -> bool:
        count = {"any": 1, "all": len(members)}.get(least, int(least) if _NUMBER.fullmatch(least) else 0)
        known = self.witnesses.keys() | self.groups.keys()
        fresh = len(set(members)) == len(members) and not self._in_a_group.intersection(members)
        if not 1 <= count <= len(members) or not fresh or not known.issuperset(members):
            return False
        self._in_a_group.update(members)
        self.groups[name] = Group(count, tuple(members))
        return True

    def _free(self, name: str) -> bool:
        return name != NONE and name not in self.witnesses and name not in self.groups

    def _new(self, key: VerifierKey) -> bool:
        return key.public not in self.keys and all(key.public != each.key.public for each in self.witnesses.values())
