"""Given the mandates and the twelfth programme, as every production record has them, and a note for the file."""

from __future__ import annotations

from domain import corrected_reading, document, mandate, programme
from domain.corrected_reading import ReadAgain
from domain.document import RegisterDocument
from domain.mandate import AdoptMandate
from domain.programme import AdoptProgramme, TransmitProgramme
from interfaces import initialise
from tests.domain.given import InMemory

NOTE = "note-for-the-file"
"""A document that shows that a step of a duty was done."""


def the_twelfth_programme() -> InMemory:
    """Return a record with the mandates, the twelfth programme and a note for the file."""
    record = InMemory()
    for data in initialise.documents():
        record.store(data)
    for command in (*initialise.mandates("secretariat"), *initialise.programme("secretariat")):
        match command:
            case AdoptMandate():
                record.when(mandate.adopt, command)
            case RegisterDocument():
                record.when(document.register, command)
            case ReadAgain():
                record.when(corrected_reading.read_again, command)
            case AdoptProgramme():
                record.when(programme.adopt, command)
            case TransmitProgramme():
                record.when(programme.transmit, command)
            case _:
                raise AssertionError(command)
    record.when(document.register, a_note(record))
    return record


def a_note(record: InMemory) -> RegisterDocument:
    words = b"Note for the file: this was done.\n"
    return RegisterDocument(
        id=NOTE,
        actor="secretariat",
        document=NOTE,
        title="Note for the file",
        sha256=record.store(words),
        size=len(words),
        media_type="text/plain",
        language="en",
    )
