"""What a bundle proves is what the house answers, at any place on the axes."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from ledger.address import Address, PostgresAddress
from tests import postgres
from tests.domain.test_state_laws import SEEDS, histories
from tests.histories.historian import Op
from tests.histories.playing import played, random_ops
from tests.verifier import asking
from tests.verifier.proven import proven
from verifier.verify_bundle import check

BESIDE = ("rests_on", "drafts_disclosed")


def check_history(ops: Sequence[Op], seed: int, count: int, address: Address | None = None) -> Counter[str]:
    chance, answered = random.Random(seed), Counter[str]()
    with TemporaryDirectory() as folder:
        here = proven(Path(folder, "record"), played(ops).record, address=address)
        for each in asking.places(here, chance, count):
            place, expected = asking.shown(here, each, chance)
            found, _ = check(asking.bundle(here, place), here.policy)
            assert {name: found["answer"][name] for name in found["answer"] if name not in BESIDE} == expected, place
            assert found["complete_through"] == here.point.through
            answered[place.written.standing] += expected["template"] is not None
        here.record.close()
    return answered


def test_a_bundle_proves_what_show_says() -> None:
    @settings(max_examples=15, deadline=None)
    @given(histories(5, 60), SEEDS)
    def law(ops: Sequence[Op], seed: int) -> None:
        check_history(ops, seed, 8)

    law()


def test_bundles_of_long_histories_answer_in_every_standing() -> None:
    answered = sum((check_history(random_ops(seed, 150), seed, 25) for seed in (34, 42)), Counter[str]())
    assert all(answered[standing] for standing in asking.STANDINGS), answered


def test_one_cell_of_a_matrix_with_something_made_up_is_marked_as_show_marks_it() -> None:
    check_history(random_ops(20, 250), 20, 20)


def test_bundles_from_postgresql_prove_the_same() -> None:
    schema = postgres.fresh_schema()
    check_history(random_ops(3, 150), 3, 15, PostgresAddress(postgres.database_url(), schema))
    postgres.drop_schema(schema)


@pytest.mark.soak
def test_bundles_prove_what_show_says_over_many_histories() -> None:
    for seed in range(300):
        check_history(random_ops(seed, 250), seed, 20)
