"""A Committee at work, for tests in its own words: every method is one command, every date is New York's."""

from collections.abc import Sequence
from typing import Any

from domain.actor import GrantRole, RegisterActor
from domain.correcting import Change, Correct, MarkInError
from domain.deciding import Command, Context
from domain.decision import Adopt, AuthoriseCorrection, Propose, ProposedItem
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.facts import FactsOnRecord
from domain.recorded import Recorded
from domain.records import ImportBatch, ReverseBatch
from domain.standing import Cut
from domain.state import RegisterState
from domain.values import Reading, Standing
from tests.histories.made_up import cell, founded
from tests.memory_index import shown
from tests.memory_record import MemoryRecord

A, B, C = cell("T1", 1), cell("T1", 2), cell("T1", 3)
NOON = "T12:00:00.000000Z"


def body(event: Recorded) -> Any:  # a test asks for the members that it expects, whatever the type
    """Return an event's body."""
    return event.body


class Committee:
    """Gives commands about Kenya, from 2 January 2012 on unless the clock is set."""

    def __init__(self) -> None:
        self.record: MemoryRecord = founded()
        self.on("2012-01-02")
        self.state = "KEN"
        self._number = 0

    def on(self, day: str) -> "Committee":
        """Set the clock to noon UTC of a day."""
        self.record.now = f"{day}T12:00:00.000000Z"
        return self

    def give(self, kind: type[Command], /, within: Recorded | None = None, **members: Any) -> tuple[Recorded, ...]:
        """Give a command, within a batch of late history or not."""
        self._number += 1
        arguments: dict[str, Any] = {"id": f"command-{self._number}", "actor": "sec"} | members
        return self.record.submit(kind(**arguments), None if within is None else within.id)

    def one(self, kind: type[Command], /, within: Recorded | None = None, **members: Any) -> Recorded:
        """Give a command that records one event."""
        (event,) = self.give(kind, within, **members)
        return event

    def context(self, **members: Any) -> Context:
        """Return the context in which the next command is decided."""
        at = self.record.recorded_at()
        arguments: dict[str, Any] = {"recorded_at": at, "known_at": at, "known_precision": "instant"} | members
        return Context(record=self.record, position=self.record.position + 1, **arguments)

    def registers(self, *states: str) -> None:
        """Put States on record that are not there yet."""
        for code in states:
            if not self.record.history(f"state/{code}").events:
                named: dict[str, Any] = {
                    "iso2": code[:2],
                    "m49": "000",
                    "name": code,
                    "name_fr": code,
                    "regional_group": "",
                }
                self.one(RegisterState, state=code, admitted=1945, **named)

    def grants(self, actor: str, role: str, **members: Any) -> Recorded:
        """Register an actor and grant a role."""
        self.one(RegisterActor, name=actor)
        return self.one(GrantRole, to=actor, granted_role=role, **members)

    def opens(self, revision: int, template: str = "T1", **members: Any) -> Recorded:
        """Open a revision."""
        return self.one(c.OpenRevision, state=self.state, revision=revision, template=template, **members)

    def assesses(self, revision: int, values: dict[str, str], **members: Any) -> tuple[Recorded, ...]:
        """Assess cells."""
        cells = tuple(c.AssessedCell(cell=name, value=value) for name, value in values.items())
        return self.give(c.AssessCells, state=self.state, revision=revision, cells=cells, **members)

    def seals(self, revision: int, **members: Any) -> Recorded:
        """Seal a revision."""
        return self.one(c.SealRevision, state=self.state, revision=revision, **members)

    def sealed(self, revision: int, values: dict[str, str], **members: Any) -> Recorded:
        """Open, assess and seal a revision."""
        self.opens(revision, **members)
        self.assesses(revision, values)
        return self.seals(revision)

    def decides(self, revision: int) -> str:
        """Propose and adopt the manifest of a revision, and return the name of the decision."""
        decision = f"decision-{self._number}"
        item = ProposedItem(number=1, text="approve", rests_on=(self.manifest(revision),))
        self.one(Propose, decision=decision, title="", items=(item,))
        self.one(Adopt, decision=decision, meeting="m", actor="chair")
        return decision

    def approves(self, revision: int, **members: Any) -> Recorded:
        """Decide on the manifest of a revision, and approve it."""
        decision = self.decides(revision)
        return self.one(c.ApproveMatrix, state=self.state, revision=revision, decision=decision, **members)

    def sends(self, revision: int, **members: Any) -> Recorded:
        """Send a sealed revision to the State."""
        return self.one(c.SendMatrix, state=self.state, revision=revision, **members)

    def withdraws(self, revision: int, **members: Any) -> Recorded:
        """Withdraw a revision."""
        return self.one(c.WithdrawRevision, state=self.state, revision=revision, reason="begun again", **members)

    def corrects(self, target: Recorded, changes: dict[str, Change] | None = None, **members: Any) -> Recorded:
        """Replace a standing event."""
        return self.one(Correct, target=target.id, reason="typing error", changes=changes or {}, **members)

    def voids(self, target: Recorded, **members: Any) -> Recorded:
        """Say that an event was recorded in error."""
        return self.one(MarkInError, target=target.id, reason="in error", **members)

    def voids_by_two(self, target: Recorded, **members: Any) -> Recorded:
        """Void an event on the authority of a second person."""
        return self.voids(target, causation=self.allows(target), **members)

    def allows(self, target: Recorded, **members: Any) -> str:
        """Authorise a correction, as a second person, and return the authority's id."""
        arguments: dict[str, Any] = {
            "actor": "sec2",
            "decision": "authority",
            "target": target.id,
            "reason": "seen",
        } | members
        return self.one(AuthoriseCorrection, **arguments).id

    def imports(self, name: str = "old-files") -> Recorded:
        """Begin a batch of history entered late."""
        return self.one(ImportBatch, batch=name, source="files", sha256="0" * 64, commands=1)

    def imports_revision(self, name: str = "old-files", *, decision: str = "old") -> dict[str, Recorded]:
        """Import revision 1 as of 2009, sealed and approved; return its events by what they are, with the batch."""
        batch = self.imports(name)
        acts = {
            "batch": batch,
            "opened": self.opens(1, within=batch, known="2009-01-05"),
            "cell": self.assesses(1, {A: "X"}, within=batch, known="2009-02-05")[0],
            "sealed": self.seals(1, within=batch, known="2009-03-05"),
        }
        members = {"state": self.state, "revision": 1, "decision": decision, "known": "2009-04-05"}
        return acts | {"approved": self.one(c.ApproveMatrix, batch, **members)}

    def reverses(self, name: str = "old-files", **members: Any) -> tuple[Recorded, ...]:
        """Reverse a batch as one."""
        return self.give(ReverseBatch, batch=name, reason="wrong files", **members)

    def manifest(self, revision: int) -> str:
        """Return the hash of the manifest that a revision was last sealed with."""
        bodies = [event.body for event in self.record.events]
        return [b.manifest for b in bodies if isinstance(b, e.RevisionSealed) and b.revision == revision][-1]

    def shows(
        self,
        standing: Standing = "working",
        as_of: str = "2030-01-01T00:00:00.000000Z",
        reading: Reading = "corrected",
        position: int | None = None,
    ) -> dict[str, Any]:
        """Return the answer of `show`."""
        cut = Cut(known_at=as_of, position=position or self.record.position, reading=reading)
        return shown(self.record, FactsOnRecord(self.record), self.state, cut, standing)

    def values(self, standing: Standing = "working", **at: Any) -> dict[str, str]:
        """Return the cells in which something stands."""
        cells: Sequence[dict[str, Any]] = self.shows(standing, **at)["cells"]
        return {each["cell"]: each["value"] for each in cells if each["value"] is not None}
