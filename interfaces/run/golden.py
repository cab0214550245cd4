"""Writes golden files for event types that have none (`make golden`); a file that exists is never changed.

A struct that no longer matches its frozen schema, a golden file that was altered, and a frozen type that the
catalogue has lost are named, and then nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import msgspec

from domain.audiences import COMMITTEE, with_state
from domain.canonical import decode, encode
from domain.catalogue import TYPES
from domain.header import FORMAT, Header, commitment, encode_header, leaf_hash
from domain.ids import command_id, event_id
from domain.matrix.events import CellAssessed, RevisionSealed
from domain.recorded import Event
from domain.times import end_of, new_york_date
from interfaces.run.golden_values import PUBLISHED, VALUE, derived, samples, subjects, values
from projections.published import PublishedMatrix
from schemas import golden, registry
from schemas.generate import avro_schema, json_schema, without_words
from schemas.samples import sample

RECORDED_AT = "2026-01-02T03:04:05.00000{}Z"
KNOWN_AT = "2013-12-20T17:30:00.000000Z"
SCHEMAS = ("schema.json", "schema.avsc")
HEADER = "{}@{}".format(*golden.HEADER)
OTHERS: Mapping[str, type[msgspec.Struct]] = {HEADER: Header, PUBLISHED: PublishedMatrix}
"""What is frozen beside the types of events."""


def main(root: Path | None = None, types: Mapping[str, type[Event]] = TYPES) -> int:
    """Check the frozen types and freeze the new ones; return 1 if anything frozen is not as it was."""
    folder = Path(str(golden.folder())) if root is None else root
    faults = list(check(folder, types))
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    new = [name for name in (*OTHERS, *types) if not (folder / name).exists()]
    for name in new:
        _write(folder / name, _files(name, types))
        print(f"frozen: {name}")
    for name, made in values(folder, types):
        _write(folder / name, made)
    index = {path: _sha256(folder / path) for path in sorted(_paths(folder))}
    folder.joinpath(golden.INDEX).write_bytes(_text(index))
    folder.joinpath(registry.INDEX).write_bytes(_text(subjects(folder, types)))
    print(f"{len(new)} types frozen now, {len(types) + len(OTHERS) - len(new)} before")
    return 0


def check(folder: Path, types: Mapping[str, type[Event]]) -> Iterator[str]:
    """Yield what is wrong with the frozen files: altered, lost, foreign, or no longer what the struct says."""
    path = folder / golden.INDEX
    known = cast("dict[str, str]", json.loads(path.read_bytes())) if path.exists() else {}
    here = set(_paths(folder))
    for name in sorted(known):
        if name not in here:
            yield f"{name}: lost; a golden file stays for good"
        elif _sha256(folder / name) != known[name]:
            yield f"{name}: altered; a golden file never changes"
    for name in sorted(here - set(known)):
        yield f"{name}: not in {golden.INDEX}; remove it, unless it was ever committed"
    for name in sorted({path.partition("/")[0] for path in known} - {*OTHERS, *types}):
        yield f"{name}: frozen, but not in the catalogue; an archive that holds it could not be read"
    for name, struct in {**OTHERS, **types}.items():
        for file, text in zip(SCHEMAS, _schemas(name, struct), strict=True):
            if (frozen := folder / name / file).exists():
                yield from _differences(f"{name}/{file}", frozen.read_text("utf-8"), text)
        value = folder / name / VALUE
        if value.exists() and value.read_text("utf-8") != derived(folder, name):
            yield f"{name}/{VALUE}: no longer what follows from schema.avsc; consumers have the one that is frozen"


def instances(seed: str, kinds: Iterable[type[Event]]) -> Iterator[golden.Instance]:
    """Yield one event of each of `kinds`, as of one stream: the first bare, the others full, the same each time."""
    previous = None
    for number, kind in enumerate(kinds, start=1):
        schema = json.loads(json_schema(kind, kind.TYPE, kind.VERSION))
        value = sample(schema, f"{seed}/{number}", full=number > 1)
        event = msgspec.convert(value, kind)
        body = encode(event)
        assert decode(body, kind) == event  # noqa: S101 - what is frozen must be readable
        nonce = hashlib.sha256(f"nonce {seed}/{number}".encode()).digest()[:16]
        header = _header(seed, number, kind, cast("dict[str, object]", value), commitment(nonce, body), previous)
        stored = encode_header(header)
        previous = leaf_hash(stored).hex()
        yield golden.Instance(header=stored.decode(), body=body.decode(), nonce=nonce.hex(), leaf=previous)


def _header(
    seed: str, number: int, kind: type[Event], body: Mapping[str, object], committed: str, previous: str | None
) -> Header:
    full = number > 1
    command = command_id(f"{seed}/{number}")
    other = command_id(f"{seed}/before")
    strikes = full or kind.TYPE.endswith(("recorded-in-error", "corrected"))
    recorded_at = RECORDED_AT.format(number)
    state = body.get("state")
    place = state if isinstance(state, str) else "example"
    cell = body.get("cell")
    within = f"/{body['revision']}" if cell and "revision" in body else ""
    return Header(
        format=FORMAT,
        log="example.org/ledger1540/1",
        position=number,
        event_id=event_id(command, 0),
        stream=f"{kind.TYPE.partition('.')[0]}/{place}{within}",
        version=number,
        previous=previous,
        subject=cell if isinstance(cell, str) else None,
        type=kind.TYPE,
        type_version=kind.VERSION,
        body_commitment=committed,
        recorded_at=recorded_at,
        known_at=end_of(new_york_date(KNOWN_AT)) if full else KNOWN_AT,
        known_precision="day" if full else "instant",
        strikes=event_id(other, 0) if strikes else None,
        noticed_at=recorded_at if strikes else None,
        command_id=command,
        actor="expert-3" if full else "system",
        role="expert" if full else "system",
        causation_id=event_id(other, 0) if full else None,
        correlation_id=other if full else None,
        audience=with_state(place) if full and place == state else COMMITTEE,
        synthetic=False,
    )


def _schemas(name: str, struct: type[msgspec.Struct]) -> tuple[str, str]:
    type_name, _, version = name.partition("@")
    return json_schema(struct, type_name, int(version)), avro_schema(struct, type_name, int(version))


def _files(name: str, types: Mapping[str, type[Event]]) -> dict[str, bytes]:
    texts = _schemas(name, {**OTHERS, **types}[name])
    made = {file: text.encode() for file, text in zip(SCHEMAS, texts, strict=True)}
    if name == PUBLISHED:
        return made | samples(texts[0])
    kinds = (RevisionSealed, CellAssessed) if name == HEADER else (types[name], types[name])
    for number, instance in enumerate(instances(f"golden/{name}", kinds), start=1):
        made[f"instance-{number}.json"] = _text(instance)
    return made


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        folder.joinpath(name).write_bytes(data)


def _differences(where: str, frozen: str, now: str) -> Iterator[str]:
    if without_words(frozen) == without_words(now):
        return
    lines = {line.strip() for line in frozen.splitlines()} ^ {line.strip() for line in now.splitlines()}
    shown = ", ".join(sorted(lines)[:6])
    yield f"{where}: the struct is no longer what was frozen ({shown}): a changed struct needs a new type version"


def _paths(folder: Path) -> Iterator[str]:
    for path in folder.glob("*/*"):
        yield path.relative_to(folder).as_posix()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _text(value: object) -> bytes:
    return (json.dumps(msgspec.to_builtins(value), indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main())
