"""A program in Go that knows nothing of ours checks the same bundles with Go's own packages for notes and trees."""

from pathlib import Path

import pytest

from projections.proving import answers
from projections.proving.bundle import of_list
from tests.ledger.proving.stranger import Stranger, built
from tests.verifier.asking import everything
from tests.verifier.proven import Proven, opened
from verifier.verify_bundle import written


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    return built(tmp_path_factory.mktemp("go"))


def test_go_finds_every_kind_of_bundle_sound(go: Stranger, here: Proven, sound: bytes, tmp_path: Path) -> None:
    record, point, seen = here.record, here.point, everything(here)
    bundles = [
        sound,
        answers.stream(record, point, seen, "consent/KEN"),
        answers.stream(record, point, seen, "decision/none"),
        answers.event(record, point, seen, 40),
        of_list(record, point, "matrix/"),
    ]
    files = [tmp_path / str(number) for number in range(len(bundles))]
    for file, data in zip(files, bundles, strict=True):
        file.write_bytes(data)
    assert go.says(*(("bundle", file, here.key.verifier) for file in files)) == ["yes"] * len(bundles)


def test_go_finds_what_was_changed_too(go: Stranger, here: Proven, sound: bytes, tmp_path: Path) -> None:
    def says(name: str, data: bytes) -> str:
        file = tmp_path / name
        file.write_bytes(data)
        return go.says(("bundle", file, here.key.verifier))[0]

    withheld = opened(sound)
    del withheld["streams"][0]["events"][-1]
    swapped = opened(sound)
    swapped["seal"], swapped["moments"][0] = swapped["moments"][0], swapped["seal"]
    signed = opened(sound)
    signed["checkpoint"] = signed["checkpoint"].replace("\n", "\nx", 1)
    for name, members in (("withheld", withheld), ("swapped", swapped), ("signed", signed)):
        assert says(name, written(members)).startswith("no: ")
