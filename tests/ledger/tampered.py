"""A small record with all that can be tampered with, and what verification says of it first."""

from tests.ledger import tiny
from tests.ledger.places import Place


def fill(place: Place) -> None:
    """Streams, corrections, voids, documents, and commands of several events and of none."""
    with place.create() as record:
        record.submit_all(tiny.registrations())
        for n in range(6):
            record.submit(tiny.Note(id=f"n{n}", actor="x", text=f"text {n}", stream=f"note/{n % 3}", times=n))
            record.submit(tiny.Note(id=f"d{n}", actor="x", text="see document", document=f"document {n}"))
        for state in ("KEN", "UGA"):
            for key, cell in (("a", tiny.CELL), ("b", "T2011/op2-2-nw-legal")):
                record.submit(tiny.Assess(id=f"{key}{state}", actor="x", cell=cell, value="X", state=state))
        record.submit(tiny.Assess(id="c1", actor="x", cell=tiny.CELL, value="?", strikes="aKEN#0"))
        record.submit(tiny.Assess(id="c2", actor="x", cell=tiny.CELL, value="", strikes="c1#0"))
        record.submit(tiny.Assess(id="v1", actor="x", cell=tiny.CELL, value="", strikes="c2#0", void=True))
        record.submit(tiny.Assess(id="v2", actor="x", cell=tiny.CELL, value="", strikes="v1#0", void=True))


def first(place: Place) -> int | None:
    """The position of the first thing that verification names, None where it names nothing or no position."""
    verification = place.verification()
    findings = list(verification)
    report = verification.report()
    assert report.findings == len(findings)
    return None if report.first is None else report.first.position


def told(place: Place) -> list[str]:
    return [finding.what for finding in place.findings()]
