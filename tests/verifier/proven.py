"""A record with a seal, a checkpoint over it, and a policy that trusts who signed: what bundles are made from."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from domain.header import leaf_hash
from domain.seals import SealHeads
from ledger.address import Address
from ledger.proving.checkpoint import Checkpoint
from ledger.proving.cosignature import cosigned
from ledger.proving.head_tree import Head, HeadTree
from ledger.proving.keys import COSIGNATURE, SignerKey
from ledger.proving.note import Note
from ledger.record import Record
from projections.proving.bundle import Point
from tests.copied import Copied
from tests.memory_record import MemoryRecord
from verifier.verify_bundle import Policy, read_policy

WITNESS = SignerKey.new("witness.example.org", b"w" * 32, COSIGNATURE)
SEEN_AT = 1_750_000_000


class Proven(NamedTuple):
    """A record, where it stands proven, and whom its readers trust."""

    record: Record
    point: Point
    key: SignerKey
    policy: Policy


def sealed(original: MemoryRecord) -> tuple[int, HeadTree]:
    """Seal the heads of a record in memory; return through which position, and the heads."""
    through = original.position
    heads = HeadTree(
        Head(event.header.stream, event.header.version, leaf_hash(header))
        for event, header in zip(original.events, original.headers, strict=True)
    )
    root = heads.root().hex()
    original.submit(SealHeads(id=f"seal-{through}", actor="system", through=through, streams=len(heads), root=root))
    return through, heads


def proven(home: Path, original: MemoryRecord, *, address: Address | None = None, witnessed: bool = False) -> Proven:
    """Seal a record in memory, put it on disk, and sign a checkpoint over it."""
    through, heads = sealed(original)
    copy = Copied(home, original, address)
    copy.append(original.position)
    record, key = copy.record, SignerKey.new(original.log, b"k" * 32)
    checkpoint = Checkpoint(record.origin, record.last_position, record.root())
    note = Note(checkpoint.text()).signed(key)
    if witnessed:
        note = note.with_signature(cosigned(note, WITNESS, SEEN_AT))
    point = Point(bytes(note).decode(), checkpoint.size, through + 1, through, heads)
    return Proven(
        record, point, key, read_policy(f"log {key.verifier}\nwitness other {WITNESS.verifier}\nquorum none\n")
    )


def opened(data: bytes) -> dict[str, Any]:
    """Return the members of a bundle, to tamper with."""
    found: dict[str, Any] = json.loads(data)
    return found
