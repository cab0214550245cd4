"""The topic of what anyone may see: published matrices, taken back with the consent, and nothing that is not public."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.deciding import Command
from domain.matrix.commands import UnpublishMatrix, WithdrawConsent
from interfaces.run.publishing import KIND, Publishing
from ledger.record import Record
from ledger.relaying.place import Place
from ledger.relaying.reading import reading
from schemas import golden, registry
from schemas.codec import from_avro
from tests.broker import fresh_place
from tests.interfaces.planted import WORD, allowed, make
from tests.ledger.relaying.streams import held as record_held
from tests.ledger.relaying.streams import relay


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kenya's matrix is published, France's no longer."""
    home = tmp_path_factory.mktemp("planted") / "home"
    make(home).close()
    return home


@pytest.fixture
def record(planted: Path, tmp_path: Path) -> Iterator[Record]:
    with Record.open(Path(shutil.copytree(planted, tmp_path / "home"))) as found:
        yield found


@pytest.fixture
def place() -> Place:
    return fresh_place()


def published(record: Record, place: Place) -> list[tuple[str, Any]]:
    """Relay, and return what the topic of what is public was told, key by key in order."""
    relay(record, place, beginning=lambda: Publishing(record, place))
    with reading(place, place.published) as topic:
        found = list(topic.between(*topic.bounds()))
    schema = golden.avro_schema(*golden.PUBLISHED)
    return [
        ((each.key or b"").decode(), None if each.value is None else from_avro(schema, each.value)) for each in found
    ]


def test_what_is_published_stands_there_and_nothing_else(record: Record, place: Place) -> None:
    ((key, matrix),) = published(record, place)
    assert key == "matrix/KEN"
    assert (matrix["state"], matrix["log"]) == ("KEN", record.origin)
    assert matrix["notice"]
    assert any(cell["value"] is not None for cell in matrix["cells"])
    assert record_held(place) == list(record.read())


def test_no_word_is_there_that_the_public_may_not_read(record: Record, place: Place) -> None:
    words = set(WORD.findall(str(published(record, place))))
    assert words
    assert words <= allowed(record, "")[0]


def test_a_relay_that_begins_again_says_nothing_again(record: Record, place: Place) -> None:
    assert published(record, place) == published(record, place)


BACK = WithdrawConsent(id="back", actor="sec", state="KEN", scope="publish")
DOWN = UnpublishMatrix(id="down", actor="sec", state="KEN", revision=1)


@pytest.mark.parametrize("command", [BACK, DOWN], ids=["consent withdrawn", "taken down"])
def test_what_is_no_longer_to_be_seen_is_taken_back(record: Record, place: Place, command: Command) -> None:
    before = published(record, place)
    record.submit(command)
    assert published(record, place) == [*before, ("matrix/KEN", None)]


def test_its_messages_name_their_schema(record: Record, place: Place) -> None:
    published(record, place)
    with reading(place, place.published) as topic:
        for message in topic.between(*topic.bounds()):
            named = {name: value.decode() for name, value in message.headers}
            assert named["ce_type"] == KIND == "published.matrix@1"
            assert registry.kind_of(named["ce_dataschema"].rpartition(":")[2]) == KIND
