from __future__ import annotations

import msgspec
import pytest

from domain import document, programme
from domain.deciding import stands_at
from domain.document import RegisterDocument
from domain.programme import (
    AdoptProgramme,
    DutyIncomplete,
    NotVerbatim,
    ProgrammeAdopted,
    ProgrammeRecordedInError,
    ProgrammeTransmitted,
    TransmitProgramme,
)
from domain.refusals import MalformedInput, NotFound
from domain.template import AlreadyAdopted
from interfaces import initialise
from tests.domain.given import InMemory, as_of

REGISTER, _, ADOPT, TRANSMIT = initialise.programme("secretariat")


@pytest.fixture
def record() -> InMemory:
    record = InMemory()
    for data in initialise.documents():
        record.store(data)
    assert isinstance(REGISTER, RegisterDocument)
    record.when(document.register, REGISTER)
    return record


def adoption() -> AdoptProgramme:
    assert isinstance(ADOPT, AdoptProgramme)
    return ADOPT


def transmission() -> TransmitProgramme:
    assert isinstance(TRANSMIT, TransmitProgramme)
    return TRANSMIT


def test_the_twelfth_programme_is_adopted_with_its_55_duties_in_the_words_of_its_document(
    record: InMemory,
) -> None:
    (adopted,) = record.when(programme.adopt, adoption())
    assert isinstance(adopted.body, ProgrammeAdopted)
    assert (adopted.header.stream, len(adopted.body.duties)) == ("programme/12", 55)
    (sent,) = record.when(programme.transmit, transmission())
    assert isinstance(sent.body, ProgrammeTransmitted)


def test_a_programme_is_not_adopted_before_its_document_is_on_record() -> None:
    with pytest.raises(NotFound):
        InMemory().when(programme.adopt, adoption())


def test_a_programme_is_not_adopted_from_a_document_whose_words_cannot_be_read() -> None:
    record = InMemory()
    assert isinstance(REGISTER, RegisterDocument)
    picture = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    scanned = msgspec.structs.replace(REGISTER, sha256=record.store(picture), size=len(picture))
    record.when(document.register, scanned)
    with pytest.raises(MalformedInput):
        record.when(programme.adopt, adoption())


def test_a_programme_is_adopted_once(record: InMemory) -> None:
    record.when(programme.adopt, adoption())
    with pytest.raises(AlreadyAdopted):
        record.when(programme.adopt, msgspec.structs.replace(adoption(), id="again"))


def test_a_programme_adopted_in_error_can_be_adopted_again(record: InMemory) -> None:
    (struck,) = record.when(programme.adopt, adoption())
    record.given("programme/12", ProgrammeRecordedInError(reason="wrong file"), "2013-05-31", strikes=struck)
    record.when(programme.adopt, msgspec.structs.replace(adoption(), id="again"))
    assert len(programme.adopted(stands_at(record, as_of("2013-06-01")), 2013)) == 1


def test_only_an_adopted_programme_is_transmitted(record: InMemory) -> None:
    with pytest.raises(NotFound):
        record.when(programme.transmit, transmission())


def test_a_passage_that_does_not_stand_at_its_offsets_is_refused(record: InMemory) -> None:
    duty = adoption().duties[0]
    moved = msgspec.structs.replace(duty.passages[0], start=duty.passages[0].start + 1)
    wrong = msgspec.structs.replace(duty, passages=(moved,))
    with pytest.raises(NotVerbatim):
        record.when(programme.adopt, msgspec.structs.replace(adoption(), duties=(wrong,)))


def test_a_duty_is_named_once_cites_words_and_has_real_dates_and_different_steps(record: InMemory) -> None:
    duty = adoption().duties[0]
    for duties in (
        (duty, duty),
        (msgspec.structs.replace(duty, passages=()),),
        (msgspec.structs.replace(duty, due="2014-05-32"),),
        (msgspec.structs.replace(duty, steps=duty.steps * 2),),
    ):
        with pytest.raises(DutyIncomplete):
            record.when(programme.adopt, msgspec.structs.replace(adoption(), duties=duties))


def test_a_period_does_not_end_before_it_begins(record: InMemory) -> None:
    with pytest.raises(MalformedInput):
        record.when(programme.adopt, msgspec.structs.replace(adoption(), period_to="2013-05-30"))


@pytest.mark.parametrize("period", [{"period_from": "2013-06-31"}, {"period_to": "2014-02-29"}])
def test_a_period_has_dates_that_the_calendar_has(record: InMemory, period: dict[str, str]) -> None:
    with pytest.raises(MalformedInput, match="day"):
        record.when(programme.adopt, msgspec.structs.replace(adoption(), **period))


def test_a_document_that_its_transmission_names_must_be_on_record(record: InMemory) -> None:
    record.when(programme.adopt, adoption())
    with pytest.raises(NotFound, match="S-2013-327"):
        record.when(programme.transmit, msgspec.structs.replace(transmission(), document="S-2013-327"))


def test_what_a_programme_says_is_for_everyone_and_lies_in_a_stream_of_its_number(record: InMemory) -> None:
    for event in (
        *record.when(programme.adopt, adoption()),
        *record.when(programme.transmit, transmission()),
    ):
        assert (event.header.stream, event.header.audience) == ("programme/12", ("public",))


def test_a_programme_is_what_was_last_adopted_under_its_number_whatever_is_transmitted(record: InMemory) -> None:
    (adopted,) = record.when(programme.adopt, adoption())
    state = programme.evolve(None, adopted)
    (sent,) = record.when(programme.transmit, transmission())
    assert programme.evolve(state, sent) is state is adopted.body


def test_the_twelfth_programme_is_known_from_the_last_day_of_may_2013(record: InMemory) -> None:
    record.when(programme.adopt, adoption())
    assert programme.adopted(stands_at(record, as_of("2013-05-30")), 2013) == ()
    known = programme.adopted(stands_at(record, as_of("2013-05-31")), 2013)
    assert [each.programme for each in known] == [12]
