"""Workbooks, lists, calendars and letters that were cut, mistyped and spoiled: refused, or recorded whole."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from domain.refusals import Refusal
from interfaces.importing.batch import import_files
from interfaces.importing.lists import profiles
from interfaces.importing.reading import Given
from ledger.record import Record
from tests.interfaces.test_import_calendars import event
from tests.interfaces.test_import_letters import message

WORKBOOK = (Path(__file__).parent / "files" / "assistance-requests.xlsx").read_bytes()
LIST = "\n".join(
    [
        "Reference;Requesting State;Subject;Needs;Received",
        *(
            f'MU-{number};Kenya;"Export; ""controls""";"Training\nof officers";{number} May 2013'
            for number in range(1, 9)
        ),
    ]
).encode()
CALENDAR = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made up//EN"),
        event("DTSTART:20130610T100000Z", "RRULE:FREQ=MONTHLY;COUNT=9", "EXDATE:20130710T100000Z"),
        event("DTSTART;TZID=Asia/Tokyo:20130701T020000", "DURATION:P1D", uid="2@example.org"),
        "END:VCALENDAR\r\n",
    ]
).encode()
BASES = {".xlsx": WORKBOOK, ".csv": LIST, ".ics": CALENDAR, ".eml": message().as_bytes()}
SPOILS = (b"\x00", b"\xff\xfe", b'"', b"<", b"&a;", b"\r\n", b";", b"=1+1", b"9" * 30, b"-", b"\xc3", b"x" * 5000)


def changed(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5))):
        place = rng.randrange(len(data)) if data else 0
        match rng.randrange(5):
            case 0:
                data = data[:place]
            case 1:
                data = data[:place] + data[place + rng.randrange(1, 40) :]
            case 2:
                data = data[:place] + rng.choice(SPOILS) + data[place:]
            case 3:
                data = data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]
            case _:
                data = data.decode("utf-8", "replace").encode(rng.choice(("utf-16", "latin-1", "utf-8-sig")), "replace")
    return data


def spoiled(kind: str, rng: random.Random) -> bytes:
    """Return a spoiled file; of a workbook, its bytes or one of the parts that are packed in it."""
    if kind != ".xlsx" or rng.random() < 0.3:
        return changed(BASES[kind], rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, changed(old.read(name), rng) if name == chosen else old.read(name))
    return packed.getvalue()


def spoil(founded: Path, folder: Path, seeds: range) -> tuple[int, int]:
    """Import a spoiled file for each seed; return how many were recorded and how many refused."""
    recorded = refused = 0
    home = folder / "home"
    for seed in seeds:
        rng = random.Random(seed)
        kind = rng.choice((".xlsx", ".xlsx", ".csv", ".ics", ".eml"))
        if not home.exists():
            shutil.copytree(founded, home)
        path, aside = folder / f"file{kind}", folder / f"aside-{seed}.csv"
        path.write_bytes(spoiled(kind, rng))
        is_list = kind in (".xlsx", ".csv")
        said = Given(
            actor="sec",
            synthetic=True,
            known=None if is_list else "2013-06-05",
            profile=profiles.named(home, "assistance-requests") if is_list else None,
            letter="2013/45",
            sender="state:KEN",
            organizer="A body",
        )
        with Record.open(home) as record:
            before = record.last_position, record.root(), sorted(record.documents.files())
        try:
            (done,) = import_files(home, [path], said, aside=aside if is_list and rng.random() < 0.5 else None)
        except Refusal:
            refused += 1
            with Record.open(home) as record:
                assert (record.last_position, record.root(), sorted(record.documents.files())) == before, seed
            continue
        recorded += 1
        with Record.open(home) as record:
            assert record.last_position == before[0] + done.events, seed
        shutil.rmtree(home)
    return recorded, refused


def test_a_spoiled_file_is_recorded_whole_or_refused_with_the_record_as_it_was(founded: Path, tmp_path: Path) -> None:
    recorded, refused = spoil(founded, tmp_path, range(80))
    assert recorded > 10
    assert refused > 20


@pytest.mark.soak
def test_so_are_a_thousand_spoiled_files(founded: Path, tmp_path: Path) -> None:
    recorded, refused = spoil(founded, tmp_path, range(80, 1080))
    assert recorded + refused == 1000
