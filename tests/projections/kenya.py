"""A small real record for tests: Kenya on two templates, with a correction, a void, a late fact and all standings.

Everything is made up. Revision 1 (T2011) is sealed, sent, approved and published; revision 2 (T2017) is seeded from it
and is a draft.
"""

from pathlib import Path
from typing import Any

import msgspec

from domain.actor import GrantRole, RegisterActor
from domain.canonical import sha256
from domain.catalogue import TYPES
from domain.corrected_reading import Mended, ReadAgain
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.document import RegisterDocument
from domain.ids import command_id, event_id
from domain.matrix import commands as c
from domain.matrix.events import Source
from domain.records import ImportBatch, RegisterType
from domain.submission import ReadSubmission, ReceiveSubmission
from interfaces import initialise
from interfaces.bootstrap import now_of, question_of, reader_of
from ledger.clock import SimulatedClock
from ledger.record import Record
from projections.axes import Asked, resolve
from projections.engine.answering import Asking
from projections.engine.rows import ReplayedRows
from projections.question import Question

A, B, C, D = (f"T2011/op1-{item}-all-statement" for item in (1, 2, 3, 4))
LEGAL = "T2011/op3ab-1-nw-legal"
REPORT = b"The State has a 1aw.\nIt is in force.\n"
SECRET = b"Not for everyone.\n"
ACTORS = {
    "sec": ("secretariat", ""),
    "sec2": ("secretariat", ""),
    "expert": ("expert", ""),
    "member": ("member", ""),
    "chair": ("chair", ""),
    "auditor": ("auditor", ""),
    "kenya": ("state", "KEN"),
    "france": ("state", "FRA"),
    "someone": ("public", ""),
}


def cite(document: str = "ken-2013", locator: str = "p. 1", words: str = "The State has a law.") -> Source:
    return Source(document_id=document, locator=locator, quotation=words, language="en", translation="")


def value(cell: str, said: str = "YES", **more: str) -> c.AssessedCell:
    return c.AssessedCell(cell=cell, value=said, **more)  # type: ignore[arg-type]


def types() -> list[Command]:
    return [
        RegisterType(
            id=f"type:{topic}",
            actor="system",
            type_name=kind.TYPE,
            type_version=kind.VERSION,
            json_schema="{}",
            avro_schema="{}",
        )
        for topic, kind in TYPES.items()
    ]


def founding() -> list[Command]:
    """Types, actors, all States and templates with their mappings."""
    grants: list[Command] = []
    for name, (role, scope) in ACTORS.items():
        if name != "sec":
            grants.append(RegisterActor(id=f"actor-{name}", actor="sec", name=name))
            grants.append(GrantRole(id=f"grant-{name}", actor="sec", to=name, granted_role=role, scope=scope))
    return [
        *initialise.first_actor("sec"),
        *initialise.states("sec"),
        *grants,
        *initialise.templates("sec"),
        *initialise.mappings("sec"),
    ]


def document(name: str, content: bytes, distribution: str = "general") -> RegisterDocument:
    return RegisterDocument(
        id=f"doc-{name}",
        actor="sec",
        document=name,
        title=f"Made-up report {name}",
        sha256=sha256(content),
        size=len(content),
        media_type="text/plain",
        language="en",
        symbol="S/AC.44/2013/NOTE.99",
        distribution=distribution,
        known="2013-01-10",
    )


def submission(name: str, received: str, *documents: str) -> ReceiveSubmission:
    return ReceiveSubmission(
        id=f"sub-{name}",
        actor="sec",
        submission=name,
        state="KEN",
        kind="additional-information",
        documents=documents,
        received=received,
        known=received,
    )


def assess(key: str, known: str, *cells: c.AssessedCell, revision: int = 1, source: Source | None = None) -> Command:
    return c.AssessCells(
        id=key,
        actor="expert",
        role="expert",
        state="KEN",
        revision=revision,
        cells=cells,
        sources=(source or cite(),),
        known=known,
    )


def history() -> list[Command]:
    """Kenya from 2013 to 2018, as it would be entered late."""
    sec: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
    return [
        document("ken-2013", REPORT),
        document("ken-secret", SECRET, "restricted"),
        ReadAgain(
            id="again",
            document="ken-2013",
            mended=(Mended(start=16, end=19, original="1aw", corrected="law"),),
            known="2013-01-20",
            **sec,
        ),
        submission("ken-1", "2013-01-10", "ken-2013"),
        submission("ken-2", "2013-06-10", "ken-secret"),
        submission("ken-3", "2013-06-11"),
        ReadSubmission(id="read-3", submission="ken-3", known="2013-07-01", **sec),
        c.OpenRevision(id="open-1", state="KEN", template="T2011", known="2013-02-01", **sec),
        assess("first", "2013-02-05", value(A), value(B), value(C), value(LEGAL, "X", in_force_from="2013-03-01")),
        assess("second", "2013-02", value(A, "")),
        Correct(
            id="correct-b", target="first#1", reason="our typo", changes={"value": ""}, noticed="2014-02-01", **sec
        ),
        MarkInError(id="void-c", target="first#2", reason="another State's report", noticed="2014-03-01", **sec),
        c.ConfirmCells(id="confirm", state="KEN", revision=1, cells=(A,), known="2013-03-01", **sec),
        c.SealRevision(id="seal-1", state="KEN", revision=1, known="2013-05-01", **sec),
        c.SendMatrix(id="send-1", state="KEN", revision=1, known="2013-06-01", **sec),
        c.ApproveMatrix(id="approve-1", state="KEN", revision=1, decision="2013-1", known="2013-09-01", **sec),
        c.GiveConsent(id="consent", state="KEN", scope="publish", known="2013-10-01", **sec),
        c.PublishMatrix(id="publish-1", state="KEN", revision=1, known="2013-11-01", **sec),
        assess("late", "2013-12-01", value(D)),
        c.OpenRevision(id="open-2", state="KEN", template="T2017", seeded_from=1, known="2018-01-10", **sec),
        assess("draft", "2018-02-01", value("T2017/op1-1-all-statement", ""), revision=2),
    ]


def make(home: Path, commands: list[Command] | None = None, *, simulation: bool = False) -> Record:
    """Make the record in a home and leave it open."""
    if simulation:
        clock = SimulatedClock("2024-01-01T12:00:00.000000Z")
        record = Record.create(home, origin="test.example/simulation", clock=clock, seed=1)
    else:
        record = Record.create(home, origin="test.example/ledger1540/1")
    for content in (REPORT, SECRET):
        record.documents.put(content)
    cause = event_id(command_id("history"), 0)
    given = [msgspec.structs.replace(each, causation=cause) for each in (history() if commands is None else commands)]
    opening = ImportBatch(
        id="history", actor="sec", batch="history", source="a test", sha256="0" * 64, commands=len(given)
    )
    for batch, importing in (([*types(), *founding()], False), ([opening, *given], True)):
        marked = [msgspec.structs.replace(each, synthetic=simulation) for each in batch]
        record.submit_all(marked, importing=importing)
    return record


def ask(record: Record, actor: str = "sec", *, state: str = "KEN", replay: bool = False, **asked: Any) -> Question:
    """Return what an actor asks of the record."""
    return question_of(record, actor, state, Asked(**asked), replay=replay)


def asking(record: Record, actor: str = "sec", **asked: Any) -> Asking:
    """Return what an actor asks of views, answered by folding the events themselves."""
    now = now_of(record)
    axes = resolve(record, Asked(**asked), now)
    return Asking(rows=ReplayedRows(record), reader=reader_of(record, actor), axes=axes, now=now, source=record)
