"""Documents: given bytes in the store, when registered, read again or withdrawn, then who reads what, from when."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain import document
from domain.access import may, reader
from domain.actor import GrantRole, RegisterActor
from domain.audiences import COMMITTEE, PUBLIC
from domain.canonical import sha256
from domain.deciding import KnownInTheFuture
from domain.document import (
    Content,
    DocumentReadAgain,
    DocumentRegistered,
    DocumentWithdrawn,
    Mended,
    ReadAgain,
    RegisterDocument,
    WithdrawDocument,
    corrected,
)
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from tests.committee import Committee
from tests.domain.given import InMemory, as_of

SCAN = "J'a I\"honneur de vous transmettre le 𝟏𝟐e progranme de travai1.\nIl a été adopte.\n"
READ = "J'ai l'honneur de vous transmettre le 𝟏𝟐e programme de travail.\nIl a été adopté hier.\n"
REPORT = b"The State has a law.\n"
READERS = {
    "expert": ("expert", ""),
    "member": ("member", ""),
    "auditor": ("auditor", ""),
    "kenya": ("state", "KEN"),
    "someone": ("public", ""),
}
WITHIN = {"sec", "sec2", "chair", "expert", "member", "auditor"}


@pytest.fixture
def committee() -> Committee:
    committee = Committee()
    for name, (role, scope) in READERS.items():
        committee.one(RegisterActor, name=name)
        committee.one(GrantRole, to=name, granted_role=role, scope=scope)
    return committee


def registers(committee: Committee, name: str = "ken-2012", content: bytes = REPORT, **members: Any) -> Recorded:
    committee.record.store(content)
    said: dict[str, Any] = {
        "document": name,
        "title": "Made-up report",
        "sha256": sha256(content),
        "size": len(content),
        "media_type": "text/plain",
        "language": "en",
    }
    said |= members
    return committee.one(RegisterDocument, **said)


def mend(original: str, said: str, text: str = SCAN) -> Mended:
    start = text.index(original)
    return Mended(start=start, end=start + len(original), original=original, corrected=said)


MENDED = (
    mend("J'a", "J'ai"),
    mend('I"', "l'"),
    mend("progranme", "programme"),
    mend("travai1", "travail"),
    mend("adopte", "adopté"),
    Mended(start=SCAN.rindex("."), end=SCAN.rindex("."), original="", corrected=" hier"),
)


def reads_again(committee: Committee, *mended: Mended, name: str = "scan", **members: Any) -> Recorded:
    return committee.one(ReadAgain, document=name, mended=mended, **members)


@pytest.fixture
def scanned(committee: Committee) -> Recorded:
    return registers(committee, "scan", SCAN.encode(), distribution="general", language="fr")


def readers_of(committee: Committee, event: Recorded) -> set[str]:
    """Return who may read an event today, the public among them as nobody's name."""
    actors = ["", "sec", "sec2", "chair", *READERS]
    now = committee.record.now
    return {actor for actor in actors if may(reader(committee.record, actor), event.header, now)}


# Registering


def test_a_document_is_registered_by_the_hash_of_its_bytes_with_all_that_finds_it(committee: Committee) -> None:
    registers(committee, "original", b"Rapport.\n", language="fr")
    about: dict[str, Any] = {
        "symbol": "S/AC.44/2012/NOTE.99",
        "source": "note verbale",
        "dated": "2011-12-20",
        "sender": "Permanent Mission",
        "their_reference": "152/20",
        "our_reference": "SCA/5/20(12)",
        "distribution": "limited",
        "translation_of": "original",
        "retrieved_at": "2012-01-02T09:00:00.000000Z",
        "licence": "as the Committee's other documents",
    }
    event = registers(committee, **about)
    assert event.body == DocumentRegistered(
        document="ken-2012",
        title="Made-up report",
        content=Content(kind="plain", sha256=sha256(REPORT), commitment=None),
        size=len(REPORT),
        media_type="text/plain",
        language="en",
        received_at=None,
        **about,
    )
    assert event.header.stream == "document/ken-2012"


def test_a_document_whose_bytes_are_not_in_the_store_or_of_another_size_is_not_registered(
    committee: Committee,
) -> None:
    wrong: tuple[dict[str, Any], ...] = ({"sha256": "0" * 64}, {"size": len(REPORT) + 1})
    for members in wrong:
        with pytest.raises(NotFound) as refused:
            registers(committee, **members)
        assert refused.value.where == "sha256"


def test_a_document_is_registered_once_and_again_only_after_it_was_recorded_in_error(committee: Committee) -> None:
    first = registers(committee)
    with pytest.raises(Conflict, match="ken-2012"):
        registers(committee, content=b"Another report.\n")
    committee.voids(first)
    again = registers(committee, content=b"Another report.\n")
    assert committee.record.history("document/ken-2012").standing() == (again,)


def test_an_expert_registers_and_reads_again_but_the_secretariat_alone_withdraws(committee: Committee) -> None:
    registers(committee, "scan", SCAN.encode(), actor="expert")
    reads_again(committee, *MENDED, actor="expert")
    with pytest.raises(NotPermitted):
        committee.one(WithdrawDocument, document="scan", reason="gone", actor="expert")
    with pytest.raises(NotPermitted):
        registers(committee, actor="member")
    with pytest.raises(NotPermitted):
        reads_again(committee, *MENDED, actor="kenya")


def test_a_translation_names_the_original_which_is_on_record(committee: Committee) -> None:
    for original in ("nowhere", "ken-2012"):
        with pytest.raises(NotFound, match=original) as refused:
            registers(committee, translation_of=original)
        assert refused.value.where == "translation_of"
    registers(committee, "original")
    assert registers(committee, content=b"Rapport.\n", translation_of="original").header.version == 1


# Who may read


@pytest.mark.parametrize("distribution", ["limited", "restricted"])
def test_a_limited_or_restricted_document_is_the_committees_and_not_its_senders(
    committee: Committee, distribution: str
) -> None:
    event = registers(committee, distribution=distribution)
    assert event.header.audience == COMMITTEE
    assert readers_of(committee, event) == WITHIN


def test_a_general_document_is_everyones(committee: Committee) -> None:
    event = registers(committee, distribution="general")
    assert event.header.audience == PUBLIC
    assert readers_of(committee, event) == {"", *WITHIN, *READERS}


def test_a_document_is_restricted_unless_it_is_said_otherwise(committee: Committee) -> None:
    event = registers(committee)
    assert isinstance(event.body, DocumentRegistered)
    assert event.body.distribution == "restricted"
    assert readers_of(committee, event) == WITHIN


@pytest.mark.parametrize("distribution", ["", "General", "secret", "public"])
def test_a_distribution_that_there_is_not_is_refused(committee: Committee, distribution: str) -> None:
    with pytest.raises(MalformedInput, match="distribution") as refused:
        registers(committee, distribution=distribution)
    assert refused.value.where == "distribution"


@pytest.mark.parametrize("distribution", ["general", "restricted"])
def test_who_reads_a_document_reads_its_corrected_reading_and_its_withdrawal(
    committee: Committee, distribution: str
) -> None:
    event = registers(committee, "scan", SCAN.encode(), distribution=distribution)
    again = reads_again(committee, *MENDED)
    gone = committee.one(WithdrawDocument, document="scan", reason="issued anew")
    assert again.header.audience == gone.header.audience == event.header.audience


# When it was known


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
        record.when(document.read_again, ReadAgain(id="again", actor="sec", document="scan", mended=MENDED))


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
