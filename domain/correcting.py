"""Correcting the record itself: replacing what was recorded wrongly, voiding what never should have been."""

from collections.abc import Collection, Iterator

import msgspec

from domain import (
    actor,
    consent,
    deadline,
    decision,
    document,
    exchange,
    mandate,
    mapping,
    programme,
    records,
    state,
    submission,
    template,
)
from domain.canonical import check_profile
from domain.deciding import Command, Context, RecordView
from domain.ids import prefix
from domain.matrix.events import CellAssessed, CellCorrected, MatrixRecordedInError
from domain.matrix.guards import check_correction, check_nothing_hangs, may_undo, may_void, opening_stands
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import MalformedInput, Refusal
from domain.standing import Cut, History, history
from domain.values import Instant, Precision

IN_ERROR: dict[str, type[RecordedInError]] = {
    "actor": actor.ActorRecordedInError,
    "consent": consent.ConsentRecordedInError,
    "deadline": deadline.DeadlineRecordedInError,
    "decision": decision.DecisionRecordedInError,
    "document": document.DocumentRecordedInError,
    "exchange": exchange.ExchangeRecordedInError,
    "mandate": mandate.MandateRecordedInError,
    "mapping": mapping.MappingRecordedInError,
    "matrix": MatrixRecordedInError,
    "programme": programme.ProgrammeRecordedInError,
    "record": records.RecordRecordedInError,
    "state": state.StateRecordedInError,
    "submission": submission.SubmissionRecordedInError,
    "template": template.TemplateRecordedInError,
}
FIXED = ("state", "revision", "cell", "manifest", "template", "seeded_from", "carried")
"""What a replacement has in common with what it replaces."""

Change = str | int | bool | list[object] | dict[str, object] | None


class Correct(Command, frozen=True, kw_only=True, tag="correct"):
    """Replace a standing event: `changes` are members of its body; without `known` its known date stays.

    `target` is an event id, or `KEY#INDEX` of an earlier command.
    """

    target: str
    reason: str
    changes: dict[str, Change] = msgspec.field(default_factory=dict)


class MarkInError(Command, frozen=True, kw_only=True, tag="in-error"):
    """Void a standing event, or undo a void: it should never have been recorded."""

    target: str
    reason: str


class DoesNotStand(Refusal):
    """Only what stands can be struck."""


class CannotBeStruck(Refusal):
    """The record's own registrations are for ever."""


class FixedMember(Refusal):
    """A replacement keeps State, revision, cell, manifest, template and seeding of what it replaces."""


class WrongMember(Refusal):
    """A change does not fit the type it would change."""


def standing_target(context: Context, reference: str) -> Recorded:
    """Return the event a correction names, which must stand; refuse by naming what does."""
    target = context.target(reference)
    if isinstance(target.body, records.TypeRegistered | records.BatchImported | records.BatchReversed):
        raise CannotBeStruck(f"{target.header.type} cannot be struck")
    known = context.record.history(target.header.stream)
    cut = Cut(position=context.before)
    if not known.stands(target.id, cut):
        stands = known.family(target.id).standing(cut.position, cut.noticed_by)
        what = "nothing stands in its place" if stands is None else f"event {stands.id} stands in its place"
        raise DoesNotStand(f"event {target.id} does not stand; {what}", where="target")
    if not opening_stands(context, target):
        raise DoesNotStand(f"event {target.id} does not stand, nor does the opening of its revision", where="target")
    return target


def correct(command: Correct, context: Context) -> Decided:
    """Replace a standing event by one of the same type (a cell's by `cell-corrected`)."""
    target = standing_target(context, command.target)
    if target.header.voids:
        raise CannotBeStruck("what voids is undone with `in-error`, not replaced")
    fixed = sorted(set(command.changes) & set(FIXED))
    if fixed:
        raise FixedMember(f"{fixed[0]} cannot be corrected", where="changes", remedy="void it and record it anew")
    check_profile(command.changes, where="changes")
    body = _changed(target.body, command)
    known_at, precision = _known(command, target, context)
    check_correction(context, target, body, known_at)
    draft = Draft(
        stream=target.header.stream,
        event=body,
        audience=target.header.audience,
        subject=target.header.subject,
        strikes=target.id,
        known_at=known_at,
        known_precision=precision,
    )
    return Decided((draft,))


def _known(command: Command, target: Recorded, context: Context) -> tuple[Instant, Precision]:
    """Return the known date of what strikes `target`: the same, unless the command states another."""
    if command.known is None:
        return target.header.known_at, target.header.known_precision
    return context.known_at, context.known_precision


def _changed(body: Event, command: Correct) -> Event:
    members = {name: getattr(body, name) for name in body.__struct_fields__}
    unknown = sorted(set(command.changes) - set(members) - {"reason"})
    if unknown:
        raise WrongMember(f"{body.TYPE} has no member {unknown[0]!r}", where="changes")
    kind: type[Event] = type(body)
    if isinstance(body, CellAssessed | CellCorrected):
        kind = CellCorrected
        members |= {"reason": command.reason}
    try:
        return msgspec.convert(msgspec.to_builtins(members) | command.changes, kind)
    except msgspec.ValidationError as error:
        raise WrongMember(str(error), where="changes") from None


def mark_in_error(command: MarkInError, context: Context) -> Decided:
    """Void a standing event; a void is undone only where what then stands again has its source."""
    target = standing_target(context, command.target)
    if target.header.voids:
        may_undo(context, target)
    else:
        may_void(context, target)
    return Decided((_in_error(target, command.reason, _known(command, target, context)),))


def _in_error(
    target: Recorded, reason: str, known: tuple[Instant, Precision], noticed_at: Instant | None = None
) -> Draft:
    """Return the draft that voids an event, in its stream and with its subject."""
    return Draft(
        stream=target.header.stream,
        event=IN_ERROR[prefix(target.header.stream)](reason=reason),
        audience=target.header.audience,
        subject=target.header.subject,
        strikes=target.id,
        noticed_at=noticed_at,
        known_at=known[0],
        known_precision=known[1],
    )


class _Without:
    """The record as if some of its events had never been: what their reversal leaves standing."""

    def __init__(self, record: RecordView, gone: Collection[str]) -> None:
        self._record = record
        self._gone = gone

    def history(self, stream: str) -> History:
        return history(event for event in self._record.history(stream).events if event.id not in self._gone)

    def event(self, event_id: str) -> Recorded | None:
        return None if event_id in self._gone else self._record.event(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        return (event for event in self._record.after(position) if event.id not in self._gone)

    def document(self, sha256: str) -> bytes | None:
        return self._record.document(sha256)


def reverse_batch(command: records.ReverseBatch, context: Context) -> Decided:
    """Void every event of a batch, the last first; an error of the import is noticed when the fact was known."""
    opened = [
        event
        for event in context.record.history(records.batch_stream(command.batch)).events
        if isinstance(event.body, records.BatchImported)
    ]
    if not opened:
        raise MalformedInput(f"no batch {command.batch} is on record", where="batch")
    later = list(context.record.after(opened[0].position))
    batch = {event.id: event for event in later if event.header.causation_id == opened[0].id}
    outside = next((e for e in later if e.header.strikes in batch and e.id not in batch), None)
    if outside is not None:
        raise MalformedInput(
            f"event {outside.id} (position {outside.position}) corrects this batch since",
            where="batch",
            remedy="void that first",
        )
    reversible = [event for event in reversed(batch.values()) if not records.is_about_itself(event.header.stream)]
    without = _Without(context.record, batch)
    for concerned in sorted({_state_of(event) for event in reversible} - {""}):
        check_nothing_hangs(without, concerned)
    drafts = [
        _in_error(
            event,
            command.reason,
            (event.header.known_at, event.header.known_precision),
            max(event.header.known_at, event.header.noticed_at or ""),
        )
        for event in reversible
    ]
    done = records.BatchReversed(batch=command.batch, reason=command.reason, events=max(len(drafts), 1))
    stream = records.batch_stream(command.batch)
    return Decided((*drafts, Draft(stream=stream, event=done, audience=opened[0].header.audience)))


def _state_of(event: Recorded) -> str:
    """Return the State whose matrix an event bears on, or nothing."""
    kind, _, rest = event.header.stream.partition("/")
    return rest.partition("/")[0] if kind in ("matrix", "exchange", "consent") else ""
