"""The catalogue: every event type and version with its struct, every command with the decision it asks for."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import msgspec

from domain import (
    access,
    access_log,
    actor,
    adopting,
    consent,
    corrected_reading,
    correcting,
    deadline,
    decision,
    disposal,
    disposed,
    document,
    duty_station,
    filing,
    fulfilling,
    holds,
    log_keys,
    mandate,
    mapping,
    outreach_calendar,
    programme,
    programme_papers,
    records,
    reversing,
    seals,
    state,
    submission,
    template,
    treaty,
)
from domain.activity import log as activity
from domain.activity import records as activity_records
from domain.acts import act
from domain.assistance import records as assistance
from domain.canonical import encode
from domain.committee import records as committee
from domain.contact import events as contact_events
from domain.contact import records as contact
from domain.correspondence import records as correspondence
from domain.deciding import Command, Context
from domain.exchange import records as exchange
from domain.forms import choices_in_words, in_words
from domain.law import entering as law
from domain.law import records as law_records
from domain.matrix import approving, assessing, consenting, publishing
from domain.matrix import commands as matrix_commands
from domain.matrix import decide as matrix
from domain.matrix import events as matrix_events
from domain.meetings import records as meetings
from domain.messages import events as message_events
from domain.messages import records as messages
from domain.no_objection import records as no_objection
from domain.organization import records as organization
from domain.practice import records as practice
from domain.recorded import Decided, Event
from domain.refusals import Conflict, MalformedInput, Refusal
from domain.review import records as review
from domain.visits import events as visit_events
from domain.visits import visit

C = TypeVar("C", bound=Command)
Decide = Callable[[Command, Context], Decided]


class UnknownType(Refusal):
    """An event type or version that this program does not know."""


_MODULES = (
    records.EVENTS,
    actor.EVENTS,
    state.EVENTS,
    template.EVENTS,
    mapping.EVENTS,
    mandate.EVENTS,
    document.EVENTS,
    corrected_reading.EVENTS,
    programme.EVENTS,
    programme_papers.EVENTS,
    deadline.EVENTS,
    submission.EVENTS,
    decision.EVENTS,
    matrix_events.EVENTS,
    exchange.EVENTS,
    consent.EVENTS,
    duty_station.EVENTS,
    committee.EVENTS,
    assistance.EVENTS,
    visit_events.EVENTS,
    activity_records.EVENTS,
    practice.EVENTS,
    law_records.EVENTS,
    treaty.EVENTS,
    meetings.EVENTS,
    outreach_calendar.EVENTS,
    organization.EVENTS,
    correspondence.EVENTS,
    contact_events.EVENTS,
    holds.EVENTS,
    no_objection.EVENTS,
    message_events.EVENTS,
    access_log.EVENTS,
    filing.EVENTS,
    review.EVENTS,
    disposed.EVENTS,
    seals.EVENTS,
    log_keys.EVENTS,
)
TYPES: Mapping[str, type[Event]] = {kind.topic(): kind for events in _MODULES for kind in events}
"""Every struct by its type and version, `matrix.cell-assessed@1`, in the order in which they are registered."""


def body_type(type_name: str, version: int) -> type[Event]:
    """Return the struct of an event type and version.

    Raises:
        UnknownType: this program does not know it.
    """
    try:
        return TYPES[f"{type_name}@{version}"]
    except KeyError:
        raise UnknownType(
            f"{type_name}@{version} is not known to this program", remedy="read the record with a newer one"
        ) from None


def _by(decide: Callable[[C, Context], Decided]) -> Decide:
    return cast(Decide, decide)


_OWN: dict[type[Command], Decide] = {
    records.RegisterType: _by(records.register_type),
    records.AcceptClock: _by(records.accept_clock),
    records.ImportBatch: _by(records.import_batch),
    records.ReverseBatch: _by(reversing.reverse_batch),
    records.SkipEvent: _by(records.skip_event),
    actor.RegisterActor: _by(actor.register),
    actor.GrantRole: _by(actor.grant),
    actor.DelegateRole: _by(actor.delegate),
    actor.WithdrawRole: _by(actor.withdraw),
    state.RegisterState: _by(state.register),
    state.RenameState: _by(state.rename),
    template.AdoptTemplate: _by(template.decide_adopt),
    mapping.AdoptMapping: _by(mapping.decide_adopt),
    document.RegisterDocument: _by(document.register),
    document.RegisterSealedDocument: _by(document.register),
    corrected_reading.ReadAgain: _by(corrected_reading.read_again),
    document.WithdrawDocument: _by(document.withdraw),
    submission.ReceiveSubmission: _by(submission.receive),
    submission.DeclareNoChange: _by(submission.declare_no_change),
    submission.ReadSubmission: _by(submission.read),
    submission.WithdrawSubmission: _by(submission.withdraw),
    decision.Propose: _by(adopting.propose),
    decision.Circulate: _by(adopting.circulate),
    decision.Adopt: _by(adopting.adopt),
    decision.DoNotAdopt: _by(adopting.do_not_adopt),
    decision.AuthoriseCorrection: _by(adopting.authorise_correction),
    matrix_commands.OpenRevision: _by(matrix.open_revision),
    matrix_commands.AssessCells: _by(assessing.assess),
    matrix_commands.ConfirmCells: _by(assessing.confirm),
    matrix_commands.RemarkRow: _by(assessing.remark),
    matrix_commands.WithdrawRevision: _by(matrix.withdraw),
    matrix_commands.SealRevision: _by(matrix.seal),
    matrix_commands.ExamineMatrix: _by(matrix.examine),
    matrix_commands.ApproveMatrix: _by(approving.approve),
    matrix_commands.SupersedeMatrix: _by(matrix.supersede),
    matrix_commands.SendMatrix: _by(matrix.send),
    matrix_commands.AskConsent: _by(consenting.ask),
    matrix_commands.GiveConsent: _by(consenting.give),
    matrix_commands.RefuseConsent: _by(consenting.refuse),
    matrix_commands.WithdrawConsent: _by(consenting.withdraw),
    matrix_commands.PublishMatrix: _by(publishing.publish),
    matrix_commands.UnpublishMatrix: _by(publishing.unpublish),
    correcting.Correct: _by(correcting.correct),
    correcting.MarkInError: _by(correcting.mark_in_error),
}
DECISIONS: Mapping[type[Command], Decide] = {
    **_OWN,
    **mandate.DECISIONS,
    **programme.DECISIONS,
    **programme_papers.DECISIONS,
    **fulfilling.DECISIONS,
    **duty_station.DECISIONS,
    **committee.DECISIONS,
    **assistance.DECISIONS,
    **visit.DECISIONS,
    **activity.DECISIONS,
    **practice.DECISIONS,
    **law.DECISIONS,
    **treaty.DECISIONS,
    **meetings.DECISIONS,
    **outreach_calendar.DECISIONS,
    **organization.DECISIONS,
    **correspondence.DECISIONS,
    **exchange.DECISIONS,
    **contact.DECISIONS,
    **holds.DECISIONS,
    **no_objection.DECISIONS,
    **messages.DECISIONS,
    **access_log.DECISIONS,
    **filing.DECISIONS,
    **review.DECISIONS,
    **disposal.DECISIONS,
    **seals.DECISIONS,
    **log_keys.DECISIONS,
}
"""Every command with the decision it asks for."""


def tag_of(kind: type[Command]) -> str:
    """Return the name of a command in files: `assess`."""
    return str(kind.__struct_config__.tag)


COMMANDS: Mapping[str, type[Command]] = {tag_of(kind): kind for kind in DECISIONS}
"""Every command by the name it has in files and on the command line."""


def decide(command: Command, context: Context) -> Decided:
    """Return what a command asks to be recorded, if a role on record allows it and the rules do.

    Raises:
        Refusal: by its own name, in the Committee's words; nothing is recorded.
    """
    role = access.require(command, tag_of(type(command)), context)
    decided = DECISIONS[type(command)](command, context)
    struck = [draft.stream for draft in decided.drafts if draft.strikes is not None]
    if struck and not context.importing:  # what a strike is of is known only once it is decided
        role = access.require(command, tag_of(type(command)), context, among=access.strikers(struck))
    _check_seen(command, decided, context)
    return Decided(decided.drafts, decided.documents, role)


def _check_seen(command: Command, decided: Decided, context: Context) -> None:
    """Refuse what rests on an older view: a later event on the same stream and subject than the person saw."""
    if command.seen_position is None:
        return
    if command.seen_position > context.before:
        raise MalformedInput(
            f"position {command.seen_position} is not on record yet", where="seen_position", remedy="say what you saw"
        )
    for stream in {draft.stream for draft in decided.drafts}:
        subjects = {draft.subject for draft in decided.drafts if draft.stream == stream}
        for event in reversed(context.record.history(stream).events):
            if event.position <= command.seen_position:
                break
            if event.header.subject in subjects:
                raise Conflict(
                    f"{event.header.subject or stream} has changed since position {command.seen_position}: "
                    f"{event.header.type} by {event.header.role} at position {event.position}",
                    where="seen_position",
                    remedy="look again, then decide",
                )


def encode_command(command: Command) -> bytes:
    """Return the canonical bytes of a command, by which a repeated request is recognised."""
    return encode(command)


def decode_command(data: bytes, *, where: str = "") -> Command:
    """Return the command that a line of JSON holds.

    Raises:
        MalformedInput: an unknown command, an unknown or missing member, a wrong value.
    """
    try:
        tag = msgspec.json.decode(data, type=_Tagged).command
    except msgspec.DecodeError as error:
        raise MalformedInput(f"not a command: {error}", where=where) from None
    kind = COMMANDS.get(tag)
    if kind is None:
        raise MalformedInput(f"unknown command {tag!r}", where=where, remedy=f"one of {', '.join(sorted(COMMANDS))}")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        what, remedy = choices_in_words(in_words(str(error)), kind), f"how to {act(tag)}: docs/reference/commands.md"
        raise MalformedInput(what, where=where, remedy=remedy) from None


class _Tagged(msgspec.Struct):
    command: str
