"""A record in which every free text of every command has a word of its own, so that whoever reads it leaves a trace."""

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from domain.actor import GrantRole, RegisterActor, WithdrawRole
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.decision import Adopt, Circulate, Propose, ProposedItem
from domain.document import WithdrawDocument
from domain.matrix import commands as c
from domain.records import ImportBatch, SkipEvent
from domain.submission import DeclareNoChange, WithdrawSubmission
from ledger.record import Record
from tests.projections import kenya
from tests.projections.kenya import A, B, assess, cite, document, founding, history, submission, types, value

WORD = re.compile(r"planted\d+z")
FREE_TEXTS = frozenset(
    (
        *("title", "note", "reason", "quotation", "translation", "locator", "text", "remark", "sender", "symbol"),
        *("their_reference", "our_reference", "licence", "source", "meeting", "since"),
    )
)
"""Members in which people write what they like."""
FORMER = "former"
"""Was a member while all of this came about, and is none any more."""
EXPIRED = "expired"
"""Was an expert for a period that is over."""
SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}


def make(home: Path) -> Record:
    """Make the record and leave it open: Kenya's matrix is published, France's no longer."""
    record = Record.create(home, origin="test.example/ledger1540/1")
    for content in (kenya.REPORT, kenya.SECRET):
        record.documents.put(content)
    number = count(1)
    record.submit_all([*types(), *founding(), *people()])
    began = ImportBatch(
        id="history", actor="sec", batch="history", source="shelf", sha256="0" * 64, commands=len([*past()])
    )
    (begun,) = record.submit_all([planted(began, number)])
    assert begun.first_position is not None
    cause = next(record.recorded(begun.first_position)).id
    late = [msgspec.structs.replace(planted(each, number), causation=cause) for each in past()]
    record.submit_all(late, importing=True)
    record.submit_all([planted(each, number) for each in present()])
    return record


def planted(command: Command, number: "count[int]") -> Command:
    """Return a command whose every free text has a word of its own."""

    def plant(found: Any) -> Any:
        if isinstance(found, dict):
            return {
                name: f"{text} planted{next(number)}z" if name in FREE_TEXTS and isinstance(text, str) else plant(text)
                for name, text in found.items()
            }
        return [plant(each) for each in found] if isinstance(found, list | tuple) else found

    return msgspec.convert(plant(msgspec.to_builtins(command)), type(command))


def people() -> list[Command]:
    return [
        RegisterActor(id="actor-former", actor="sec", name=FORMER),
        GrantRole(id="grant-former", actor="sec", to=FORMER, granted_role="member", valid_from="2012-01-01"),
        RegisterActor(id="actor-expired", actor="sec", name=EXPIRED),
        GrantRole(
            id="grant-expired",
            actor="sec",
            to=EXPIRED,
            granted_role="expert",
            valid_from="2012-01-01",
            valid_to="2014-12-31",
        ),
    ]


def past() -> Iterable[Command]:
    """What enters late: Kenya from 2013 to 2018, and a matrix of France whose consent was taken back."""
    yield from history()
    yield document("fra-2013", kenya.SECRET, "restricted")
    france: dict[str, Any] = {"state": "FRA", "revision": 1}
    yield c.OpenRevision(id="fra-open", state="FRA", template="T2011", known="2013-01-10", **SEC)
    said = assess("fra-cells", "2013-01-20", value(A, note="seen"), value(B, note="seen"), source=cite("fra-2013"))
    yield msgspec.structs.replace(said, state="FRA")
    yield c.SealRevision(id="fra-seal", known="2013-02-01", **france, **SEC)
    yield c.ApproveMatrix(id="fra-approve", decision="2013-2", known="2013-02-10", **france, **SEC)
    yield c.GiveConsent(id="fra-consent", state="FRA", scope="publish", known="2013-02-20", **SEC)
    yield c.PublishMatrix(id="fra-publish", known="2013-03-01", **france, **SEC)
    yield c.WithdrawConsent(id="fra-back", state="FRA", scope="publish", known="2013-12-01", **SEC)


def present() -> Iterable[Command]:
    """What is recorded live: decisions, corrections, voids, withdrawals, a skip, and the end of a membership."""
    yield Propose(
        id="propose", decision="d-1", title="take note", items=(ProposedItem(number=1, text="take note"),), **SEC
    )
    yield Circulate(id="circulate", decision="d-1", recipients=("member", "chair"), **SEC)
    yield Adopt(id="adopt", decision="d-1", meeting="meeting", actor="chair")
    yield c.ExamineMatrix(id="examine", state="KEN", revision=1, note="looked at", actor="expert")
    yield c.RemarkRow(id="remark", state="KEN", revision=2, section="op1", item=1, remark="see", actor="expert")
    yield assess(
        "live",
        "2018-03-01",
        value(
            "T2017/op1-2-all-statement",
            note="live",
        ),
        revision=2,
    )
    yield Correct(id="correct-draft", target="draft#0", reason="typing error", changes={"note": "mended"}, **SEC)
    yield MarkInError(id="void-live", target="live#0", reason="another State's", **SEC)
    yield Correct(id="correct-title", target="doc-ken-secret#0", reason="misread", changes={"title": "mended"}, **SEC)
    yield WithdrawDocument(id="withdraw-secret", document="ken-secret", reason="recalled", **SEC)
    yield submission("fra-1", "2019-01-10")
    yield DeclareNoChange(id="no-change", submission="ken-4", state="KEN", since="2013", received="2019-02-01", **SEC)
    yield WithdrawSubmission(id="withdraw-sub", submission="ken-2", reason="taken back", **SEC)
    yield SkipEvent(id="skip", view="documents", position=7, reason="unreadable", **SEC)
    yield WithdrawRole(id="withdraw-former", of=FORMER, withdrawn_role="member", reason="term ended", **SEC)


AUDIENCES: dict[str, set[str]] = {
    "": {"public"},
    "someone": {"public"},
    FORMER: {"public"},
    EXPIRED: {"public"},
    "member": {"public", "member", "committee"},
    "chair": {"public", "chair", "committee"},
    "expert": {"public", "expert"},
    "kenya": {"public", "state:KEN"},
    "france": {"public", "state:FRA"},
}
"""Everyone who does not read all, and the audiences that are theirs now."""
READ_ALL = ("sec", "auditor")


@cache
def open_to_all(record: Record) -> set[str]:
    """Return the events in Kenya's published manifest, which anyone may read."""
    (sealed,) = (
        json.loads(stored.body or b"")["manifest"]
        for stored in record.read()
        if b'"matrix.revision-sealed"' in stored.header and b'"matrix/KEN"' in stored.header
    )
    cells = json.loads(record.document(sealed) or b"")["cells"]
    return {each["event_id"] for each in cells if each["event_id"] is not None}


@cache
def allowed(record: Record, actor: str) -> tuple[set[str], set[str]]:
    """Return the planted words that an actor may read, and those that they may not, from the stored bytes alone."""
    mine, others, published = set[str](), set[str](), open_to_all(record)
    for stored in record.read():
        header = json.loads(stored.header)
        words = set(WORD.findall((stored.body or b"").decode()))
        sees = actor in READ_ALL or AUDIENCES[actor] & set(header["audience"]) or header["event_id"] in published
        (mine if sees else others).update(words)
    return mine, others - mine
