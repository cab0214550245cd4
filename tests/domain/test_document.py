"""Documents: given bytes in the store, when registered, then who reads what."""

from typing import Any

import pytest

from domain.audiences import COMMITTEE, PUBLIC
from domain.canonical import sha256
from domain.content import Content
from domain.document import DocumentRegistered, WithdrawDocument
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from tests.committee import Committee
from tests.domain.papers import (
    MENDED,
    READERS,
    REPORT,
    SCAN,
    WITHIN,
    readers_of,
    reads_again,
    registers,
    with_readers,
)


@pytest.fixture
def committee() -> Committee:
    return with_readers()


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
