"""Answers from pages, which are the naive fold's whatever was packed when."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings

from domain.matrix.answer import said
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from ledger import opening, recheck_pages
from ledger.address import Address, PostgresAddress
from ledger.finding import Finding
from ledger.pages import Pages
from ledger.record import Record
from projections.matrix_index import IndexedFacts
from tests import postgres
from tests.copied import Copied
from tests.domain.test_state_laws import SEEDS, Place, ask, histories, places
from tests.histories.historian import Op
from tests.histories.made_up import founded
from tests.histories.playing import played, random_ops
from tests.memory_record import MemoryRecord

HISTORIES_BEGIN = founded().position


def readers(copied: Copied, chance: random.Random) -> list[Record]:
    """Return the record and a second process's view of it, each packing and forgetting as chance has it."""
    found = [copied.record, Record.open(copied.home, address=copied.address)]
    for record in found:
        database = record.application.sequencer.database
        tail, memory = chance.choice((0, 2, 10, 30, 256)), chance.choice((0, 1 << 20))
        record._pages = Pages(database, record.recorded_at, longest_tail=tail, memory=memory)
    return found


def check_pages_agree(ops: Sequence[Op], seed: int, count: int, address: Address | None = None) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    original = played(ops).record
    naive = FactsOnRecord(original)
    with TemporaryDirectory() as folder:
        copied = Copied(Path(folder, "copy"), original, address)
        several = readers(copied, chance)
        facts = [IndexedFacts(record) for record in several]
        copied.append(HISTORIES_BEGIN)
        while copied.record.last_position < original.position:
            copied.append(chance.choice((1, 2, 5, 20)))
            last = copied.record.last_position
            for place in places(original, chance.randrange(2**32), count):
                position = chance.choice((last, min(last, place.cut.position), place.cut.position))
                asked = place._replace(cut=msgspec.structs.replace(place.cut, position=position))
                which = chance.randrange(len(several))
                check_place(original, naive, facts[which], asked, last)
                seen += situation(several[which], asked)
        assert findings(copied.address) == []
        for record in several:
            record.close()
    return seen


def findings(address: Address) -> list[Finding]:
    with opening.snapshot(address) as snapshot:
        return list(recheck_pages.check(snapshot))


def check_place(original: MemoryRecord, naive: FactsOnRecord, facts: IndexedFacts, place: Place, last: int) -> None:
    """Compare all that is shown, and what is merely said; a position not on record yet means the last one."""
    state, cut, standing = place.state, place.cut, place.standing
    if cut.position <= last:
        assert ask(original, facts, place) == ask(original, naive, place), place
        expected = ask(original, naive, place)["cells"]
    else:
        now = original.cut_after(last)
        expected = ask(now, FactsOnRecord(now), place._replace(in_force_on=None))["cells"]
    found = said(MatrixFacts(facts, state, cut), standing)
    names = [] if found.template is None else [field.cell for field in found.template.fields]
    if place.in_force_on is None:
        assert {cell["cell"]: (cell["position"], cell["value"]) for cell in expected} == {
            name: (None, None) if (stands := found.cells.get(name)) is None else (stands.position, stands.value)
            for name in names
        }, place


def situation(record: Record, place: Place) -> Counter[str]:
    """Return how the answer was found."""
    held = record._pages._held.get(place.state)
    if held is None:
        return Counter()
    return Counter(
        {
            "with a tail": any(held.later.values()),
            "without a tail": not any(held.later.values()),
            "before the page": place.cut.position <= held.page.through,
            "after the page": place.cut.position > held.page.through,
            "rows kept apart": len(held.page.apart.row) > 0,
        }
    )


@settings(max_examples=60)
@given(histories(20, 90), SEEDS)
def test_pages_packed_at_any_moment_answer_as_the_naive_fold(ops: list[Op], seed: int) -> None:
    check_pages_agree(ops, seed, 4)


@pytest.mark.soak
@settings(settings.get_profile("soak"), max_examples=1_000)
@given(histories(20, 250), SEEDS)
def test_they_do_so_on_long_histories_too(ops: list[Op], seed: int) -> None:
    check_pages_agree(ops, seed, 12)


def test_they_do_so_on_postgresql_too() -> None:
    for seed in range(2):
        schema = postgres.fresh_schema()
        check_pages_agree(random_ops(seed, 60), seed, 3, PostgresAddress(postgres.database_url(), schema))
        postgres.drop_schema(schema)


def test_the_situations_that_matter_are_met() -> None:
    seen = Counter[str]()
    for seed in range(8):
        seen += check_pages_agree(random_ops(seed, 90), seed, 4)
    assert [name for name in seen if seen[name] < 20] == [], seen
    assert len(seen) == 5, seen
