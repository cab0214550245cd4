"""CSV of matrices and the reference files: what a row means, and how a wrong one is named."""

import csv
import shutil
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from domain.deciding import Command
from domain.document import RegisterDocument
from domain.matrix.commands import OpenRevision
from domain.matrix.events import CellAssessed
from domain.refusals import Refusal
from interfaces import initialise
from interfaces.cli.work.beginning import begin
from interfaces.importing.batch import import_files
from interfaces.importing.faults import Faults, RowsRefused
from interfaces.importing.kinds import kind_of
from interfaces.importing.outcomes import Imported
from interfaces.importing.reading import Given, OnRecord
from interfaces.importing.source import Source
from ledger.record import Record

A, B = "T2011/op3cd-5-nw-legal", "T2011/op3cd-5-nw-enforcement"
HEADER = ("state", "cell", "value", "known", "document", "page", "quotation", "note")
Feed = Callable[..., list[Imported]]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("founded") / "home"
    begin(home, "example.org/ledger1540/1", "sec")
    with Record.open(home) as record:
        digest = record.documents.put(b"made up")
        record.submit(
            RegisterDocument(
                id="doc",
                actor="sec",
                document="ken-1",
                title="Made up",
                sha256=digest,
                size=7,
                media_type="text/plain",
                language="en",
                known="2013-01-01",
            )
        )
        for key, known in (("open-1", "2013-02-01"), ("open-2", "2013-06-01")):
            record.submit(OpenRevision(id=key, actor="sec", state="KEN", template="T2011", known=known))
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded, tmp_path / "home"))


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    def import_rows(*rows: Sequence[str], name: str = "matrices.csv", raw: bytes | None = None) -> list[Imported]:
        path = tmp_path / name
        if raw is None:
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
        else:
            path.write_bytes(raw)
        return import_files(home, [path], Given(actor="sec", synthetic=True))

    return import_rows


def refusal_of(feed: Feed, home: Path, *rows: Sequence[str], **options: Any) -> Refusal:
    with Record.open(home) as record:
        before = record.last_position, record.root()
    with pytest.raises(Refusal) as caught:
        feed(*rows, **options)
    with Record.open(home) as record:
        assert (record.last_position, record.root()) == before
    return caught.value


def cells_of(home: Path, revision: int) -> list[CellAssessed]:
    with Record.open(home) as record:
        return [e.body for e in record.history(f"matrix/KEN/{revision}").events if isinstance(e.body, CellAssessed)]


def test_rows_of_one_source_become_one_command_and_each_keeps_its_page(home: Path, feed: Feed) -> None:
    (done,) = feed(
        HEADER,
        ("KEN", A, "X", "2013-03-01", "ken-1", "p. 1", 'says "no"', "seen"),
        ("KEN", B, "", "2013-03-01", "ken-1", "p. 2", "", ""),
        ("KEN", A, "?", "2013-04", "", "", "", ""),
    )
    assert (done.kind, done.commands, done.events) == ("matrices", 2, 4)
    first, second, third = cells_of(home, 1)
    assert (first.value, first.sources[0].locator, first.sources[0].quotation) == ("X", "p. 1", 'says "no"')
    assert (second.value, second.sources[0].locator) == ("", "p. 2")
    assert (third.value, third.sources) == ("?", ())


def test_without_a_revision_a_row_goes_to_the_one_last_opened_by_its_known_date(home: Path, feed: Feed) -> None:
    feed(HEADER[:4], ("KEN", A, "X", "2013-03-01"), ("KEN", A, "?", "2013-07-01"))
    assert [len(cells_of(home, revision)) for revision in (1, 2)] == [1, 1]


def test_a_revision_that_is_named_is_taken(home: Path, feed: Feed) -> None:
    feed((*HEADER[:4], "revision"), ("KEN", A, "X", "2013-07-01", "1"))
    assert len(cells_of(home, 1)) == 1


def test_the_same_table_twice_gives_nothing_new(home: Path, feed: Feed) -> None:
    row = ("KEN", A, "X", "2013-03-01")
    feed(HEADER[:4], row)
    assert feed(HEADER[:4], row)[0].repeated


def test_a_table_may_rest_on_what_an_earlier_file_of_the_import_brings(home: Path, tmp_path: Path) -> None:
    commands, table = tmp_path / "a.jsonl", tmp_path / "b.csv"
    commands.write_text(
        '{"command":"register-document","id":"d2","actor":"sec","known":"2013-01-01","document":"fra-1","title":"t",'
        '"media_type":"text/plain","language":"fr","text":"x"}\n'
        '{"command":"open-revision","id":"f1","actor":"sec","known":"2013-01-02","state":"FRA","template":"T2011"}\n'
    )
    table.write_text(f"state,cell,value,known,document\nFRA,{A},X,2013-03-01,fra-1\n")
    given = Given(actor="sec")
    dry = import_files(home, [commands, table], given, dry_run=True)
    done = import_files(home, [commands, table], given)
    assert [each.events for each in dry] == [each.events for each in done] == [3, 2]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_semicolons_tabs_windows_ends_a_byte_order_mark_and_trailing_cells_do_no_harm(
    home: Path, feed: Feed, delimiter: str
) -> None:
    lines = [(*HEADER[:4], ""), (" KEN ", A, "X ", "2013-03-01", "", ""), ("", "", ""), ()]
    raw = b"\xef\xbb\xbf" + "\r\n".join(delimiter.join(line) for line in lines).encode()
    assert feed(raw=raw)[0].events == 2


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("ken", A, "X", "2013"), "row 2, state: 'ken' is not an ISO 3166"),
        (("", A, "X", "2013"), "row 2, state: is empty"),
        (("ZZZ", A, "X", "2013"), "row 2, state: State ZZZ is not on record"),
        (("KEN", "op3cd-5-nw-legal", "X", "2013"), "row 2, cell"),
        (("KEN", A, "x", "2013"), "row 2, value: 'x' is no value"),
        (("KEN", A, "X", ""), "row 2, known: no known date"),
        (("KEN", A, "X", "31/12/2013"), "row 2, known: '31/12/2013' is not a date"),
        (("FRA", A, "X", "2013"), "row 2, revision: FRA has no revision"),
        (("KEN", A, "X", "2012"), "row 2, revision: KEN has no revision"),
        (("KEN", A, "X", "2013-03-01", "none"), "row 2, document: document none is not on record"),
        (("KEN", A, "X", "2013-03-01", "a b"), "row 2, document"),
        (("KEN", A, "X", "2013-03-01", "", "p. 1"), "row 2, document: a locator without a document"),
        (("KEN", A, "X"), "row 2: 3 cells where the header has 8"),
        (("KEN", A, "X", "2013-03-01", "", "", "", "", "more"), "row 2: 9 cells where the header has 8"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_row_column_and_remedy(
    home: Path, feed: Feed, row: Sequence[str], place: str
) -> None:
    padded = [*row, *[""] * (len(HEADER) - len(row))] if len(row) > 3 else row
    refusal = refusal_of(feed, home, HEADER, padded, ("KEN", B, "X", "2013-03-01", "", "", "", ""))
    assert isinstance(refusal, RowsRefused)
    assert f"matrices.csv, {place}" in str(refusal)


def test_a_law_that_ends_before_it_begins_is_named_with_row_and_column(home: Path, feed: Feed) -> None:
    header = (*HEADER[:4], "in_force_from", "in_force_to")
    refusal = refusal_of(feed, home, header, ("KEN", A, "X", "2013-03-01", "2006-01-01", "2005-12-31"))
    assert "matrices.csv, row 2, in_force_to: the period ends before it begins" in str(refusal)


def test_a_rule_that_refuses_one_cell_of_a_command_names_its_row(home: Path, feed: Feed) -> None:
    rows = [("KEN", A, "X", "2013-03-01"), ("KEN", B, "YES", "2013-03-01")]
    refusal = refusal_of(feed, home, HEADER[:4], *rows)
    assert (refusal.name, refusal.where) == ("ValueNotAllowed", "matrices.csv, row 3, value")


def test_a_cell_is_assessed_once_on_one_known_date(home: Path, feed: Feed) -> None:
    row = ("KEN", A, "X", "2013-03-01")
    assert "row 3, cell: row 2 assesses" in str(refusal_of(feed, home, HEADER[:4], row, row))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (("state", "cell", "value"), "no column 'known'"),
        (("state", "cell", "value", "known", "colour"), "unknown column 'colour'"),
        (("state", "cell", "value", "known", "page", "locator"), "column 'locator' stands twice"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(home: Path, feed: Feed, header: Sequence[str], told: str) -> None:
    assert told in str(refusal_of(feed, home, header, ("KEN", A, "X", "2013", "", "")[: len(header)]))


def test_quotation_marks_that_do_not_close_and_other_encodings_are_named(home: Path, feed: Feed) -> None:
    head = ",".join(HEADER[:4]).encode() + b"\n"
    assert "row 2: no CSV" in str(refusal_of(feed, home, raw=head + b'KEN,"x\nKEN,y\n'))
    assert "byte 0xe9 at offset 23" in str(refusal_of(feed, home, raw=head + b"\xe9"))


def commands_in(name: str, home: Path) -> list[Command]:
    faults = Faults()
    with (
        as_file(files("interfaces.reference").joinpath(name)) as path,
        Source(path) as source,
        Record.open(home) as record,
    ):
        kind = kind_of(source, faults)
        assert kind is not None
        found = [each.command for each in kind.read(source, faults, Given(actor="sec"), OnRecord(record))]
    assert not faults
    return found


def test_the_reference_files_are_recognised_by_their_header_and_read_as_init_reads_them(home: Path) -> None:
    def without_id(commands: Sequence[Command]) -> list[dict[str, Any]]:
        names = [name for name in commands[0].__struct_fields__ if name not in {"id", "known"}]
        return [{name: getattr(command, name) for name in names} for command in commands]

    assert without_id(commands_in("matrix-fields.csv", home)) == without_id(list(initialise.templates("sec")))
    mapped = [commands_in(f"mapping-{pair}.csv", home)[0] for pair in ("T2005-T2011", "T2011-T2017")]
    assert without_id(mapped) == without_id(list(initialise.mappings("sec")))
    assert len(commands_in("member-states.csv", home)) == 193


@pytest.mark.soak
def test_a_hundred_thousand_rows_are_recorded_in_reasonable_time(home: Path, tmp_path: Path) -> None:
    from time import process_time

    path = tmp_path / "many.csv"
    template = next(each for each in initialise.templates("sec") if each.id.endswith("T2011"))
    cells = [field.cell for field in getattr(template, "fields", ()) if "X" in field.allowed][:370]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*HEADER[:4], "revision"))
        days = [
            f"{year}-{month:02}-{day:02}" for year in (2014, 2015) for month in range(1, 13) for day in range(1, 15)
        ]
        rows = [("KEN", cell, "X", day, "1") for day in days for cell in cells][:100_000]
        writer.writerows(rows)
    start = process_time()
    (done,) = import_files(home, [path], Given(actor="sec", synthetic=True))
    assert done.events == 100_001
    assert process_time() - start < 120
