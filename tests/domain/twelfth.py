"""Given the mandates and the twelfth programme, as every production record begins."""

from __future__ import annotations

from domain import document, mandate, programme
from domain.document import ReadAgain, RegisterDocument
from domain.mandate import AdoptMandate
from domain.programme import AdoptProgramme, TransmitProgramme
from interfaces import initialise
from tests.domain.given import InMemory


def the_twelfth_programme() -> InMemory:
    """Return a record with the mandates and the twelfth programme."""
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
                record.when(document.read_again, command)
            case AdoptProgramme():
                record.when(programme.adopt, command)
            case TransmitProgramme():
                record.when(programme.transmit, command)
            case _:
                raise AssertionError(command)
    return record
