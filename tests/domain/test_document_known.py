"""Documents: when they were known, by when the Secretariat received them."""

import pytest

from domain.deciding import KnownInTheFuture
from domain.document import DocumentRegistered
from domain.refusals import MalformedInput
from tests.committee import Committee
from tests.domain.given import as_of
from tests.domain.papers import registers, with_readers


@pytest.fixture
def committee() -> Committee:
    return with_readers()


@pytest.mark.parametrize(
    ("received", "known_at", "precision"),
    [
        ("2011-12-20", as_of("2011-12-20").known_at, "day"),
        ("2011-12", as_of("2011-12").known_at, "month"),
        ("2011-12-20T15:00:00Z", "2011-12-20T15:00:00.000000Z", "instant"),
    ],
)
def test_a_document_is_known_when_the_secretariat_received_it(
    committee: Committee, received: str, known_at: str, precision: str
) -> None:
    event = registers(committee, received_at=received)
    assert isinstance(event.body, DocumentRegistered)
    assert (event.body.received_at, event.header.known_at) == (known_at, known_at)
    assert event.header.known_precision == precision


def test_a_document_received_this_year_and_no_closer_dated_is_known_by_its_recording(committee: Committee) -> None:
    event = registers(committee, received_at="2012")
    assert isinstance(event.body, DocumentRegistered)
    assert event.body.received_at == event.header.known_at == event.header.recorded_at
    assert event.header.known_precision == "year"


def test_a_document_that_was_not_received_is_known_when_it_is_said_or_now(committee: Committee) -> None:
    assert registers(committee, "found", known="2011-06").header.known_at == as_of("2011-06").known_at
    event = registers(committee)
    assert event.header.known_at == event.header.recorded_at


@pytest.mark.parametrize(
    ("received", "known"),
    [
        ("2011-12-20", "2011-12-20"),
        ("2011-12-20", "2011-12"),
        ("2011-12", "2011-12-20"),
        ("2011-12-20T15:00:00Z", "2011-12-20"),
        ("2011-12-20", "2011-12-20T15:00:00Z"),
        ("2011-12-20T15:00:00Z", "2011-12-20T15:00:00Z"),
    ],
)
def test_a_known_date_that_may_be_that_of_receipt_is_kept_as_said(
    committee: Committee, received: str, known: str
) -> None:
    event = registers(committee, received_at=received, known=known)
    assert event.header.known_at == as_of(known).known_at


@pytest.mark.parametrize(
    ("received", "known"),
    [
        ("2011-12-20", "2011-12-19"),
        ("2011-12-20", "2011-12-21"),
        ("2011-12-20", "2011-11"),
        ("2011-12", "2012-01-01"),
        ("2011-12-20T15:00:00Z", "2011-12-20T14:59:59Z"),
        ("2011-12-20", "2011-12-20T04:59:59Z"),
    ],
)
def test_a_document_is_not_known_before_or_after_it_was_received(
    committee: Committee, received: str, known: str
) -> None:
    with pytest.raises(MalformedInput, match="received") as refused:
        registers(committee, received_at=received, known=known)
    assert refused.value.where == "known"


def test_a_document_is_not_received_in_the_future_nor_on_what_is_no_date(committee: Committee) -> None:
    for received, refusal in (("2012-01-03", KnownInTheFuture), ("20 December", MalformedInput)):
        with pytest.raises(refusal) as refused:
            registers(committee, received_at=received)
        assert refused.value.where == "received_at"
