"""A record that nobody else writes to: what it keeps is what is on record, however it grows."""

from pathlib import Path

from ledger.alone import Alone
from ledger.record import Record
from tests.ledger import tiny


def test_what_a_record_alone_keeps_of_its_streams_is_what_another_reads(tmp_path: Path) -> None:
    """Given a record that grows by old streams and new ones, when both are asked after each, then both say the same."""
    with (
        Alone.create(tmp_path, origin="test.example/1", rules=tiny.rules()) as alone,
        Record.open(tmp_path, rules=tiny.rules()) as other,
    ):
        alone.submit_all(tiny.registrations())
        for place, stream in enumerate(("note/b", "note/b", "note/a", "other/c", "note/b", "note/a")):
            alone.submit(tiny.Note(id=str(place), actor="sec", text=str(place), stream=stream))
            for prefix in ("", "note/", "note/b", "none/"):
                assert list(alone.stream_names(prefix)) == list(other.stream_names(prefix))
                assert list(alone.histories(prefix)) == list(other.histories(prefix))
            chosen = [name for name, _ in alone.histories("", lambda name: name.endswith("a"))]
            assert chosen == [name for name in other.stream_names() if name.endswith("a")]
            assert alone.history("none/x") == other.history("none/x")
