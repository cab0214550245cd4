from __future__ import annotations

from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from interfaces.run.mirror import mirrored
from ledger.mapper import Stored
from ledger.record import Record
from ledger.refusals import OriginUnfit
from ledger.relaying.mirror import Mirror
from ledger.relaying.place import Place
from ledger.relaying.refusals import StreamDamaged, StreamOfAnother
from ledger.verify import Verification
from tests.interfaces import planted
from tests.ledger.relaying.streams import recorded_more, relay


def mirror_of(record: Record, home: Path, arriving: list[Stored] | None = None) -> Mirror:
    mirror = Mirror.opened(home, None, record.origin)
    mirror.take(record.read() if arriving is None else arriving)
    return mirror


def test_a_mirror_has_the_same_root_and_verifies_once_it_has_the_documents(
    record: Record, home: Path, place: Place, tmp_path: Path
) -> None:
    relay(record, place)
    report = mirrored(place, tmp_path / "mirror", None)
    assert (report.events, report.root) == (record.last_position, record.root().hex())
    assert report.missing_documents > 0
    again = mirrored(place, tmp_path / "other", None, documents=home / "documents")
    assert (again.root, again.missing_documents) == (report.root, 0)
    check = Verification(tmp_path / "other")
    assert list(check) == []
    assert check.report().root == record.root().hex()


def test_a_mirror_goes_on_where_it_ended(record: Record, place: Place, tmp_path: Path) -> None:
    for count in (0, 5, 300):
        recorded_more(record, count)
        relay(record, place)
        report = mirrored(place, tmp_path / "mirror", None)
        assert (report.events, report.root) == (record.last_position, record.root().hex())
    assert mirrored(place, tmp_path / "mirror", None).taken == 0


def test_a_mirror_of_corrections_and_consents_answers_as_the_record_does(tmp_path: Path) -> None:
    with planted.make(tmp_path / "home") as record:
        mirror_of(record, tmp_path / "mirror").close()
        with closing(Mirror.opened(tmp_path / "mirror", None, record.origin)) as mirror:
            mirror.take(record.read())
            assert mirror.taken == 0
        documents = tmp_path / "home" / "documents"
        with closing(mirror_of(record, tmp_path / "whole")) as whole:
            whole.take_documents(documents)
            assert whole.report().root == record.root().hex()
    assert list(Verification(tmp_path / "whole")) == []


def test_a_mirror_stops_at_a_gap_and_has_all_before_it(record: Record, tmp_path: Path) -> None:
    stored = list(record.read())
    with closing(Mirror.opened(tmp_path / "mirror", None, record.origin)) as mirror:
        with pytest.raises(StreamDamaged, match=r"position 101: the topic goes on with position 102"):
            mirror.take([*stored[:100], *stored[101:]])
        mirror.take(stored)
        assert mirror.report().root == record.root().hex()


def test_a_mirror_stops_where_an_event_does_not_follow_its_stream(record: Record, tmp_path: Path) -> None:
    import json

    stored = list(record.read())
    header = {**json.loads(stored[50].header), "version": 7}
    spoiled = Stored(51, json.dumps(header, sort_keys=True, separators=(",", ":")).encode(), *_of(stored[50]))
    with (
        closing(Mirror.opened(tmp_path / "mirror", None, record.origin)) as mirror,
        pytest.raises(StreamDamaged, match="position 51: it does not follow version"),
    ):
        mirror.take([*stored[:50], spoiled])


def _of(stored: Stored) -> tuple[bytes | None, bytes | None]:
    return stored.body, stored.nonce


def test_a_mirror_of_another_record_is_left_alone(record: Record, tmp_path: Path) -> None:
    mirror_of(record, tmp_path / "mirror").close()
    with pytest.raises(StreamOfAnother, match=r"example.org/other/1"):
        Mirror.opened(tmp_path / "mirror", None, "example.org/other/1")
    changed = list(record.read())[-1]
    with (
        closing(Mirror.opened(tmp_path / "mirror", None, record.origin)) as mirror,
        pytest.raises(StreamOfAnother, match="another event here"),
    ):
        mirror.take([Stored(changed.position, changed.header.replace(b"secretariat", b"expert"), *_of(changed))])


def test_a_mirror_of_a_simulation_needs_its_seed(tmp_path: Path) -> None:
    with pytest.raises(OriginUnfit):
        Mirror.opened(tmp_path / "mirror", None, "example.org/ledger1540/simulation")
    assert not Event().is_set()
