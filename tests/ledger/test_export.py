import json
from pathlib import Path

import pytest

from domain.canonical import sha256
from domain.header import Header, commitment, leaf_hash
from ledger.export import export_documents, log_lines
from ledger.record import Record
from ledger.refusals import DocumentGone
from tests.ledger import tiny


def everyone(header: Header) -> bool:
    return header.position > 0


def test_each_event_is_a_line_with_its_stored_bytes(record: Record) -> None:
    record.submit(tiny.Note(id="a", actor="x", text="a line\nand another"))
    lines = list(log_lines(record.read(), everyone))
    assert len(lines) == record.last_position
    for line, stored in zip(lines, record.read(), strict=True):
        assert stored.body is not None
        assert stored.nonce is not None
        assert line == b'{"header":%s,"body":%s,"nonce":"%s"}\n' % (
            stored.header,
            stored.body,
            stored.nonce.hex().encode(),
        )
        assert line.count(b"\n") == 1
        found = json.loads(line)
        assert found["header"]["body_commitment"] == commitment(bytes.fromhex(found["nonce"]), stored.body)


def test_where_the_reader_may_not_see_a_body_neither_body_nor_nonce_is_there(record: Record) -> None:
    record.submit(tiny.Note(id="a", actor="x", text="not for everyone"))
    *_, line = log_lines(record.read(), lambda header: header.type != "note.noted")
    (stored,) = record.read(record.last_position)
    assert line == b'{"header":%s}\n' % stored.header
    header = line[len(b'{"header":') : -2]
    assert leaf_hash(header) == record.application.sequencer.node(0, record.last_position - 1)


def test_documents_are_written_under_their_hashes(record: Record, tmp_path: Path) -> None:
    record.submit(tiny.Note(id="a", actor="x", text="x", document="the text"))
    digest = sha256(b"the text")
    assert export_documents([(digest, record.document(digest))], tmp_path / "out") == 1
    assert (tmp_path / "out" / digest).read_bytes() == b"the text"
    with pytest.raises(DocumentGone):
        export_documents([(sha256(b"gone"), None)], tmp_path / "out")
