"""State(D, R) over made-up histories: the laws of the record's section 4, and two other programs that agree."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.consent import ConsentGiven, ConsentRecordedInError, ConsentWithdrawn, Published, Unpublished
from domain.correcting import Correct, MarkInError
from domain.decision import AuthoriseCorrection, Propose
from domain.exchange.records import ExchangeRecordedInError
from domain.exchange.sending import MatrixSent
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.documents import CarriedCell
from domain.matrix.facts import Facts, FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.recorded import Event, Recorded
from domain.records import ImportBatch, ReverseBatch
from domain.refusals import Refusal
from domain.standing import Cut
from domain.times import moment, text
from domain.values import Reading, Standing
from tests.histories.historian import Accepted, Historian, Op
from tests.histories.made_up import FIELDS, STATES, founded
from tests.histories.playing import play, played, random_ops
from tests.memory_index import MemoryIndex, shown
from tests.memory_record import MemoryRecord
from tests.stranger import fold

Answer = dict[str, Any]
OUTSIDE: tuple[type[Event], ...] = (
    MatrixSent,
    ExchangeRecordedInError,
    ConsentGiven,
    ConsentWithdrawn,
    Published,
    Unpublished,
    ConsentRecordedInError,
)
STANDINGS: tuple[Standing, ...] = ("working", "working", "approved", "sent", "published")
READINGS: tuple[Reading, ...] = ("corrected", "stood")
SEEDS = st.integers(0, 2**32 - 1)


def _read_op(numbers: bytes) -> Op:
    kind, state, a, b, c_, step = numbers
    return kind, state, a, b, c_, step


def histories(low: int, high: int) -> st.SearchStrategy[list[Op]]:
    return st.lists(st.binary(min_size=6, max_size=6).map(_read_op), min_size=low, max_size=high)


class Place(NamedTuple):
    """Where a question is asked."""

    state: str
    cut: Cut
    standing: Standing
    in_force_on: date | None


def places(record: MemoryRecord, seed: int, count: int, position: int | None = None) -> list[Place]:
    """Return places worth asking about: at, just before, just after and around the dates on record."""
    chance = random.Random(seed)
    dates = {date for event in record.events for date in _dates(event)}
    instants = sorted(dates)
    first = next(event.position for event in record.events if event.header.stream.startswith("mapping/"))
    found: list[Place] = []
    for _ in range(count):
        known = moment(chance.choice(instants))
        known += timedelta(microseconds=chance.choice((-1, 0, 0, 0, 1)), days=chance.choice((0, 0, 0, -20, -2, 2, 20)))
        recorded = position or chance.choice((record.position, chance.randint(first, record.position)))
        cut = Cut(known_at=text(known), position=recorded, reading=chance.choice(READINGS))
        day = chance.choice((None, None, None, date(2010, 5, 5), date(2012, 5, 5)))
        found.append(Place(chance.choice(STATES), cut, chance.choice(STANDINGS), day))
    return found


def _dates(event: Recorded) -> list[str]:
    header = event.header
    return [header.known_at, header.recorded_at, *([] if header.noticed_at is None else [header.noticed_at])]


def ask(record: MemoryRecord, facts: Facts, place: Place) -> Answer:
    return shown(record, facts, place.state, place.cut, place.standing, place.in_force_on)


def ask_stranger(record: MemoryRecord, exported: list[fold.Event], place: Place) -> Answer:
    return fold.show(
        exported,
        record.document,
        place.state,
        known_cut=place.cut.known_at,
        position=place.cut.position,
        standing=place.standing,
        reading=place.cut.reading,
        in_force_on=None if place.in_force_on is None else place.in_force_on.isoformat(),
    )


def without_positions(answer: Answer, *also: str) -> Answer:
    """Return an answer without what depends on where in the record its events lie."""
    cells = [{k: v for k, v in cell.items() if k not in ("position", "recorded_at")} for cell in answer["cells"]]
    return {k: v for k, v in answer.items() if k not in ("recorded_by", *also)} | {"cells": cells}


def replay(accepted: Iterable[Accepted], record: MemoryRecord | None = None) -> MemoryRecord:
    """Return a record of the same commands; what names a manifest by hash names the one that was made here.

    Raises:
        Refusal: a command is refused here.
    """
    record = record or founded()
    manifests: dict[str, str] = {}
    for step in accepted:
        record.now = step.now
        command = step.command
        if isinstance(command, Propose):
            items = tuple(
                msgspec.structs.replace(item, rests_on=tuple(manifests.get(each, each) for each in item.rests_on))
                for item in command.items
            )
            command = msgspec.structs.replace(command, items=items)
        for before, after in zip(step.events, record.submit(command, step.batch), strict=True):
            if isinstance(before.body, e.RevisionSealed) and isinstance(after.body, e.RevisionSealed):
                manifests[before.body.manifest] = after.body.manifest
    return record


# Index, naive fold and stranger


def check_three_agree(ops: Sequence[Op], seed: int, count: int) -> None:
    record = played(ops).record
    naive, index, exported = FactsOnRecord(record), MemoryIndex(record), fold.read(record.export())
    for place in places(record, seed, count):
        answer = ask(record, naive, place)
        assert ask(record, index, place) == answer, place
        assert ask_stranger(record, exported, place) == answer, place


@settings(max_examples=200)
@given(histories(20, 90), SEEDS)
def test_index_and_naive_fold_and_a_strangers_fold_give_the_same_answer(ops: list[Op], seed: int) -> None:
    check_three_agree(ops, seed, 16)


@pytest.mark.soak
@settings(settings.get_profile("soak"))
@given(histories(20, 250), SEEDS)
def test_they_agree_on_long_histories_too(ops: list[Op], seed: int) -> None:
    check_three_agree(ops, seed, 30)


# What is past never changes


def check_the_past_stays(ops: Sequence[Op], seed: int) -> None:
    record = played(ops).record
    naive, index = FactsOnRecord(record), MemoryIndex(record)
    for place in places(record, seed, 3):
        earlier = record.cut_after(place.cut.position)
        at_the_end = msgspec.structs.replace(place.cut, position=Cut().position)
        for cut in (place.cut, at_the_end):
            asked_then = place._replace(cut=cut)
            then = ask(earlier, FactsOnRecord(earlier), asked_then)
            assert ask(earlier, MemoryIndex(earlier), asked_then) == then
            assert ask(record, naive, place) == then
            assert ask(record, index, place) == then


@settings(max_examples=80)
@given(histories(20, 80), SEEDS)
def test_an_answer_about_a_past_position_never_changes(ops: list[Op], seed: int) -> None:
    check_the_past_stays(ops, seed)


@pytest.mark.soak
@settings(settings.get_profile("soak"), max_examples=3_000)
@given(histories(20, 200), SEEDS)
def test_it_never_changes_in_long_histories_either(ops: list[Op], seed: int) -> None:
    check_the_past_stays(ops, seed)


# The order of recording


def burst(historian: Historian, seed: int) -> list[Accepted]:
    """Play cell events of one revision with known dates all different and all past: into an open one, or late facts."""
    chance = random.Random(seed)
    state = chance.choice(STATES)
    facts = historian.facts(state)
    late = bool(chance.randrange(2))
    revision = chance.choice([r for r in facts.opened if (r in facts.sealed) == late] or [0])
    opened = facts.opening(revision)
    if opened is None:
        return []
    batch: str | None = None
    if late:
        started = historian.submit(
            ImportBatch(id="burst", actor="sec", batch="burst", source="old", sha256="0" * 64, commands=1)
        )
        batch = started[0].id
    low = moment(facts.opened[revision].known_at)
    span = moment(historian.record.recorded_at()) - low
    before = {date for event in historian.record.events for date in _dates(event)}
    found: list[Accepted] = []
    for number in range(6):
        known = text(low + span * chance.random())
        rows = chance.sample(FIELDS[opened.template], chance.randint(1, 3))
        cells = tuple(c.AssessedCell(cell=row.cell, value=chance.choice(row.allowed)) for row in rows)
        if known in before:
            continue
        before.add(known)
        command = c.AssessCells(
            id=f"burst-{number}", actor="sec", state=state, revision=revision, cells=cells, known=known
        )
        historian.record.now = text(moment(historian.record.recorded_at()) + timedelta(hours=1))
        if historian.submit(command, batch):
            found.append(historian.accepted[-1])
            historian.spared |= {event.id for event in found[-1].events}
    return found


def check_order_of_recording(before: Sequence[Op], after: Sequence[Op], seed: int) -> int:
    historian = played(before)
    together = burst(historian, seed)
    if len(together) < 2:
        return 0
    play(historian, after)
    shuffled = random.Random(seed).sample(together, len(together))
    moved = {old.command.id: new._replace(now=old.now) for old, new in zip(together, shuffled, strict=True)}
    record = historian.record
    permuted = replay(moved.get(step.command.id, step) for step in historian.accepted)
    for place in places(record, seed, 12, position=record.position):
        answer = without_positions(ask(record, FactsOnRecord(record), place))
        assert without_positions(ask(permuted, FactsOnRecord(permuted), place)) == answer, place
        assert without_positions(ask(permuted, MemoryIndex(permuted), place)) == answer, place
    return 1


@settings(max_examples=100)
@given(histories(15, 50), histories(0, 40), SEEDS)
def test_the_recording_order_of_cell_events_does_not_matter(before: list[Op], after: list[Op], seed: int) -> None:
    check_order_of_recording(before, after, seed)


@pytest.mark.soak
@settings(settings.get_profile("soak"), max_examples=3_000)
@given(histories(15, 100), histories(0, 100), SEEDS)
def test_it_does_not_matter_in_long_histories_either(before: list[Op], after: list[Op], seed: int) -> None:
    check_order_of_recording(before, after, seed)


# Voiding a correction

FIXING = (c.OpenRevision, c.SealRevision, Correct, MarkInError, ReverseBatch, AuthoriseCorrection)


def strike(historian: Historian, target: Recorded) -> bool:
    """Void an event, with a second person's authority; return False where it is refused."""
    number = historian.record.position
    authority = historian.submit(
        AuthoriseCorrection(id=f"allow-{number}", actor="sec2", decision="a", target=target.id, reason="seen")
    )
    return bool(
        historian.submit(
            MarkInError(
                id=f"void-{number}", actor="sec", target=target.id, reason="no error", causation=authority[0].id
            )
        )
    )


def check_voiding_a_correction(before: Sequence[Op], correction: Op, between: Sequence[Op], seed: int) -> int:
    historian = played(before)
    settled = len(historian.accepted)
    play(historian, [correction])
    if len(historian.accepted) == settled or not isinstance(historian.accepted[-1].command, Correct):
        return 0
    corrected = historian.accepted[-1].events[0]
    historian.spared.add(corrected.id)
    done = len(historian.accepted)
    play(historian, between, leave_out=FIXING)
    tail = historian.accepted[done:]
    with_correction = historian.record.position
    if not strike(historian, corrected):
        return 0
    voided = historian.record.position
    void = historian.record.events[-1]
    try:
        never = replay([*historian.accepted[:settled], *tail])
    except Refusal:
        return 0
    record = historian.record
    undone = strike(historian, void)
    for place in places(record, seed, 10, position=voided):
        if place.state in STATES and place.cut.reading == "corrected":
            as_if_never = place._replace(cut=msgspec.structs.replace(place.cut, position=never.position))
            expected = without_positions(ask(never, FactsOnRecord(never), as_if_never), "differs")
            for facts in (FactsOnRecord(record), MemoryIndex(record)):
                assert without_positions(ask(record, facts, place), "differs") == expected, place
                if undone:
                    earlier, later = (
                        without_positions(
                            ask(record, facts, place._replace(cut=Cut(known_at=place.cut.known_at, position=at))),
                            "differs",
                        )
                        for at in (with_correction, record.position)
                    )
                    assert earlier == later, place
    return 1


CORRECTIONS = st.tuples(st.integers(6, 10), st.integers(0, 255), *(st.integers(0, 255),) * 3, st.integers(0, 255))


@settings(max_examples=150)
@given(histories(20, 60), CORRECTIONS, histories(0, 10), SEEDS)
def test_voiding_a_correction_brings_the_earlier_answer_back(
    before: list[Op], correction: Op, between: list[Op], seed: int
) -> None:
    check_voiding_a_correction(before, correction, between, seed)


@pytest.mark.soak
@settings(settings.get_profile("soak"), max_examples=3_000)
@given(histories(20, 120), CORRECTIONS, histories(0, 20), SEEDS)
def test_it_brings_it_back_in_long_histories_too(
    before: list[Op], correction: Op, between: list[Op], seed: int
) -> None:
    check_voiding_a_correction(before, correction, between, seed)


# The generator is not vacuous


def situations(record: MemoryRecord) -> Counter[str]:
    """Return which of the situations that matter a history holds."""
    found: Counter[str] = Counter()
    for history in record.streams().values():
        for family in history.families():
            replacing = [member for member in family.members if not member.header.voids]
            found["a chain of three"] += len(replacing) >= 3
            found["a correction of another known date"] += any(
                one.header.known_at != other.header.known_at for one, other in pairwise(replacing)
            )
            for member in family.members:
                struck = history.by_id.get(member.header.strikes or "")
                if struck is not None and member.header.voids:
                    found["a void of a void"] += struck.header.voids
                    found["a void of a void of a void"] += (
                        struck.header.voids and history.by_id[struck.header.strikes or ""].header.voids
                    )
                    found["a voided approval"] += isinstance(struck.body, e.MatrixApproved)
                    found["a voided opening"] += isinstance(struck.body, e.RevisionOpened)
                    found["a voided seal"] += isinstance(struck.body, e.RevisionSealed)
                    found["a voided correction"] += struck.header.strikes is not None
                    found["a voided ground"] += not struck.header.voids and struck.header.stream.startswith(GROUNDS)
                found[f"known to the {member.header.known_precision}"] += 1
                found["an error noticed before it was recorded"] += (
                    member.header.noticed_at or "~"
                ) < member.header.recorded_at and member.header.strikes is not None
                found["a repair"] += member.header.strikes is None and member.header.noticed_at is not None
    for state in STATES:
        found += _situations_of(record, state)
    return found


def _situations_of(record: MemoryRecord, state: str) -> Counter[str]:
    found: Counter[str] = Counter()
    instants = sorted({date for event in record.events for date in _dates(event)})
    for known_at in instants[:: max(1, len(instants) // 12)]:
        for reading in READINGS:
            cut = Cut(known_at=known_at, position=record.position, reading=reading)
            matrix = MatrixFacts(FactsOnRecord(record), state, cut)
            found["a withdrawn revision passed over"] += bool(matrix.known("withdrawn"))
            for revision in matrix.opened:
                found["a late fact"] += len(matrix.cells(revision).late(_sealed_at(matrix, revision)))
                for cell in _carried(matrix, revision):
                    read = matrix.reads(_source(matrix, revision), cell.from_cells)
                    values = {None if (stands := read.get(each)) is None else stands.value for each in cell.from_cells}
                    found["a merged row that disagrees"] += len(values) > 1
                    found["a merged row that agrees"] += (
                        len(cell.from_cells) > 1 and len(values) == 1 and None not in values
                    )
                    found["a carried value that the row does not allow"] += (
                        len(values) == 1 and None not in values and not matrix.carried(revision, (cell.cell,))
                    )
            for standing in ("working", "approved", "sent", "published"):
                answer = shown(record, matrix.facts, state, cut, standing)
                found[f"something {standing}"] += answer["revision"] is not None
                found["both readings differ"] += bool(answer["differs"])
                found["possibly known"] += answer["possibly_known"] > 0
                for cell in answer["cells"]:
                    carried = cell["carried_from"]
                    found["corrected by another"] += cell["corrected_by"] is not None
                    found["a later fact"] += cell["later_fact"] is not None
                    found["carried through two seedings"] += (
                        carried is not None
                        and answer["revision"] in matrix.opened
                        and carried["revision"] != _source(matrix, answer["revision"])
                    )
                    found["carried over to another template"] += (
                        carried is not None and carried["cell"][:2] != cell["cell"][:2]
                    )
    return found


def _carried(matrix: MatrixFacts, revision: int) -> Iterable[CarriedCell]:
    opened = matrix.opening(revision)
    return () if opened is None or opened.carried is None else matrix.facts.carry_over(opened.carried).values()


def _sealed_at(matrix: MatrixFacts, revision: int) -> int:
    return matrix.sealed[revision].root_position if revision in matrix.sealed else Cut().position


def _source(matrix: MatrixFacts, revision: int) -> int:
    opened = matrix.opening(revision)
    assert opened is not None
    return opened.seeded_from or 0


GROUNDS = ("document/", "mapping/", "state/", "template/")
NEEDED = (
    "a chain of three",
    "a correction of another known date",
    "a void of a void",
    "a void of a void of a void",
    "a voided approval",
    "a voided opening",
    "a voided seal",
    "a voided correction",
    "a voided ground",
    "known to the instant",
    "known to the day",
    "known to the month",
    "known to the year",
    "an error noticed before it was recorded",
    "a repair",
    "a withdrawn revision passed over",
    "a late fact",
    "a merged row that disagrees",
    "a merged row that agrees",
    "a carried value that the row does not allow",
    "something working",
    "something approved",
    "something sent",
    "something published",
    "both readings differ",
    "possibly known",
    "corrected by another",
    "a later fact",
    "carried through two seedings",
    "carried over to another template",
)


@pytest.fixture(scope="module")
def made_up() -> list[Historian]:
    """Histories of fixed seeds."""
    return [played(random_ops(seed, 90)) for seed in range(40)]


def test_made_up_histories_hold_every_type_of_event_that_a_reading_rests_on(
    made_up: list[Historian],
) -> None:
    recorded = Counter(event.header.type for historian in made_up for event in historian.record.events)
    assert all(recorded[kind.TYPE] for kind in (*e.EVENTS, *OUTSIDE)), recorded


def test_made_up_histories_hold_every_situation_that_matters(made_up: list[Historian]) -> None:
    found: Counter[str] = Counter()
    for historian in made_up:
        found += situations(historian.record)
    assert [each for each in NEEDED if found[each] < 5] == [], found


def test_most_commands_of_made_up_histories_are_accepted(made_up: list[Historian]) -> None:
    accepted = sum(len(historian.accepted) for historian in made_up)
    refused = sum(historian.refused.total() for historian in made_up)
    assert accepted > 2_000
    assert refused < accepted / 4


def test_made_up_histories_meet_the_refusals_that_matter(made_up: list[Historian]) -> None:
    met: Counter[str] = Counter()
    for historian in made_up:
        met += historian.refused
    for name in ("OutOfOrder", "NotTheLastRevision", "RestsOnIt", "NeverReplaced", "NeedsSecondPerson", "DoesNotStand"):
        assert met[name], met


def test_the_order_and_the_voids_are_really_tried() -> None:
    tried = [sum(check(seed) for seed in range(40)) for check in (_try_order, _try_void)]
    assert min(tried) >= 10, tried


def _try_order(seed: int) -> int:
    return check_order_of_recording(random_ops(seed, 40), random_ops(seed + 1000, 20), seed)


def _try_void(seed: int) -> int:
    _, *rest = random_ops(seed + 2000, 1)[0]
    state, a, b, c_, step = rest
    return check_voiding_a_correction(
        random_ops(seed, 50), (7, state, a, b, c_, step), random_ops(seed + 1000, 8), seed
    )
