"""Files that were cut, swapped and spoiled on their way back: entered whole or refused, never a traceback."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from domain.refusals import Refusal
from interfaces.importing.batch import import_files
from interfaces.importing.comparing import changed
from interfaces.importing.faults import Faults
from interfaces.importing.reading import Given
from interfaces.importing.returned import returned
from interfaces.importing.source import Source
from ledger.record import Record
from tests.interfaces.desk import Desk, kenya

SPOILS = [b"\x00", b"\xff\xfe", b"\xe9", b"<", b">", b"&", b'"', b";", b"\r", b"1e9", b"\xef\xbb\xbf", b"</w:sdt>"]
WORDS = [b"w:sdt", b"w:tc", b"w:tag", b"w:val", b"gridSpan", b"vMerge", b"<v>", b"t=", b"r=", b"T2011", b"event"]
OFFICIAL = Path(__file__).parent / "files" / "kenya-matrix.docx"


def mutated(rng: random.Random, content: bytes) -> bytes:
    """Spoil a file's bytes or, if it is a zip, now and then a part of it."""
    if content.startswith(b"PK") and rng.random() < 0.7:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = rng.choice(
            [each for each in parts if each.startswith(("word/document", "xl/worksheets", "xl/workbook"))]
        )
        parts[name] = spoiled(rng, parts[name])
        if rng.random() < 0.1:
            del parts[rng.choice(list(parts))]
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for each, part in parts.items():
                package.writestr(each, part)
        return out.getvalue()
    return spoiled(rng, content)


def spoiled(rng: random.Random, content: bytes) -> bytes:
    spot = rng.randrange(max(1, len(content)))
    match rng.randrange(5):
        case 0:
            return content[:spot]
        case 1:
            return content[:spot] + rng.choice(SPOILS) + content[spot:]
        case 2:
            return content[:spot] + content[spot + rng.randrange(1, 200) :]
        case 3:
            other = rng.randrange(max(1, len(content)))
            return content[:spot] + content[other : other + 400] + content[spot:]
        case _:
            return content.replace(rng.choice(WORDS), rng.choice(WORDS), rng.randrange(1, 4))


def campaign(tmp_path: Path, seed: int, count: int) -> None:
    desk = kenya(tmp_path / "home")
    files = [desk.export(tmp_path / f"ken.{form}", "--standing", "working") for form in ("docx", "xlsx", "csv")]
    rng = random.Random(seed)
    given = Given(actor="sec", known="2013-02-10", state="KEN")
    before = desk.position()
    refused = 0
    with Record.open(desk.home) as record:
        for number in range(count):
            origin = rng.choice([*files, OFFICIAL])
            path = tmp_path / f"{number}{origin.suffix}"
            path.write_bytes(mutated(rng, origin.read_bytes()))
            try:
                if origin == OFFICIAL:
                    import_files(desk.home, [path], given, dry_run=True)
                else:
                    faults = Faults()
                    with Source(path) as source:
                        list(changed(returned(source, faults).cells, record, faults, source.name))
                    refused += bool(faults)
            except Refusal:
                refused += 1
            path.unlink()
    assert desk.position() == before
    assert 0 < refused < count


def test_a_spoiled_file_is_read_or_refused_and_never_breaks_anything(tmp_path: Path) -> None:
    campaign(tmp_path, seed=1540, count=200)


@pytest.mark.soak
def test_a_thousand_spoiled_files_are_read_or_refused(tmp_path: Path) -> None:
    campaign(tmp_path, seed=2004, count=1_000)


def test_an_entity_bomb_and_a_zip_bomb_are_refused_before_they_unfold(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    lol = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
    for name, content in (("entities", lol), ("zip", b" " * 200_000_000)):
        path = tmp_path / f"{name}.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", content)
        assert "Traceback" not in desk.refused("enter", str(path))
        assert "Traceback" not in desk.refused("import", str(path), "--state", "KEN", "--known", "2013-02-10")
