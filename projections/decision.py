"""One decision: its items and what they rest on, to whom it was circulated, how it was taken, what rests on it."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from domain import ids
from domain.deadline import DeadlineDropped, DeadlineExtended, DeadlineResumed, DeadlineSuspended, StepDone
from domain.decision import (
    CorrectionAuthorised,
    DecisionAdopted,
    DecisionCirculated,
    DecisionNotAdopted,
    DecisionProposed,
    Item,
)
from domain.matrix.documents import read_manifest
from domain.matrix.events import MatrixApproved
from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.refusals import NotFound, Refusal
from domain.values import Instant, Precision
from projections.close import close_to
from projections.engine.answering import Answered, Asking, answer, over
from projections.views.citations import VIEW as CITATIONS
from projections.views.decisions import VIEW

Taken = Literal["adopted", "not adopted"]


class When(msgspec.Struct, frozen=True, kw_only=True):
    """The event that a line tells of, and its dates."""

    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """What a hash names: the manifest of a revision (`KEN/7`), or a registered document; null if it is neither."""

    sha256: str
    kind: Literal["manifest", "document"] | None = None
    what: str | None = None
    withheld: bool = False


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered item, and what became of it, null while it is open."""

    number: int
    text: str
    rests_on: tuple[Thing, ...]
    outcome: Taken | None


class Circulation(When, frozen=True, kw_only=True):
    """To whom the proposal was circulated, by role, and with which documents."""

    recipients: tuple[str, ...]
    documents: tuple[Thing, ...]


class Outcome(When, frozen=True, kw_only=True):
    """Items adopted or not in a meeting; only what was not adopted has a reason."""

    outcome: Taken
    items: tuple[int, ...]
    meeting: str
    reason: str | None


class Resting(When, frozen=True, kw_only=True):
    """What rests on the decision: an approval with the item that names its manifest, a step or a deadline."""

    what: Literal[
        "approved", "step done", "deadline extended", "deadline suspended", "deadline resumed", "deadline dropped"
    ]
    about: str
    item: int | None


class Authority(When, frozen=True, kw_only=True):
    """The correction of an event that was authorised, and the positions of what was done on that authority."""

    target: str
    target_type: str | None
    target_stream: str | None
    reason: str
    used_by: tuple[int, ...]


class DecisionView(Answered, frozen=True, kw_only=True):
    """One decision; `title` and `proposed` are null where only what rests on it is on record."""

    decision: str
    title: str | None
    proposed: When | None
    items: tuple[ItemView, ...]
    circulations: tuple[Circulation, ...]
    outcomes: tuple[Outcome, ...]
    resting: tuple[Resting, ...]
    authorities: tuple[Authority, ...]


def decision(asking: Asking, facts: Facts, name: str) -> DecisionView:
    """Return one decision as the reader may see it.

    Raises:
        NotFound: nothing is on record of a decision of that name.
    """
    shown, withheld = asking.see(VIEW, {"decision": name})
    if not shown and not withheld:
        named = {row.of.decision: row.of.decision for row in asking.see(VIEW)[0]}
        raise NotFound(
            f"no decision {name!r} is on record there",
            where="DECISION",
            remedy=close_to(name, named) or "`ledger1540 decisions` lists them",
        )
    teller = _Teller(asking, facts, [event for _, event in asking.read(shown)])
    heading = over(asking, withheld, any(row.synthetic for row in shown))
    return answer(
        DecisionView,
        heading,
        decision=name,
        title=None if teller.proposal is None else teller.proposal.title,
        proposed=None if teller.proposed is None else When(**_when(teller.proposed)),
        items=tuple(teller.items()),
        circulations=tuple(teller.circulations()),
        outcomes=tuple(teller.outcomes),
        resting=tuple(teller.resting()),
        authorities=tuple(teller.authorities()),
    )


def _when(event: Recorded) -> dict[str, Any]:  # Any: members of a header, named as those of `When`
    return {name: getattr(event.header, name) for name in When.__struct_fields__}


class _Teller:
    """Tells the events of one decision, and of what rests on it."""

    def __init__(self, asking: Asking, facts: Facts, events: Sequence[Recorded]) -> None:
        self._asking = asking
        self._facts = facts
        self._events = events
        self.proposed = next((event for event in reversed(events) if isinstance(event.body, DecisionProposed)), None)
        body = None if self.proposed is None else self.proposed.body
        self.proposal = body if isinstance(body, DecisionProposed) else None
        self.outcomes = tuple(self._outcomes())

    def items(self) -> Iterator[ItemView]:
        """Yield the items as last proposed."""
        became: dict[int, Taken] = {number: each.outcome for each in self.outcomes for number in each.items}
        for item in self._proposed_items:
            yield ItemView(
                number=item.number,
                text=item.text,
                rests_on=tuple(self._thing(sha256) for sha256 in item.rests_on),
                outcome=became.get(item.number),
            )

    @property
    def _proposed_items(self) -> tuple[Item, ...]:
        return () if self.proposal is None else self.proposal.items

    def circulations(self) -> Iterator[Circulation]:
        """Yield to whom the proposal was circulated."""
        for event in self._events:
            if isinstance(event.body, DecisionCirculated):
                documents = tuple(self._thing(sha256) for sha256 in event.body.documents)
                yield Circulation(recipients=event.body.recipients, documents=documents, **_when(event))

    def _outcomes(self) -> Iterator[Outcome]:
        for event in self._events:
            body = event.body
            if isinstance(body, DecisionAdopted | DecisionNotAdopted):
                yield Outcome(
                    outcome="adopted" if isinstance(body, DecisionAdopted) else "not adopted",
                    items=body.items,
                    meeting=body.meeting,
                    reason=body.reason if isinstance(body, DecisionNotAdopted) else None,
                    **_when(event),
                )

    def resting(self) -> Iterator[Resting]:
        """Yield what rests on the decision; an approval only where the opening of its revision stands."""
        for event in self._events:
            match event.body:
                case MatrixApproved() as body:
                    if body.revision in MatrixFacts(self._facts, body.state, self._asking.axes.cut).opened:
                        item = next((e.number for e in self._proposed_items if body.manifest in e.rests_on), None)
                        about = f"{body.state}/{body.revision}"
                        yield Resting(what="approved", about=about, item=item, **_when(event))
                case StepDone() as body:
                    about = f"{body.duty}: {body.step}"
                    yield Resting(what="step done", about=about, item=None, **_when(event))
                case DeadlineExtended() as body:
                    about = f"{body.duty}: {body.due}"
                    yield Resting(what="deadline extended", about=about, item=None, **_when(event))
                case DeadlineSuspended() as body:
                    yield Resting(what="deadline suspended", about=body.duty, item=None, **_when(event))
                case DeadlineResumed() as body:
                    yield Resting(what="deadline resumed", about=body.duty, item=None, **_when(event))
                case DeadlineDropped() as body:
                    yield Resting(what="deadline dropped", about=body.duty, item=None, **_when(event))
                case _:
                    pass

    def authorities(self) -> Iterator[Authority]:
        """Yield the corrections that were authorised, and what was done on that authority by the position asked."""
        for event in self._events:
            if isinstance(event.body, CorrectionAuthorised):
                target = self._asking.source.event(event.body.target)
                yield Authority(
                    target=event.body.target,
                    target_type=None if target is None else target.header.type,
                    target_stream=None if target is None else target.header.stream,
                    reason=event.body.reason,
                    used_by=() if target is None else tuple(self._used(event, target)),
                    **_when(event),
                )

    def _used(self, authority: Recorded, target: Recorded) -> Iterator[int]:
        """Yield what names an authority as its cause: in the stream of its target, or in the revision approved."""
        body, streams = target.body, [target.header.stream]
        if isinstance(body, MatrixApproved):
            streams.append(ids.matrix_revision(body.state, body.revision))
        for stream in streams:
            for event in self._asking.source.history(stream).events:
                if event.header.causation_id == authority.id and event.position <= self._asking.axes.cut.position:
                    yield event.position

    def _thing(self, sha256: str) -> Thing:
        """Return what a hash names, as far as the reader may see it."""
        shown, withheld = self._asking.see(CITATIONS, {"what": "registered", "sha256": sha256})
        if shown or withheld:
            what = shown[0].of.document if shown else None
            return Thing(sha256=sha256, kind="document", what=what, withheld=not shown)
        data = self._asking.source.document(sha256)
        try:
            manifest = None if data is None else read_manifest(data)
        except Refusal:  # some other document of the store
            manifest = None
        if manifest is None:
            return Thing(sha256=sha256)
        return Thing(sha256=sha256, kind="manifest", what=f"{manifest.state}/{manifest.revision}")
