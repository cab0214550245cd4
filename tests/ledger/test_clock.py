from collections.abc import Iterator

import pytest

from domain.records import CLOCK_STREAM, AcceptClock
from ledger.clock import ClockBehind, ClockJumped, SystemClock, later_of
from ledger.record import Record
from ledger.refusals import BatchRefused
from tests.ledger import tiny
from tests.ledger.places import Place


class Given:
    """A clock whose time and whose elapsed seconds a test sets apart, as a machine's may drift apart."""

    simulated = False

    def __init__(self, now: str) -> None:
        self.time = now
        self.seconds = 0.0

    def now(self) -> str:
        return self.time

    def elapsed(self) -> float:
        return self.seconds

    def set(self, now: str, seconds: float) -> None:
        self.time, self.seconds = now, seconds


START = "2026-01-01T12:00:00.000000Z"


@pytest.fixture
def clock() -> Given:
    return Given(START)


@pytest.fixture
def timed(place: Place, clock: Given) -> Iterator[Record]:
    with place.create(clock=clock) as record:
        record.submit_all(tiny.registrations())
        yield record


def recorded(record: Record, key: str) -> str:
    record.submit(tiny.Note(id=key, actor="x", text="x"))
    return record.recorded_at(record.last_position)


def accept(record: Record, key: str = "accept") -> str:
    record.submit(AcceptClock(id=key, actor="operator", reason="the battery of the clock was changed"))
    assert record.history(CLOCK_STREAM).events[-1].position == record.last_position
    return record.recorded_at(record.last_position)


def test_each_transaction_is_strictly_later_even_while_the_clock_stands(timed: Record) -> None:
    assert recorded(timed, "a") == "2026-01-01T12:00:00.000001Z"
    assert recorded(timed, "b") == "2026-01-01T12:00:00.000002Z"


def test_time_is_the_clocks_where_that_is_later(timed: Record, clock: Given) -> None:
    clock.set("2026-01-01T12:00:30.000000Z", 30)
    assert recorded(timed, "a") == "2026-01-01T12:00:30.000000Z"


def test_a_clock_up_to_two_seconds_behind_is_borne(timed: Record, clock: Given) -> None:
    clock.set("2026-01-01T11:59:58.000000Z", 0)
    assert recorded(timed, "a") == "2026-01-01T12:00:00.000001Z"


def test_a_clock_further_behind_the_last_event_is_refused(timed: Record, clock: Given) -> None:
    clock.set("2026-01-01T11:59:57.999999Z", 0)
    with pytest.raises(ClockBehind):
        recorded(timed, "a")
    clock.set("2026-01-01T12:00:00.000000Z", 2)
    recorded(timed, "a")


def test_a_clock_that_jumped_more_than_a_minute_is_refused(timed: Record, clock: Given) -> None:
    clock.set("2026-01-01T12:01:00.000000Z", 0)
    recorded(timed, "a")
    clock.set("2026-01-01T12:02:00.000001Z", 0)
    with pytest.raises(ClockJumped):
        recorded(timed, "b")
    clock.set("2026-01-01T14:00:00.000000Z", 7140)
    recorded(timed, "b")


def test_an_operator_accepts_a_clock_that_jumped(timed: Record, clock: Given) -> None:
    clock.set("2026-02-01T12:00:00.000000Z", 1)
    with pytest.raises(ClockJumped):
        recorded(timed, "a")
    assert accept(timed) == "2026-02-01T12:00:00.000000Z"
    assert recorded(timed, "a") == "2026-02-01T12:00:00.000001Z"


def test_an_operator_accepts_a_clock_behind_and_time_goes_on_by_microseconds_until_it_has_caught_up(
    place: Place, timed: Record
) -> None:
    timed.close()
    slow = Given("2026-01-01T10:00:00.000000Z")
    with place.open(clock=slow) as record:
        with pytest.raises(ClockBehind):
            recorded(record, "a")
        assert accept(record) == "2026-01-01T12:00:00.000001Z"
        assert recorded(record, "a") == "2026-01-01T12:00:00.000002Z"
    slow = Given("2026-01-01T11:00:00.000000Z")
    with place.open(clock=slow) as record:
        assert recorded(record, "b") == "2026-01-01T12:00:00.000003Z"
        slow.set("2026-01-01T13:00:00.000000Z", 7200)
        assert recorded(record, "c") == "2026-01-01T13:00:00.000000Z"
    with place.open(clock=Given(START)) as record, pytest.raises(ClockBehind):
        recorded(record, "d")


def test_a_refused_acceptance_resolves_nothing(timed: Record, clock: Given) -> None:
    clock.set("2026-02-01T12:00:00.000000Z", 1)
    accepted = AcceptClock(id="accept", actor="an operator with spaces", reason="")
    with pytest.raises(Exception, match="actor"):
        timed.submit(accepted)
    with pytest.raises(ClockJumped):
        recorded(timed, "a")


def test_a_dry_run_is_bound_by_the_clock_too(timed: Record, clock: Given) -> None:
    clock.set("2026-01-01T11:00:00.000000Z", -3600)
    with pytest.raises(BatchRefused) as refused:
        timed.submit_all([tiny.Note(id="a", actor="x", text="x")], dry_run=True)
    assert refused.value.name == "ClockBehind"


def test_the_machines_clock_gives_stored_instants() -> None:
    clock = SystemClock()
    assert len(clock.now()) == len(START)
    assert clock.elapsed() <= clock.elapsed()


def test_later_is_the_clock_or_a_microsecond_more() -> None:
    assert later_of(START, None) == START
    assert later_of(START, START) == "2026-01-01T12:00:00.000001Z"
    assert later_of(START, "2025-12-31T23:59:59.999999Z") == START
