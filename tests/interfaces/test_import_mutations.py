"""Mistyped, cut, swapped and spoiled files: a refusal that says where, never a traceback, never half a batch."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from domain.refusals import Refusal
from interfaces.cli.work.beginning import begin
from interfaces.importing.batch import import_files
from interfaces.importing.reading import Given
from ledger.record import Record

CELLS = [f"T2011/op3cd-{item}-nw-{aspect}" for item in (1, 2, 3, 5) for aspect in ("legal", "enforcement")]
SPOILS = [
    b"\x00",
    b"\xff\xfe",
    b"\xe9",
    b'"',
    b"{",
    b"}",
    b",",
    b"\r",
    b"\n",
    b"1e9",
    b"-1",
    b"null",
    b"\\ud800",
    b"\t",
]


def lines() -> list[bytes]:
    common: dict[str, Any] = {"actor": "sec", "state": "KEN", "revision": 1}
    source = {"document_id": "ken-1", "locator": "p. 1", "quotation": "é", "language": "fr", "translation": "e"}
    found: list[dict[str, Any]] = [
        {
            "command": "register-document",
            "id": "doc",
            "actor": "sec",
            "known": "2013-01-10",
            "document": "ken-1",
            "title": "Made up",
            "media_type": "text/plain",
            "language": "fr",
            "text": "é\n",
        },
        {
            "command": "open-revision",
            "id": "open",
            "actor": "sec",
            "known": "2013-02-01",
            "state": "KEN",
            "template": "T2011",
        },
        *(
            {
                "command": "assess",
                "id": f"assess-{place}",
                "known": f"2013-03-{place + 1:02}",
                "cells": [{"cell": cell, "value": "X"}],
                "sources": [source],
                **common,
            }
            for place, cell in enumerate(CELLS)
        ),
        {"command": "seal", "id": "seal", "known": "2013-04", **common},
        {
            "command": "correct",
            "id": "correct",
            "actor": "sec",
            "target": "assess-0#0",
            "reason": "x",
            "changes": {"value": "?"},
        },
    ]
    return [json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in found]


def table() -> list[bytes]:
    rows = ["state,cell,value,known,document,page,quotation,note,in_force_from,revision"]
    rows += [
        f'KEN,{cell},X,2013-03-{place + 1:02},twelfth-programme-of-work.fr,p. 1,"dit ""é""",,2010-01-01,'
        for place, cell in enumerate(CELLS)
    ]
    return [row.encode() + b"\n" for row in rows]


def mutated(base: list[bytes], rng: random.Random) -> bytes:
    found = list(base)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        data = b"".join(found)
        place = rng.randrange(len(data))
        match rng.randrange(9):
            case 0:
                data = data[:place]
            case 1:
                data = data[:place] + data[place + rng.randrange(1, 9) :]
            case 2:
                data = data[:place] + rng.choice(SPOILS) + data[place:]
            case 3:
                data = data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]
            case 4:
                rng.shuffle(found)
                data = b"".join(found)
            case 5:
                data += rng.choice(found)
            case 6:
                data = data.replace(b"2013", rng.choice((b"2031", b"20133", b"213", b"1812")), 1)
            case 7:
                data = data.replace(b"KEN", rng.choice((b"KEM", b"ken", b"", "KÉN".encode())), 1)
            case _:
                data = data.decode("utf-8", "replace").encode(rng.choice(("utf-16", "latin-1", "utf-8-sig")), "replace")
        found = data.splitlines(keepends=True) or [b"\n"]
    return b"".join(found)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("founded") / "home"
    begin(home, "example.org/ledger1540/1", "sec")
    plain = home.with_name("opened")
    shutil.copytree(home, plain)
    opened = home.with_name("open.jsonl")
    opened.write_bytes(lines()[1])
    import_files(plain, [opened], Given(actor="sec"))
    return home


def spoil(founded: Path, folder: Path, seeds: range) -> tuple[int, int]:
    """Import a mutated file for each seed; return how many were recorded and how many refused."""
    recorded = refused = 0
    for seed in seeds:
        rng = random.Random(seed)
        kind = rng.choice((".jsonl", ".csv", ""))
        base, origin = (table(), "opened") if kind == ".csv" else (lines(), "home")
        home = folder / origin
        if not home.exists():
            shutil.copytree(founded.with_name(origin), home)
        path = folder / f"file{kind}"
        path.write_bytes(mutated(base, rng))
        with Record.open(home) as record:
            before = record.last_position, record.root(), sorted(record.documents.files())
        try:
            (done,) = import_files(home, [path], Given(actor="sec", synthetic=True))
        except Refusal:
            refused += 1
            with Record.open(home) as record:
                assert (record.last_position, record.root(), sorted(record.documents.files())) == before, seed
            continue
        recorded += 1
        with Record.open(home) as record:
            begun, *rest = record.recorded(before[0] + 1)
            assert (done.events, done.last_position) == (len(rest) + 1, record.last_position), seed
            assert {event.header.causation_id for event in rest} == {begun.id}, seed
        shutil.rmtree(home)
    return recorded, refused


def test_a_spoiled_file_is_recorded_whole_or_refused_with_the_record_as_it_was(founded: Path, tmp_path: Path) -> None:
    recorded, refused = spoil(founded, tmp_path, range(200))
    assert recorded > 5
    assert refused > 100


@pytest.mark.soak
def test_so_are_a_thousand_spoiled_files(founded: Path, tmp_path: Path) -> None:
    recorded, refused = spoil(founded, tmp_path, range(200, 1200))
    assert recorded + refused == 1000
