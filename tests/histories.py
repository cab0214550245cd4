"""Histories made up for tests: a list of small numbers, played as commands against a record in memory.

Every operation is read from six numbers and from what is on record by then, so that most commands are accepted, any
list can be played, and a shorter list is a simpler history. What is refused is skipped and counted.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

import msgspec

from domain import ids
from domain.actor import GrantRole, RegisterActor
from domain.correcting import Change as Changed
from domain.correcting import Correct, MarkInError
from domain.deciding import Command
from domain.decision import Adopt, AuthoriseCorrection, CorrectionAuthorised, Propose, ProposedItem
from domain.mapping import AdoptMapping, MappedRow
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.events import Source
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.records import ImportBatch, ReverseBatch
from domain.refusals import Refusal
from domain.standing import Cut
from domain.state import RegisterState
from domain.template import AdoptTemplate, Field, LegendEntry
from domain.times import end_of, moment, new_york_date, text
from tests.memory_record import MemoryRecord

T = TypeVar("T")
STATES = ("KEN", "FRA")
TEMPLATES = ("T1", "T2", "T3")
ALL = ("X", "?", "NA", "")
Op = tuple[int, int, int, int, int, int]


class Accepted(NamedTuple):
    """A command that was recorded: when the clock stood where, and in which batch."""

    now: str
    command: Command
    batch: str | None
    events: tuple[Recorded, ...]


def cell(template: str, item: int, weapon: str = "nw") -> str:
    """Return the id of a cell of a made-up template."""
    return f"{template}/op1-{item}-{weapon}-legal"


def field(name: str, allowed: tuple[str, ...] = ALL) -> Field:
    """Return a made-up row."""
    item, weapon = name.split("-")[1:3]
    return Field(
        cell=name,
        label=f"row {item}",
        section="op1",
        item=int(item),
        weapon=weapon,
        aspect="legal",
        allowed=allowed,
        confidence="low",
    )


LEGEND = (LegendEntry(value="X", meaning="in the sources"), LegendEntry(value="?", meaning="unclear"))
FIELDS = {
    "T1": tuple(field(cell("T1", item)) for item in (1, 2, 3, 4, 5, 6)),
    "T2": (
        field(cell("T2", 1), ("X", "?")),
        field(cell("T2", 2)),
        field(cell("T2", 3, "cw")),
        field(cell("T2", 3, "bw")),
        field(cell("T2", 4)),
        field(cell("T2", 7)),
    ),
    "T3": (
        field(cell("T3", 1)),
        field(cell("T3", 2)),
        field(cell("T3", 5, "cw")),
        field(cell("T3", 5, "bw"), ("X", "")),
        field(cell("T3", 4)),
        field(cell("T3", 9)),
    ),
}
_ROWS: dict[tuple[str, str], tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    ("T1", "T2"): (
        ("kept", (cell("T1", 1),), (cell("T2", 1),)),
        ("renamed", (cell("T1", 2),), (cell("T2", 2),)),
        ("split", (cell("T1", 3),), (cell("T2", 3, "cw"), cell("T2", 3, "bw"))),
        ("merged", (cell("T1", 5), cell("T1", 4)), (cell("T2", 4),)),
        ("dropped", (cell("T1", 6),), ()),
        ("new", (), (cell("T2", 7),)),
    ),
    ("T2", "T3"): (
        ("kept", (cell("T2", 1),), (cell("T3", 1),)),
        ("merged", (cell("T2", 2), cell("T2", 3, "cw")), (cell("T3", 2),)),
        ("split", (cell("T2", 3, "bw"),), (cell("T3", 5, "cw"), cell("T3", 5, "bw"))),
        ("renamed", (cell("T2", 4),), (cell("T3", 4),)),
        ("dropped", (cell("T2", 7),), ()),
        ("new", (), (cell("T3", 9),)),
    ),
}


def mapped(before: str, after: str) -> tuple[MappedRow, ...]:
    """Return the rows of a made-up mapping."""
    return tuple(
        MappedRow(became=became, from_cells=old, to_cells=new, ground="made up", confidence="low")
        for became, old, new in _ROWS[before, after]
    )


def source(name: str = "report-1", words: str = "words") -> Source:
    """Return a source that a cell may cite."""
    return Source(document_id=name, locator="p. 1", quotation=words, language="en", translation="")


def founded(now: str = "2008-01-07T15:00:00.000000Z") -> MemoryRecord:
    """Return a record with three actors, two States, three templates and their mappings."""
    record = MemoryRecord(now=now)
    for name, role in (("sec", "secretariat"), ("sec2", "secretariat"), ("chair", "chair")):
        record.submit(RegisterActor(id=f"actor-{name}", actor="sec", name=name, kind="person"))
        record.submit(GrantRole(id=f"grant-{name}", actor="sec", to=name, granted_role=role))
    for state in STATES:
        record.submit(
            RegisterState(
                id=f"state-{state}",
                actor="sec",
                state=state,
                iso2=state[:2],
                m49="000",
                name=state,
                name_fr=state,
                regional_group="",
                admitted=1945,
            )
        )
    for name, fields in FIELDS.items():
        record.submit(
            AdoptTemplate(
                id=f"template-{name}",
                actor="sec",
                template=name,
                legend=LEGEND,
                notice=f"This is {name}.",
                fields=fields,
            )
        )
    for before, after in _ROWS:
        record.submit(
            AdoptMapping(
                id=f"mapping-{after}",
                actor="sec",
                from_template=before,
                to_template=after,
                rows=mapped(before, after),
            )
        )
    return record


_STEPS = (
    timedelta(microseconds=1),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=12),
    timedelta(days=47),
    timedelta(days=160),
)


class Historian:
    """Plays operations against a record."""

    def __init__(self) -> None:
        self.record = founded()
        self.accepted: list[Accepted] = []
        self.refused: Counter[str] = Counter()
        self.batches: list[Recorded] = []
        self.spared: set[str] = set()
        """Events that are not to be struck."""
        self._leave_out: tuple[type[Command], ...] = ()
        self._number = 0
        self._a = self._b = self._c = 0

    def play(self, ops: Iterable[Op], leave_out: tuple[type[Command], ...] = ()) -> "Historian":
        """Play every operation; refused commands are skipped, and so are those to be left out."""
        self._leave_out = leave_out
        for op in ops:
            kind, state, self._a, self._b, self._c, step = op
            self.record.now = text(moment(self.record.recorded_at()) + _STEPS[step % len(_STEPS)])
            _OPERATIONS[kind % len(_OPERATIONS)](self, STATES[(state // 7) % 5 == 0])
        self._leave_out = ()
        return self

    # Submitting

    def _id(self) -> str:
        self._number += 1
        return f"c{self._number}"

    def submit(self, command: Command, batch: str | None = None) -> tuple[Recorded, ...]:
        """Submit a command; return nothing where it is refused."""
        now = self.record.now
        if isinstance(command, self._leave_out):
            return ()
        try:
            events = self.record.submit(command, batch)
        except Refusal as refusal:
            self.refused[refusal.name] += 1
            return ()
        self.accepted.append(Accepted(now, command, batch, events))
        return events

    # Looking

    def facts(self, state: str) -> MatrixFacts:
        """Return what stands now."""
        return MatrixFacts(FactsOnRecord(self.record), state, Cut())

    def _revision(self, state: str, choice: int, *, sealed: bool | None = None) -> int | None:
        facts = self.facts(state)
        given_up = {row.about for row in facts.acts if row.kind == "withdrawn"}
        found = [r for r in facts.opened if sealed is None or (r in facts.sealed) == sealed]
        live = [r for r in found if r not in given_up] if choice % 8 else found
        return _pick(list(reversed(live)), choice // 8 % 3)

    def _fields(self, state: str, revision: int) -> Sequence[Field]:
        opened = self.facts(state).opening(revision)
        return () if opened is None else FIELDS[opened.template]

    def _known(self, low: str, high: str | None = None) -> str | None:
        """Return a known date to state, mostly between two instants, by the third number of the operation."""
        high = high or self.record.recorded_at()
        choice, part = self._c % 16, self._c // 16 % 16
        span = moment(max(high, low)) - moment(low)
        middle = text(moment(low) + span * part / 16)
        match choice:
            case 0 | 1 | 2 | 3:
                return None
            case 4:
                return low
            case 5:
                return high
            case 6 | 7 | 8:
                return middle
            case 9 | 10:
                return middle[:10] if end_of(new_york_date(middle)) <= high else middle
            case 11 | 12:
                return middle[:7]
            case 13:
                return middle[:4]
            case 14:
                stated = [event.header.known_at for event in self.record.events if low <= event.header.known_at <= high]
                return _pick(stated, part * 5)
            case _:
                return text(moment(low) - timedelta(days=part))

    # Operations

    def open(self, state: str) -> None:
        """Open a revision, mostly seeded from the last sealed one, now and then on the next template."""
        facts = self.facts(state)
        source_revision = self._revision(state, self._a, sealed=True) if self._a % 5 else None
        template = TEMPLATES[0]
        low = "2004-04-28T12:00:00.000000Z"
        if source_revision is not None:
            opened = facts.opening(source_revision)
            assert opened is not None
            step = TEMPLATES.index(opened.template) + (self._b % 3 > 0)
            template = TEMPLATES[min(step, 2)]
            low = facts.sealed[source_revision].known_at
        self.submit(
            c.OpenRevision(
                id=self._id(),
                actor="sec",
                state=state,
                template=template,
                seeded_from=source_revision,
                known=self._known(low),
            )
        )

    def assess(
        self, state: str, *, sealed: bool | None = False, repair: bool = False, batch: str | None = None
    ) -> None:
        """Assess one to four cells of a revision."""
        revision = self._revision(state, self._a, sealed=sealed)
        if revision is None:
            return
        facts = self.facts(state)
        seal = facts.sealed.get(revision)
        high = seal.known_at if seal is not None and repair else None
        fields = self._fields(state, revision)
        cells: dict[str, c.AssessedCell] = {}
        for place in range(1 + self._b % 4):
            chosen = fields[(self._a // 3 + place * (1 + self._b // 4 % 3)) % len(fields)]
            cells[chosen.cell] = c.AssessedCell(
                cell=chosen.cell,
                value=chosen.allowed[(self._b // 7 + place * (self._a % 3)) % len(chosen.allowed)],
                sources=(source(f"report-{self._c}"),),
                in_force_from=("2009-01-01", None)[self._b % 2],
                in_force_to=("2011-06-30", None, None)[self._b % 3],
            )
        known = self._known(facts.opened[revision].known_at, high)
        self.submit(
            c.AssessCells(
                id=self._id(),
                actor="sec",
                state=state,
                revision=revision,
                cells=tuple(cells.values()),
                known=facts.opened[revision].known_at if repair and known is None else known,
                known_by=high if known and len(known) <= 10 else None,
                synthetic=self._c % 40 == 39,
                noticed=self._noticed(known) if repair else None,
                causation=self._authority_to_repair(facts, revision) if repair else None,
            ),
            batch,
        )

    def _noticed(self, known: str | None) -> str:
        now = self.record.recorded_at()
        return now if known is None or self._a % 3 else text(moment(now) - timedelta(days=self._a % 200))

    def repair(self, state: str) -> None:
        """Enter a new root that repairs an error, sealed or not."""
        self.assess(state, sealed=(True, True, False)[self._b % 3], repair=True)

    def seal(self, state: str) -> None:
        """Seal an open revision, as late as its last cell or later."""
        revision = self._revision(state, self._a, sealed=False)
        if revision is None:
            return
        events = self.record.history(ids.matrix_revision(state, revision)).events
        low = max([e.header.known_at for e in events] + [self.facts(state).opened[revision].known_at])
        self.submit(c.SealRevision(id=self._id(), actor="sec", state=state, revision=revision, known=self._known(low)))

    def approve(self, state: str) -> None:
        """Propose, adopt and approve a sealed revision, or repeat an approval."""
        revision = self._revision(state, self._a, sealed=True)
        if revision is None:
            return
        sealed = self.facts(state).sealed[revision]
        decision = f"d{self._number}"
        item = ProposedItem(number=1, text="adopt", rests_on=(sealed.manifest or "",))
        self.submit(Propose(id=self._id(), actor="chair", decision=decision, title="", items=(item,)))
        if self._b % 9:
            self.submit(Adopt(id=self._id(), actor="chair", decision=decision, meeting="m"))
        known = self._known(sealed.known_at)
        self.submit(
            c.ApproveMatrix(
                id=self._id(), actor="chair", state=state, revision=revision, decision=decision, known=known
            )
        )

    def send(self, state: str) -> None:
        """Send a sealed revision's manifest to the State."""
        revision = self._revision(state, self._a, sealed=True)
        if revision is not None:
            known = self._known(self.facts(state).sealed[revision].known_at)
            self.submit(c.SendMatrix(id=self._id(), actor="sec", state=state, revision=revision, known=known))

    def consent(self, state: str) -> None:
        """Record consent, or its withdrawal."""
        if self._a % 3:
            self.submit(c.GiveConsent(id=self._id(), actor="sec", state=state, scope="publish"))
        else:
            self.submit(c.WithdrawConsent(id=self._id(), actor="sec", state=state, scope="publish"))

    def publish(self, state: str) -> None:
        """Publish an approved revision; by and by take one down."""
        facts = self.facts(state)
        kind = "published" if self._b % 3 == 0 and self._a % 2 else "approved"
        acts = [row for row in facts.acts if row.kind == kind]
        act = _pick(list(reversed(acts)), self._a % 3)
        if act is None:
            return
        revision = next((r for r, row in facts.sealed.items() if row.manifest == act.manifest), None)
        if revision is None:
            return
        known = self._known(act.known_at)
        if kind == "published":
            self.submit(c.UnpublishMatrix(id=self._id(), actor="sec", state=state, revision=revision, known=known))
            return
        if self._a % 2:
            self.submit(c.GiveConsent(id=self._id(), actor="sec", state=state, scope="publish", known=known))
        self.submit(c.PublishMatrix(id=self._id(), actor="sec", state=state, revision=revision, known=known))

    def _target(self, state: str) -> Recorded | None:
        """Choose what to strike: mostly what stands, mostly recent, half of the time what was struck before."""
        streams = [ids.matrix(state), ids.exchange(state), ids.consent(state)]
        streams += [ids.matrix_revision(state, revision) for revision in range(1, 9)]
        found: list[Recorded] = []
        for stream in streams:
            history = self.record.history(stream)
            found += [event for event in history.events if self._a % 16 == 0 or history.stands(event.id)]
        found = sorted((event for event in found if event.id not in self.spared), key=lambda event: -event.position)
        struck = [event for event in found if event.header.strikes is not None]
        if struck and self._b % 2:
            return _pick(struck, self._b // 2 % 4)
        return _pick(found, self._b // 2)

    def _authority(self, target: Recorded) -> str | None:
        """Obtain a second person's authority, where an approved cell is to be struck."""
        body = target.body
        if isinstance(body, e.MatrixRecordedInError):
            body = self._struck(target).body
        if not isinstance(body, e.CellAssessed | e.CellCorrected) or self._c % 11 == 0:
            return None
        approved = {row.about for row in self.facts(body.state).acts if row.kind == "approved"}
        if body.revision not in approved:
            return None
        return self._allowed(target.id)

    def _authority_to_repair(self, facts: MatrixFacts, revision: int) -> str | None:
        """Obtain a second person's authority, where the revision to be repaired is approved."""
        approvals = [row.event_id for row in facts.acts if row.kind == "approved" and row.about == revision]
        return self._allowed(approvals[-1]) if approvals and self._c % 11 else None

    def _allowed(self, target: str) -> str | None:
        given = self.submit(
            AuthoriseCorrection(id=self._id(), actor="sec2", decision="authority", target=target, reason="seen")
        )
        return given[0].id if given and isinstance(given[0].body, CorrectionAuthorised) else None

    def _struck(self, void: Recorded) -> Recorded:
        while void.header.voids:
            found = self.record.event(void.header.strikes or "")
            assert found is not None
            void = found
        return void

    def correct(self, state: str) -> None:
        """Replace a standing event: another value, another known date, or both."""
        target = self._target(state)
        if target is None or target.header.voids:
            return
        authority = self._authority(target)
        changes: dict[str, Changed] = {}
        body = target.body
        if isinstance(body, e.CellAssessed | e.CellCorrected):
            rows = {row.cell: row.allowed for row in self._fields(state, body.revision)}
            allowed = rows.get(body.cell, ALL)
            changes["value"] = allowed[self._a % len(allowed)]
            if self._a % 5 == 0:
                changes["in_force_to"] = "2010-12-31"
        elif isinstance(body, e.MatrixApproved):
            changes["decision_id"] = "another"
        known = self._known(target.header.known_at, target.header.recorded_at) if self._a % 3 == 0 else None
        self.submit(
            Correct(
                id=self._id(),
                actor="sec",
                target=target.id,
                reason="typo",
                changes=changes,
                known=known,
                noticed=self._noticed_after(target),
                causation=authority,
            )
        )

    def correct_template(self, state: str) -> None:
        """Correct a template: its notice, and what one of its rows allows."""
        del state
        name = TEMPLATES[self._a % 3]
        standing = self.record.history(f"template/{name}").standing()
        fields = [msgspec.to_builtins(each) for each in FIELDS[name]]
        fields[self._b % len(fields)]["allowed"] = ["X", "?", ""]
        self.submit(
            Correct(
                id=self._id(),
                actor="sec",
                target=standing[-1].id,
                reason="typo",
                changes={"notice": f"Notice {self._number}.", "fields": fields},
                noticed=self._noticed_after(standing[-1]),
            )
        )

    def _noticed_after(self, target: Recorded) -> str | None:
        """Return when the error is said to have been noticed: now, or between then and now."""
        earliest = max(target.header.known_at, target.header.noticed_at or "")
        part = self._a // 16
        if part < 6:
            return None
        span = moment(self.record.recorded_at()) - moment(earliest)
        return text(moment(earliest) + span * (part - 6) / 10)

    def void(self, state: str) -> None:
        """Void a standing event, or undo a void."""
        target = self._target(state)
        if target is not None:
            authority = self._authority(target)
            self.submit(
                MarkInError(
                    id=self._id(),
                    actor="sec",
                    target=target.id,
                    reason="error",
                    noticed=self._noticed_after(target),
                    causation=authority,
                )
            )

    def withdraw(self, state: str) -> None:
        """Withdraw a revision."""
        revision = self._revision(state, self._a)
        if revision is not None:
            known = self._known(self.facts(state).opened[revision].known_at)
            self.submit(
                c.WithdrawRevision(id=self._id(), actor="sec", state=state, revision=revision, reason="no", known=known)
            )

    def other(self, state: str) -> None:
        """Do what never changes State: examine, confirm, remark, supersede."""
        revision = self._revision(state, self._a)
        if revision is None:
            return
        match self._b % 4:
            case 0:
                self.submit(c.ExamineMatrix(id=self._id(), actor="sec", state=state, revision=revision))
            case 1:
                chosen = self._fields(state, revision)[self._c % 6].cell
                self.submit(c.ConfirmCells(id=self._id(), actor="sec", state=state, revision=revision, cells=(chosen,)))
            case 2:
                self.submit(
                    c.RemarkRow(
                        id=self._id(),
                        actor="sec",
                        state=state,
                        revision=revision,
                        section="op1",
                        item=1,
                        remark="see the report",
                    )
                )
            case _:
                approved = sorted({row.about for row in self.facts(state).acts if row.kind == "approved"})
                if len(approved) > 1:
                    first, last = approved[0], approved[-1]
                    self.submit(
                        c.SupersedeMatrix(id=self._id(), actor="sec", state=state, revision=first, by_revision=last)
                    )

    def _batch(self) -> Recorded | None:
        opened = self.submit(
            ImportBatch(
                id=self._id(),
                actor="sec",
                batch=f"b{self._number}",
                source="old files",
                sha256="0" * 64,
                commands=1,
            )
        )
        if opened:
            self.batches.append(opened[0])
        return opened[0] if opened else None

    def late(self, state: str) -> None:
        """Import one or two late facts."""
        batch = self._batch()
        if batch is not None:
            self.assess(state, sealed=True, batch=batch.id)
            self._c = self._c * 7 + 3
            self._a += 1
            self.assess(state, sealed=(True, None)[self._b % 2], batch=batch.id)

    def import_revision(self, state: str) -> None:
        """Import a whole revision of long ago: opened, assessed, sealed, perhaps approved and sent."""
        batch = self._batch()
        if batch is None:
            return
        start = moment("2005-01-10T15:00:00.000000Z") + timedelta(days=self._a * 4)
        days = iter(range(0, 2000, 1 + self._b % 90))
        numbers = [
            ev.body.revision
            for ev in self.record.history(ids.matrix(state)).events
            if isinstance(ev.body, e.RevisionOpened)
        ]
        revision = max(numbers, default=0) + 1
        sealed = self._revision(state, self._a, sealed=True) if self._b % 2 else None
        template = "T1"
        if sealed is not None:
            opened = self.facts(state).opening(sealed)
            assert opened is not None
            template = opened.template
            start = max(start, moment(self.facts(state).sealed[sealed].known_at))

        def when() -> str:
            return text(min(start + timedelta(days=next(days)), moment(self.record.recorded_at())))

        imported: list[Command] = [
            c.OpenRevision(
                id=self._id(),
                actor="old",
                state=state,
                template=template,
                revision=revision,
                seeded_from=sealed,
                known=when(),
            ),
        ]
        fields = FIELDS[template]
        for place in range(1 + self._c % 5):
            chosen = fields[(self._a + place * 2) % len(fields)]
            value = chosen.allowed[(self._c + place) % len(chosen.allowed)]
            imported.append(
                c.AssessCells(
                    id=self._id(),
                    actor="old",
                    state=state,
                    revision=revision,
                    known=when(),
                    cells=(c.AssessedCell(cell=chosen.cell, value=value),),
                )
            )
        if self._b % 5:
            imported.append(c.SealRevision(id=self._id(), actor="old", state=state, revision=revision, known=when()))
        if self._b % 3:
            imported.append(
                c.ApproveMatrix(
                    id=self._id(), actor="old", state=state, revision=revision, decision="old", known=when()
                )
            )
        if self._b % 4 == 1:
            imported.append(c.SendMatrix(id=self._id(), actor="old", state=state, revision=revision, known=when()))
        for command in imported:
            self.submit(command, batch.id)

    def reverse(self, state: str) -> None:
        """Reverse a batch as one."""
        del state
        batch = _pick(list(reversed(self.batches)), self._a % 4)
        if batch is not None:
            self.submit(
                ReverseBatch(id=self._id(), actor="sec", batch=batch.header.stream.rpartition("/")[2], reason="wrong")
            )


def _pick(options: Sequence[T], choice: int) -> T | None:
    return options[choice % len(options)] if options else None


_OPERATIONS: tuple[Callable[[Historian, str], None], ...] = (
    *(Historian.assess,) * 6,
    *(Historian.correct,) * 5,
    *(Historian.void,) * 4,
    *(Historian.open,) * 4,
    *(Historian.seal,) * 4,
    *(Historian.approve,) * 3,
    Historian.send,
    *(Historian.late,) * 2,
    *(Historian.repair,) * 2,
    *(Historian.publish,) * 3,
    Historian.consent,
    Historian.withdraw,
    Historian.other,
    Historian.import_revision,
    Historian.reverse,
    Historian.correct_template,
)


def random_ops(seed: int, length: int) -> list[Op]:
    """Return the operations that a seed gives."""
    chance = random.Random(seed)
    return [_op([chance.randrange(256) for _ in range(6)]) for _ in range(length)]


def _op(numbers: Sequence[int]) -> Op:
    kind, state, a, b, c_, step = numbers
    return kind, state, a, b, c_, step
