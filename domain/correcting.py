"""Correcting the record itself: replacing what was recorded wrongly, voiding what never should have been."""

import msgspec

from domain import records
from domain.actor import check_keeper_stays
from domain.canonical import check_profile
from domain.deciding import Command, Context
from domain.foreseen import Foreseen
from domain.matrix.authority import authorised
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved
from domain.matrix.facts import opening_stands
from domain.matrix.guards import may_undo, may_void
from domain.matrix.replacing import check_correction
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Refusal
from domain.standing import Cut
from domain.undermining import check_grounds
from domain.values import Instant, Precision
from domain.voiding import in_error

FIXED = frozenset(
    (
        "actor",
        "carried",
        "cell",
        "deadline",
        "decision",
        "document",
        "duty",
        "expert",
        "from_template",
        "group",
        "mandate",
        "manifest",
        "office",
        "programme",
        "revision",
        "seeded_from",
        "state",
        "station",
        "submission",
        "template",
        "to_template",
        "year",
    )
)
"""What a replacement has in common with what it replaces: what the event is about."""
FIXED_IN_APPROVALS = frozenset(("basis", "decision_id"))
"""An approval under another decision is another approval."""

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
    """A replacement is about the same thing as what it replaces: State, revision, cell, document, decision."""


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
    if not opening_stands(context.record, target):
        raise DoesNotStand(f"event {target.id} does not stand, nor does the opening of its revision", where="target")
    return target


def correct(command: Correct, context: Context) -> Decided:
    """Replace a standing event by one of the same type (a cell's by `cell-corrected`)."""
    target = standing_target(context, command.target)
    if target.header.voids:
        raise CannotBeStruck("what voids is undone with `in-error`, not replaced")
    fixed = sorted(set(command.changes) & (FIXED | _fixed_besides(target.body)))
    if fixed:
        raise FixedMember(f"{fixed[0]} cannot be corrected", where="changes", remedy="void it and record it anew")
    check_profile(command.changes, where="changes")
    body = _changed(target.body, command)
    known_at, precision = _known(command, target, context)
    check_correction(context, target, body, known_at)
    authorised(context, target, target)
    draft = Draft(
        stream=target.header.stream,
        event=body,
        audience=target.header.audience,
        subject=target.header.subject,
        strikes=target.id,
        known_at=known_at,
        known_precision=precision,
    )
    _check_rest(context, Foreseen(context, (draft,)))
    return Decided((draft,))


def _fixed_besides(body: Event) -> frozenset[str]:
    return FIXED_IN_APPROVALS if isinstance(body, MatrixApproved) else frozenset()


def _check_rest(context: Context, then: Foreseen) -> None:
    """Refuse a strike that takes away what others rest on, or the last of those who keep the record."""
    check_grounds(context, then)
    check_keeper_stays(context, then)


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
    """Void a standing event on which nothing rests; a void is undone where what then stands again has its source."""
    target = standing_target(context, command.target)
    draft = in_error(target, command.reason, _known(command, target, context))
    then = Foreseen(context, (draft,))
    _check_rest(context, then)
    if target.header.voids:
        may_undo(context, target)
    else:
        may_void(context, target, then)
    return Decided((draft,))
