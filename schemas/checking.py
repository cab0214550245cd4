"""Whether the frozen files are what they were: their hashes, their fingerprints, their values, their versions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from schemas import golden, registry
from schemas.compatibility import breaks_among, by_type
from schemas.value import NotAvro, NotOfSchema, Value, decode, encode


def faults() -> Iterator[str]:
    """Yield what is wrong with the folder of schemas; nothing where it is whole."""
    for name, expected in golden.index().items():
        path = golden.folder().joinpath(*name.split("/"))
        if not path.is_file():
            yield f"{name}: lost"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            yield f"{name}: altered"
    for name in golden.names():
        if name not in registry.subjects():
            yield f"{name}: has no fingerprint"
        else:
            yield from _of(name)
    for name, kinds in by_type(golden.names()).items():
        if len(kinds) > 1:
            versions = {kind: golden.value_schema(name, _version(kind)) for kind in kinds}
            yield from breaks_among(versions)


def _of(kind: str) -> Iterator[str]:
    name, version = kind.partition("@")[0], _version(kind)
    try:
        found = registry.fingerprint(golden.value_schema(name, version))
        if found != registry.subjects()[kind].fingerprint:
            yield f"{kind}: its schema has another fingerprint, {found}"
        for number, instance in enumerate(golden.instances(name, version), start=1):
            value = Value(instance.header.encode(), bytes.fromhex(instance.nonce), instance.body.encode())
            data = golden.value(name, version, number)
            if decode(kind, data) != value or encode(kind, value) != data:
                yield f"{kind}: value {number} is not that of its instance"
    except (golden.NotFrozen, NotAvro, NotOfSchema) as error:
        yield f"{kind}: {error}"


def _version(kind: str) -> int:
    return int(kind.partition("@")[2])
