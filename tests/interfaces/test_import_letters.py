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
from tests import postgres
from tests.interfaces.office import opened as opened_office
from tests.interfaces.traces import found

ADDRESS = "a.person@example.org"
Feed = Callable[..., Imported]


def message(**headers: str | None) -> EmailMessage:
    made = EmailMessage()
    usual: dict[str, str | None] = {
        "Received": "from one by another; Mon, 03 Jun 2013 07:01:00 +0000",
        "From": f"A Person <{ADDRESS}>",
        "Date": "Mon, 03 Jun 2013 10:00:00 +0300",
        "Subject": f"Réponse de {ADDRESS}",
        "Content-Language": "fr",
    }
    made.set_content("La zibeline répond.\n")
    for name, text in (usual | headers).items():
        if text is not None:
            made[name] = text
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="note.pdf")
    return made


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


@pytest.mark.parametrize("on_postgresql", [False, True])
def test_subject_and_names_of_a_letter_lie_nowhere_in_plain_text_and_are_shown_to_who_may_read_it(
    tmp_path: Path, on_postgresql: bool
) -> None:
    office = opened_office(tmp_path, on_postgresql=on_postgresql)
    office.run("grant", "exp", "expert")
    subject, attached = "Qzxbetreff: the Governorate asks", "Qzxanlage-Ωmega.pdf"
    letter = message(Subject=subject)
    letter.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename=attached)
    path = tmp_path / "typed" / f"{subject.partition(':')[0]}.eml"
    path.parent.mkdir()
    path.write_bytes(letter.as_bytes())
    office.run("import", str(path), "--letter", "2013/45", "--sender", "state:KEN", "--dry-run")
    spoken, office.spoken = office.spoken, ""
    office.run("import", str(path), "--letter", "2013/45", "--sender", "state:KEN")
    assert path.name in office.spoken, "who imports is told of the file by its name"
    office.spoken = spoken.replace(path.name, "")
    office.run("export", "--log", "--to", str(tmp_path / "log.jsonl"))
    office.run("rebuild", "texts")
    assert office.asks("search", "Governorate")["found"] == 0
    if on_postgresql:
        with postgres.connected(postgres.database_url()) as connection:
            connection.execute("CHECKPOINT")
    texts = ("Qzxbetreff", "Qzxanlage", subject, attached)
    assert found(texts, office.home, office.database, tmp_path / "log.jsonl", spoken=office.spoken) == set()
    if on_postgresql:
        office.run("rebuild", "citations")
    for actor, sees in (("sec", True), ("exp", True), ("", False)):
        told = [office.asks("document", f"letter-2013-45{number}", actor=actor) for number in ("", "-3")]
        assert [each["sealed_name"] for each in told] == ([subject, attached] if sees else [None, None])
    entries = office.asks("access", "letter-2013-45")["entries"]
    assert {each["actor"] for each in entries if each["given"]} == {"sec", "exp"}


def test_the_same_letter_again_says_which_options_it_did_not_use(feed: Feed) -> None:
    content = message().as_bytes()
    assert feed(content).said == ()
    again = feed(content, letter="2013/46", sender="state:FRA", known="2013-06-09")
    assert again.repeated
    (said,) = again.said
    assert "--letter 2013/46 was not used: on record it is 2013/45" in said
    assert "--sender state:FRA" in said
    assert "--known 2013-06-09 was not used: on record it is 2013-06-03" in said
    assert feed(content).said == ()


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
