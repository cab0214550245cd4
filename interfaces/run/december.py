"""December 2013 of the simulation, lived through at a Temporal server: the annual review from cut-off to Council."""

from __future__ import annotations

import asyncio
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.deadline import RecordStep
from domain.decision import Circulate, Propose, ProposedItem
from domain.document import DocumentRegistered, RegisterDocument
from domain.no_objection.commands import OpenProcedure
from domain.review.preparing import GiveInput, SetCutOff, preparation
from domain.review.priorities import StatePriority
from interfaces.bootstrap import remember_actor
from interfaces.demo.build import SEED, play
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import instant
from interfaces.mailing import NOBODY, addresses_of
from interfaces.run.lapse import Act, Lapse, live
from interfaces.run.temporal_server import served
from ledger.clock import SimulatedClock
from ledger.record import Record
from workflows.catalogue import kinds
from workflows.mail.composing import Letterhead
from workflows.mail.folder import FOLDER, FolderMailer
from workflows.mail.sending import send_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from domain.deciding import Command
    from workflows.kinds import At

YEAR = 2013
DECISION = "sim-review-2013"
STATES = 4
BEGINS, ENDS = instant(date(2013, 11, 29), 15), instant(date(2014, 1, 1), 12)
ABOUT = {"deadline": f"annual-review/{YEAR}", "duty": f"REV-{YEAR}", "step": "adopted"}


def lived(home: Path) -> bool:
    """Live through it in `home`, unless that was done; return whether it was done now."""
    if home.exists():
        return False
    unfinished = home.with_name(f".{home.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    play(unfinished, seed=SEED, states=STATES, until=date(2013, 11, 27))
    remember_actor(unfinished, SECRETARIAT)
    clock = SimulatedClock(BEGINS)
    with Record.open(unfinished, clock=clock) as record, served(unfinished) as place:
        head = Letterhead(f"secretariat@{NOBODY}")
        lapse = Lapse(record, clock, SECRETARIAT, kinds(head, _send))
        asyncio.run(live(lapse, place, Work(record).acts(), ENDS))
    unfinished.replace(home)
    return True


def _send(at: At) -> None:
    mailer = FolderMailer(at.record.home / FOLDER)
    send_waiting(at.record, mailer, addresses_of(at.record), actor=at.actor, at=at.now)


class Work:
    """What the Committee and the Secretariat do in that December."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def acts(self) -> Sequence[Act]:
        """Return it in order."""
        return (
            Act(instant(date(2013, 11, 29), 16), self._sets_the_cut_off),
            Act(instant(date(2013, 12, 4), 16), self._gives_input),
            Act(instant(date(2013, 12, 10), 16), self._states_priorities),
            Act(instant(date(2013, 12, 18), 16), self._puts_it_to_silence),
            Act(instant(date(2013, 12, 27), 16), lambda: self._step("adopted", decision=DECISION)),
            Act(instant(date(2013, 12, 30), 16), lambda: self._step("transmitted", document=self._draft())),
        )

    def _sets_the_cut_off(self) -> None:
        self._give(SetCutOff, "cut-off", year=YEAR, cut_off="2013-11-29")

    def _gives_input(self) -> None:
        data = b"SIMULATED: input of a working group to the annual review."
        paper: dict[str, Any] = {
            "document": "sim-review-2013-input",
            "title": "SIMULATED input of the working group on assistance",
            "sha256": self._record.documents.put(data),
            "size": len(data),
            "media_type": "text/plain",
            "language": "en",
            "distribution": "limited",
        }
        self._give(RegisterDocument, "paper", **paper)
        self._give(GiveInput, "input", year=YEAR, group="assistance", document="sim-review-2013-input")

    def _states_priorities(self) -> None:
        for name in ("border-control", "first-reports"):
            self._give(StatePriority, name, year=YEAR, priority=name, text=f"SIMULATED priority: {name}")

    def _puts_it_to_silence(self) -> None:
        item = ProposedItem(number=1, text="SIMULATED: adopt the annual review", rests_on=(self._draft_hash(),))
        self._give(Propose, "proposed", decision=DECISION, title="SIMULATED: annual review of 2013", items=(item,))
        self._give(Circulate, "circulated", decision=DECISION, recipients=("chair", "member"))
        self._give(OpenProcedure, "opened", decision=DECISION, sent=self._record.now())

    def _step(self, step: str, **shown_by: str) -> None:
        self._give(RecordStep, step, **(ABOUT | {"step": step} | shown_by))

    def _draft(self) -> str:
        return preparation(self._record.history(f"review/{YEAR}").standing()).drafted[-1].document_id

    def _draft_hash(self) -> str:
        registered = self._record.history(f"document/{self._draft()}").standing()[-1].body
        assert isinstance(registered, DocumentRegistered)  # noqa: S101 - the first of its stream
        return registered.content.sha256 or ""

    def _give(self, kind: type[Command], key: str, **members: Any) -> None:
        said: dict[str, Any] = {"id": f"sim/december/{key}", "actor": SECRETARIAT, "synthetic": True} | members
        self._record.submit(kind(**said))
