"""Documents read again beside the original, and documents withdrawn."""

import pytest
from msgspec.structs import replace

from domain import corrected_reading
from domain.canonical import sha256
from domain.content import Content
from domain.corrected_reading import DocumentReadAgain, Mended, ReadAgain, corrected
from domain.document import DocumentWithdrawn, WithdrawDocument
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from tests.committee import Committee
from tests.domain.given import InMemory, as_of
from tests.domain.papers import MENDED, READ, SCAN, mend, reads_again, registers, scans, with_readers


@pytest.fixture
def committee() -> Committee:
    return with_readers()


@pytest.fixture
def scanned(committee: Committee) -> Recorded:
    return scans(committee)


# A corrected reading


def test_a_corrected_reading_stands_beside_the_original_which_stays_as_it_was_scanned(
    committee: Committee, scanned: Recorded
) -> None:
    event = reads_again(committee, *MENDED)
    assert event.body == DocumentReadAgain(document="scan", mended=MENDED)
    assert committee.record.history("document/scan").standing() == (scanned, event)
    assert committee.record.document(sha256(SCAN.encode())) == SCAN.encode()
    assert corrected(SCAN, MENDED) == READ


def test_offsets_count_characters_of_the_original_and_not_its_bytes(committee: Committee, scanned: Recorded) -> None:
    assert len(SCAN.encode()) > len(SCAN)
    after = mend("travai1", "travail")
    in_bytes = len(SCAN[: after.start].encode())
    wrong = Mended(start=in_bytes, end=in_bytes + 7, original="travai1", corrected="travail")
    with pytest.raises(MalformedInput):
        reads_again(committee, wrong)
    assert reads_again(committee, after).header.stream == scanned.header.stream


@pytest.mark.parametrize(
    ("passages", "text"),
    [
        ((), "abcdef"),
        (((0, 0, "", "^"),), "^abcdef"),
        (((6, 6, "", "$"),), "abcdef$"),
        (((0, 6, "abcdef", ""),), ""),
        (((0, 2, "ab", "AB"), (2, 4, "cd", "")), "ABef"),
        (((2, 2, "", "1"), (2, 2, "", "2")), "ab12cdef"),
        (((1, 2, "b", "bb"), (4, 5, "e", "e")), "abbcdef"),
    ],
    ids=["none", "before all", "after all", "all gone", "side by side", "two at one place", "longer and the same"],
)
def test_passages_are_put_in_left_out_or_changed_and_the_rest_is_as_it_was(
    passages: tuple[tuple[int, int, str, str], ...], text: str
) -> None:
    mended = tuple(Mended(start=s, end=e, original=o, corrected=c) for s, e, o, c in passages)
    assert corrected("abcdef", mended) == text


@pytest.mark.parametrize(
    "passage",
    [
        (1, 3, "xy", "words that do not stand there"),
        (2, 4, "cd ", "longer than its offsets"),
        (2, 5, "cd", "shorter than its offsets"),
        (1, 3, "bc", "over the one before"),
        (0, 1, "a", "before the one before"),
        (5, 3, "", "an end before its start"),
        (4, 9, "ef", "an end beyond the text"),
        (7, 7, "", "a place beyond the text"),
        (9, 10, "g", "words beyond the text"),
    ],
    ids=lambda passage: passage[3],
)
def test_offsets_that_do_not_hold_the_words_they_claim_are_refused_with_their_place(
    passage: tuple[int, int, str, str],
) -> None:
    start, end, original, said = passage
    first = Mended(start=0, end=2, original="ab", corrected="AB")
    with pytest.raises(MalformedInput) as refused:
        corrected("abcdef", (first, Mended(start=start, end=end, original=original, corrected=said)))
    assert refused.value.where == "mended[1]"


def test_a_reading_whose_words_do_not_stand_in_the_original_is_not_recorded(
    committee: Committee, scanned: Recorded
) -> None:
    with pytest.raises(MalformedInput):
        reads_again(committee, mend("progranme", "programme"), mend('I"', "l'"))
    assert committee.record.history("document/scan").events == (scanned,)


@pytest.mark.usefixtures("scanned")
def test_a_later_reading_is_again_one_of_the_original_and_the_earlier_stays_on_record(committee: Committee) -> None:
    first = reads_again(committee, MENDED[0])
    second = reads_again(committee, *MENDED)
    assert committee.record.history("document/scan").standing()[1:] == (first, second)


def test_a_document_that_is_not_on_record_or_was_recorded_in_error_is_not_read_again(
    committee: Committee, scanned: Recorded
) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        reads_again(committee, *MENDED, name="nowhere")
    committee.voids(scanned)
    with pytest.raises(NotFound, match="scan"):
        reads_again(committee, *MENDED)


def test_bytes_that_are_no_text_have_no_reading_with_offsets(committee: Committee) -> None:
    registers(committee, "scan", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", media_type="application/pdf")
    with pytest.raises(MalformedInput, match="UTF-8"):
        reads_again(committee, Mended(start=0, end=4, original="%PDF", corrected="%pdf"))


def test_a_sealed_document_has_no_reading_for_its_bytes_are_not_in_the_store(committee: Committee) -> None:
    body = registers(committee, "scan", SCAN.encode()).body
    sealed = Content(kind="sealed", sha256=None, commitment="0" * 64)
    record = InMemory()
    record.given("document/scan", replace(body, content=sealed), "2012")
    with pytest.raises(NotFound, match="store"):
        record.when(corrected_reading.read_again, ReadAgain(id="again", actor="sec", document="scan", mended=MENDED))


# Withdrawing


def test_a_withdrawn_document_stays_on_record_with_the_reason_and_what_replaces_it(
    committee: Committee, scanned: Recorded
) -> None:
    registers(committee, "scan-2")
    gone = committee.one(WithdrawDocument, document="scan", reason="issued anew", replaced_by="scan-2")
    assert gone.body == DocumentWithdrawn(document="scan", reason="issued anew", replaced_by="scan-2")
    assert committee.record.history("document/scan").standing() == (scanned, gone)


@pytest.mark.usefixtures("scanned")
def test_a_withdrawal_is_known_when_it_was_and_not_before(committee: Committee) -> None:
    gone = committee.on("2012-06-01").one(WithdrawDocument, document="scan", reason="gone", known="2012-05")
    history = committee.record.history("document/scan")
    assert gone not in history.standing(as_of("2012-05-30"))
    assert gone in history.standing(as_of("2012-05-31"))


@pytest.mark.usefixtures("scanned")
def test_a_document_is_replaced_by_another_on_record_and_not_by_itself(committee: Committee) -> None:
    for replacing, refusal in (("nowhere", NotFound), ("scan", Conflict)):
        with pytest.raises(refusal, match=replacing) as refused:
            committee.one(WithdrawDocument, document="scan", reason="issued anew", replaced_by=replacing)
        assert refused.value.where == "replaced_by"


def test_a_document_that_is_not_on_record_is_not_withdrawn(committee: Committee) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        committee.one(WithdrawDocument, document="nowhere", reason="gone")
