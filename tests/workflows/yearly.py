"""A simulated Committee on 1 October of the coming year, with its mandates: before its review, whatever today is."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from domain.document import RegisterDocument
from domain.times import moment, text
from interfaces import initialise
from tests.workflows.year import Office, office
from workflows.cycle.messages import Cycle
from workflows.kinds import At, Kind


def begin(found: Office) -> int:
    """Put the mandates on record and the clock to 1 October, and return the year; the server's clock comes after it."""
    year = int(found.clock.now()[:4]) + 1
    found.record.submit_all([msgspec.structs.replace(each, synthetic=True) for each in initialise.mandates("sec")])
    found.clock.set(f"{year}-10-01T12:00:00.000000Z")
    return year


@contextmanager
def autumn(home: Path) -> Generator[tuple[Office, int]]:
    """Give the record and the year."""
    with office(home) as found:
        yield found, begin(found)


def cycle_of(found: Office, kind: Kind, name: str) -> Cycle:
    """Return what is still to come of a thing, a second later."""
    found.clock.set(text(moment(found.clock.now()) + timedelta(seconds=1)))
    cycle = kind.cycle(name, At(found.record, found.record.now(), "sec"))
    assert cycle is not None
    return cycle


def paper(found: Office, name: str = "paper") -> None:
    """Register a document."""
    found.give(
        RegisterDocument,
        name,
        document=name,
        title="SIMULATED paper",
        sha256=found.record.documents.put(name.encode()),
        size=len(name),
        media_type="text/plain",
        language="en",
    )
