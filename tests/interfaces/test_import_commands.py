"""Files of commands: what is read, what is refused and where, and that nothing is ever half recorded."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.canonical import sha256
from domain.correcting import Correct
from domain.document import RegisterDocument
from domain.ids import command_id, event_id
from domain.matrix.events import CellAssessed
from domain.records import ReverseBatch
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted, Refusal
from interfaces.importing.batch import import_files
from interfaces.importing.faults import RowsRefused
from interfaces.importing.kinds import UnknownKind
from interfaces.importing.outcomes import Imported
from interfaces.importing.planning import AlreadyImported
from interfaces.importing.reading import Given
from ledger.record import Record

CELL = "T2011/op3cd-5-nw-legal"
OPEN: dict[str, Any] = {
    "command": "open-revision",
    "id": "open-1",
    "actor": "importer",
    "known": "2013-02-01",
    "state": "KEN",
    "template": "T2011",
}
DOCUMENT: dict[str, Any] = {
    "command": "register-document",
    "id": "doc-1",
    "actor": "importer",
    "known": "2013-01-10",
    "document": "ken-1",
    "title": "A made-up report",
    "media_type": "text/plain",
    "language": "en",
    "text": "Section 4 prohibits it.\n",
}
ASSESS: dict[str, Any] = {
    "command": "assess",
    "id": "assess-1",
    "actor": "expert-1",
    "role": "expert",
    "known": "2013-03",
    "state": "KEN",
    "revision": 1,
    "cells": [{"cell": CELL, "value": "X"}],
    "sources": [{"document_id": "ken-1", "locator": "p. 1", "quotation": "it", "language": "en", "translation": ""}],
}
Feed = Callable[..., list[Imported]]


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    def import_lines(*lines: object, name: str = "history.jsonl", **options: Any) -> list[Imported]:
        path = tmp_path / name
        written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        path.write_bytes(b"".join(line + b"\n" for line in written))
        given = Given(actor=options.pop("actor", "sec"), synthetic=options.pop("synthetic", True))
        return import_files(home, [path], given, **options)

    return import_lines


def state_of(home: Path) -> tuple[int, bytes, list[str]]:
    with Record.open(home) as record:
        return record.last_position, record.root(), [path.name for path in record.documents.files()]


def refused(feed: Feed, home: Path, *lines: object, **options: Any) -> Refusal:
    """Import lines that must be refused, leaving the record as it was."""
    before = state_of(home)
    with pytest.raises(Refusal) as caught:
        feed(*lines, **options)
    assert state_of(home) == before
    return caught.value


def test_a_history_of_commands_is_recorded_as_one_batch_whose_event_causes_all_others(home: Path, feed: Feed) -> None:
    (done,) = feed(DOCUMENT, OPEN, ASSESS)
    assert (done.kind, done.commands, done.events, done.repeated) == ("commands", 3, 4, False)
    with Record.open(home) as record:
        assert done.first_position is not None
        begun, *rest = record.recorded(done.first_position)
        assert (begun.header.type, begun.header.actor) == ("record.batch-imported", "sec")
        assert {event.header.causation_id for event in rest} == {begun.id}
        assert {event.header.synthetic for event in (begun, *rest)} == {True}
        assert [event.header.actor for event in rest] == ["importer", "importer", "expert-1"]
        assert rest[-1].header.known_precision == "month"


def test_the_same_file_twice_gives_nothing_new(home: Path, feed: Feed) -> None:
    (first,) = feed(DOCUMENT, OPEN, ASSESS)
    before = state_of(home)
    (second,) = feed(DOCUMENT, OPEN, ASSESS)
    assert (second.repeated, second.events, second.batch) == (True, 0, first.batch)
    assert state_of(home) == before


def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(home: Path, feed: Feed) -> None:
    before = state_of(home)
    (done,) = feed(DOCUMENT, OPEN, ASSESS, dry_run=True)
    assert (done.events, done.dry_run, done.first_position) == (4, True, before[0] + 1)
    assert state_of(home) == before


def test_a_batch_is_reversed_as_one(home: Path, feed: Feed) -> None:
    (done,) = feed(DOCUMENT, OPEN, ASSESS, batch="ken")
    with Record.open(home) as record:
        record.submit(ReverseBatch(id="undo", actor="sec", batch="ken", reason="wrong State"))
        for stream in ("document/ken-1", "matrix/KEN", "matrix/KEN/1"):
            assert not [e for e in record.history(stream).standing() if not e.header.voids]
    assert done.batch == "ken"
    assert isinstance(refused(feed, home, DOCUMENT, OPEN, ASSESS, batch="ken"), AlreadyImported)


def test_the_name_of_a_batch_is_used_once(home: Path, feed: Feed) -> None:
    feed(OPEN, batch="ken")
    assert isinstance(refused(feed, home, {**OPEN, "id": "open-2"}, name="other.jsonl", batch="ken"), Conflict)
    assert isinstance(refused(feed, home, OPEN, batch="another"), AlreadyImported)
    assert isinstance(refused(feed, home, OPEN, synthetic=False), AlreadyImported)


def test_only_who_holds_the_role_imports(home: Path, feed: Feed) -> None:
    assert isinstance(refused(feed, home, OPEN, actor="someone"), NotPermitted)


def test_text_is_brought_into_nfc_and_quotations_stay_verbatim(home: Path, feed: Feed) -> None:
    decomposed = "e\u0301"
    cell = {"cell": CELL, "value": "X", "note": decomposed}
    source = {**ASSESS["sources"][0], "quotation": decomposed, "locator": decomposed}
    feed(DOCUMENT, OPEN, {**ASSESS, "cells": [cell], "sources": [source]})
    with Record.open(home) as record:
        (event,) = record.history("matrix/KEN/1").events
        assert isinstance(event.body, CellAssessed)
        assert (event.body.note, event.body.sources[0].locator) == ("\u00e9", "\u00e9")
        assert event.body.sources[0].quotation == decomposed


def test_a_byte_order_mark_blank_lines_and_windows_line_ends_do_no_harm(home: Path, feed: Feed) -> None:
    first, second, third = (json.dumps(each).encode() for each in (OPEN, DOCUMENT, ASSESS))
    lines = [b"\xef\xbb\xbf" + first + b"\r", b"", b"  \r", second, third + b"  "]
    assert feed(*lines)[0].commands == 3


def test_a_document_may_come_from_a_file_beside_or_as_text_and_is_hashed_here(
    home: Path, feed: Feed, tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 made up")
    limited = {**DOCUMENT, "distribution": "limited"}
    beside = {name: value for name, value in limited.items() if name != "text"}
    feed(limited, {**beside, "id": "doc-2", "document": "ken-2", "path": "scan.pdf"})
    with Record.open(home) as record:
        assert record.document(sha256(b"%PDF-1.4 made up")) == b"%PDF-1.4 made up"
        assert record.document(sha256(DOCUMENT["text"].encode())) is not None


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", ".", "link.txt", "missing.pdf", "a\0b"])
def test_a_document_that_is_not_beside_the_file_is_not_fetched(
    home: Path, feed: Feed, tmp_path: Path, path: str
) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    beside = {name: value for name, value in DOCUMENT.items() if name != "text"}
    assert "row 1, path" in str(refused(feed, home, {**beside, "path": path}))


def test_a_document_whose_hash_or_size_is_another_is_refused(home: Path, feed: Feed) -> None:
    assert "row 1, size" in str(refused(feed, home, {**DOCUMENT, "size": 3}))
    assert "row 1, sha256" in str(refused(feed, home, {**DOCUMENT, "sha256": "0" * 64}))
    assert "row 1, path" in str(refused(feed, home, {**DOCUMENT, "path": "also.txt"}))


def test_the_bytes_of_a_file_that_a_rule_refuses_are_not_kept(home: Path, feed: Feed) -> None:
    refusal = refused(feed, home, DOCUMENT, OPEN, {**OPEN, "id": "open-2", "template": "T1999"})
    assert isinstance(refusal, NotFound)
    assert refusal.where == "history.jsonl, row 3"


def test_a_file_may_cite_the_documents_that_it_brings_and_no_unknown_ones(feed: Feed, home: Path) -> None:
    refusal = refused(feed, home, OPEN, ASSESS)
    assert refusal.where == "history.jsonl, row 2, sources[0].document_id"
    assert "document ken-1 is not on record" in str(refusal)
    consent = {"command": "give-consent", "id": "consent-1", "actor": "importer", "state": "KEN", "scope": "share"}
    assert "row 1, document" in str(refused(feed, home, {**consent, "document": "ken-9"}))
    feed(OPEN, DOCUMENT, ASSESS, {**consent, "document": "ken-1", "known": "2013-04-01"})


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (b"not json", "row 2, character 1: not JSON"),
        (b'{"command":"open-revision"', "row 2, character 27: not JSON"),
        (b"[1]", "row 2: not a command"),
        (b'{"command":"nonsense"}', "row 2, command: unknown command 'nonsense'"),
        (b'{"command":"asess"}', "did you mean assess?"),
        (b'{"id":"x"}', "row 2, command: no member `command`"),
        ({**ASSESS, "state": "ken"}, "row 2, state: not an ISO 3166 alpha-3 code"),
        ({**ASSESS, "states": "KEN"}, "row 2, states: Object contains unknown field"),
        ({name: value for name, value in ASSESS.items() if name != "revision"}, "row 2, revision: Object missing"),
        ({**ASSESS, "cells": [{"cell": CELL}]}, "row 2, cells[0].value: Object missing"),
        ({**ASSESS, "revision": "1"}, "row 2, revision: Expected `int`"),
        ({**ASSESS, "revision": 2**53}, "outside"),
        ({**ASSESS, "revision": 0}, "row 2, revision"),
        ({**ASSESS, "revision": 1.0}, "1.0 is a float"),
        (b'{"command":"assess","revision":NaN}', "NaN is a float"),
        (b'{"command":"assess","revision":' + b"9" * 5000 + b"}", "outside"),
        (b'{"command":"assess","id":"a","id":"b"}', "row 2, id: member 'id' stands twice"),
        (b'{"command":"assess","sources":[{"note":1,"note":1}]}', "row 2, note: member 'note' stands twice"),
        ({**ASSESS, "known": "2013-02-30"}, "row 2, known: '2013-02-30' is not a date"),
        ({**ASSESS, "known": 2013}, "row 2, known"),
        ({**ASSESS, "cells": [{"cell": CELL, "value": "X", "in_force_from": "2013-02-30"}]}, "is not a date"),
        ({**ASSESS, "causation": "assess-0#0"}, "row 2, causation: a command in a file names no cause"),
        ({"command": "import-batch"}, "row 2, command: `import-batch` is not for files"),
        ({**ASSESS, "n\u00f6te": 1}, "is not ASCII"),
        (json.dumps({**ASSESS, "id": "a\0b"}).encode(), "NUL character"),
        (b'{"command":"assess","id":"\\ud800"}', "row 2, id: the text holds half of a surrogate pair"),
        (b'{"command":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "row 2: nested more than 20 deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "row 2"),
        (b"\x00", "row 2: a NUL byte at offset"),
        (b'"caf\xe9"', "row 2: byte 0xe9 at offset"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_row_member_and_remedy(
    home: Path, feed: Feed, line: object, place: str
) -> None:
    refusal = refused(feed, home, OPEN, line)
    assert isinstance(refusal, RowsRefused)
    assert f"history.jsonl, {place}" in str(refusal) or place in str(refusal)


def test_every_faulty_line_is_told_at_once_up_to_twenty(home: Path, feed: Feed) -> None:
    told = str(refused(feed, home, *([b"{"] * 23)))
    assert told.count("history.jsonl, row") == 20
    assert "23 faults" in told
    assert "and 3 more" in told


def test_a_line_that_is_too_long_is_named_and_the_lines_behind_it_are_still_read(
    home: Path, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interfaces.importing.source.LONGEST_LINE", 200)
    told = str(refused(feed, home, b'"' + b"x" * 5_000_000 + b'"', b"{"))
    assert "row 1: the line has more than 200 bytes" in told
    assert "row 2, character 2: not JSON" in told


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_another_encoding_is_named_as_such(home: Path, feed: Feed, encoding: str) -> None:
    told = str(refused(feed, home, json.dumps(OPEN).encode(encoding)))
    assert "row 1" in told
    assert "UTF-8" in told
    assert "offset" in told


def test_an_empty_file_holds_nothing_to_import(home: Path, feed: Feed) -> None:
    assert "nothing to import" in str(refused(feed, home))
    assert "nothing to import" in str(refused(feed, home, b"", b"   "))
    assert isinstance(refused(feed, home, b"some text", name="notes.txt"), UnknownKind)


def test_several_files_are_recorded_whole_or_not_at_all(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(json.dumps(OPEN))
    second.write_text(json.dumps({**OPEN, "id": "open-2", "state": "ZZZ"}))
    before = state_of(home)
    with pytest.raises(NotFound) as caught:
        import_files(home, [first, second], Given(actor="sec"))
    assert caught.value.where == "b.jsonl, row 1"
    assert state_of(home) == before
    second.write_text(json.dumps({**OPEN, "id": "open-2", "state": "FRA"}))
    assert [done.events for done in import_files(home, [first, second], Given(actor="sec"))] == [2, 2]


def test_a_correction_after_approval_needs_no_second_person_when_it_is_imported(home: Path, feed: Feed) -> None:
    rest = {"actor": "sec", "state": "KEN", "revision": 1, "known": "2013-04-01"}
    feed(
        DOCUMENT,
        OPEN,
        ASSESS,
        {"command": "seal", "id": "seal", **rest},
        {"command": "approve", "id": "approve", "decision": "old", **rest},
        {
            "command": "correct",
            "id": "correct",
            "actor": "sec",
            "target": "assess-1#0",
            "reason": "misread",
            "noticed": "2013-05-01",
            "changes": {"value": "?"},
        },
    )
    with Record.open(home) as record:
        corrected = record.event(event_id(command_id("correct"), 0))
        assert corrected is not None
        assert corrected.header.strikes == event_id(command_id("assess-1"), 0)


def test_the_doors_check_a_command_made_in_code_like_one_from_a_file() -> None:
    from interfaces.importing.commands import checked

    made = Correct(
        id="a", actor="sec", target="x", reason="e\u0301", changes={"quotation": "e\u0301", "note": "e\u0301"}
    )
    found = checked(made)
    assert (found.reason, found.changes) == ("\u00e9", {"quotation": "e\u0301", "note": "\u00e9"})
    wrong = RegisterDocument(
        id="a",
        actor="sec",
        document="not a name",
        title="t",
        sha256="0" * 64,
        size=0,
        media_type="text/plain",
        language="en",
    )
    with pytest.raises(MalformedInput, match="not a name of"):
        checked(wrong)


def test_a_file_that_has_grown_is_refused_with_what_to_do(home: Path, feed: Feed) -> None:
    feed(OPEN)
    assert "import the new lines alone" in str(refused(feed, home, OPEN, {**OPEN, "id": "open-2", "state": "FRA"}))


def test_a_file_whose_name_is_no_text_is_read_all_the_same(home: Path, tmp_path: Path) -> None:
    path = Path(f"{tmp_path}/h\udce9.jsonl")
    path.write_text(json.dumps(OPEN))
    (done,) = import_files(home, [path], Given(actor="sec"))
    assert done.events == 2
