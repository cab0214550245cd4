"""Letters as electronic mail: into the register, the message itself and what came with it as documents."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from domain.correspondence.letters import LetterReceived
from domain.document import DocumentRegistered
from domain.refusals import Refusal
from interfaces.importing.batch import import_files
from interfaces.importing.faults import RowsRefused
from interfaces.importing.outcomes import Imported
from interfaces.importing.reading import Given
from interfaces.vaults import document_vault_of
from ledger.record import Record
from ledger.vault.documents import SealedDocument

ADDRESS = "a.person@example.org"
Feed = Callable[..., Imported]


def message(**headers: str | None) -> EmailMessage:
    found = EmailMessage()
    usual: dict[str, str | None] = {
        "Received": "from one by another; Mon, 03 Jun 2013 07:01:00 +0000",
        "From": f"A Person <{ADDRESS}>",
        "Date": "Mon, 03 Jun 2013 10:00:00 +0300",
        "Subject": f"Réponse de {ADDRESS}",
        "Content-Language": "fr",
    }
    found.set_content("La zibeline répond.\n")
    for name, text in (usual | headers).items():
        if text is not None:
            found[name] = text
    found.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="note.pdf")
    return found


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    def import_letter(content: bytes, **said: Any) -> Imported:
        path = tmp_path / "letter.eml"
        path.write_bytes(content)
        options: dict[str, Any] = {"letter": "2013/45", "sender": "state:KEN"} | said
        return import_files(home, [path], Given(actor="sec", synthetic=True, **options))[0]

    return import_letter


def opened(record: Record, document: DocumentRegistered) -> bytes:
    """What is restricted is sealed: return the bytes as the vault opens them."""
    commitment = document.content.commitment
    assert commitment is not None
    sealed = SealedDocument(record.documents.get(commitment) or b"", commitment)
    return document_vault_of(record.home).unseal(document.document, sealed)[1]


def test_a_letter_is_registered_with_its_text_and_its_attachments(feed: Feed, home: Path) -> None:
    content = message().as_bytes()
    done = feed(content)
    with Record.open(home) as record:
        bodies = [event.body for event in record.recorded(done.first_position or 0)]
        documents = {each.document: each for each in bodies if isinstance(each, DocumentRegistered)}
        stored = {name: opened(record, each) for name, each in documents.items()}
    (letter,) = [each for each in bodies if isinstance(each, LetterReceived)]
    assert (letter.sender, letter.dated, letter.language) == ("state:KEN", "2013-06-03", "fr")
    assert letter.received_at == "2013-06-03T07:01:00.000000Z"
    assert letter.documents == tuple(documents) == ("letter-2013-45", "letter-2013-45-1", "letter-2013-45-2")
    assert stored["letter-2013-45"] == content
    assert stored["letter-2013-45-1"].decode() == "La zibeline répond.\n"
    assert [each.media_type for each in documents.values()] == ["message/rfc822", "text/plain", "application/pdf"]
    assert {each.distribution for each in documents.values()} == {"restricted"}


def test_no_address_stands_in_an_event(feed: Feed, home: Path) -> None:
    done = feed(message().as_bytes())
    with Record.open(home) as record:
        assert not any(ADDRESS.encode() in (each.body or b"") for each in record.read(done.first_position or 0))


def test_a_letter_that_no_machine_dated_is_received_when_it_is_said(feed: Feed, home: Path) -> None:
    content = message(Received=None).as_bytes()
    with pytest.raises(RowsRefused, match="--known"):
        feed(content)
    done = feed(content, known="2013-06-05")
    with Record.open(home) as record:
        assert all(
            each.header.known_at.startswith("2013-06-06T03:59")
            for each in record.recorded((done.first_position or 0) + 1)
        )


def test_number_and_sender_must_be_said(feed: Feed) -> None:
    with pytest.raises(RowsRefused, match="--letter"):
        feed(message().as_bytes(), letter=None)
    with pytest.raises(Refusal, match="sender"):
        feed(message().as_bytes(), sender="the Mission")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"no headers at all",
        b"From: a@example.org\n\nno date",
        b"From: a@example.org\nDate: yesterday\n\nx",
        b"From: a@example.org\nDate: Mon, 03 Jun 2013 10:00:00 +0300\nContent-Type: multipart/mixed\n\nx",
        b'From: a@example.org\nDate: Mon, 03 Jun 2013 10:00:00 +0300\nContent-Type: multipart/mixed; boundary="b"\n\nx',
    ],
)
def test_what_is_no_message_is_refused(feed: Feed, content: bytes) -> None:
    with pytest.raises(RowsRefused):
        feed(content, known="2013-06-05")


def test_a_text_in_an_alphabet_that_nobody_knows_is_kept_as_far_as_it_can_be_read(feed: Feed, home: Path) -> None:
    content = message().as_bytes().replace(b'charset="utf-8"', b'charset="x-unknown"')
    assert feed(content).events == 5
