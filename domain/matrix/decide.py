"""Decisions on a revision: opening, withdrawing, sealing, examining, superseding, sending."""

from domain import ids
from domain.audiences import COMMITTEE, with_state
from domain.canonical import sha256
from domain.deciding import Context
from domain.exchange.sending import MatrixSent
from domain.matrix import commands as c
from domain.matrix import events as e
from domain.matrix.assessing import RevisionGivenUp, RevisionSealed
from domain.matrix.file import NotSealed, StateFile, in_order
from domain.matrix.seeding import carry_over, manifest
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, NotFound, Refusal


class RevisionTaken(Refusal):
    """A revision number is never used again."""


def open_revision(command: c.OpenRevision, context: Context) -> Decided:
    """Open the next revision, seeded from a sealed one or empty."""
    file = StateFile(context, command.state)
    acts = context.record.history(ids.matrix(command.state))
    used = {event.body.revision for event in acts.events if isinstance(event.body, e.RevisionOpened)}
    revision = command.revision or max(used, default=0) + 1
    if revision in used:
        raise RevisionTaken(f"revision {revision} of {command.state} has been used", remedy=f"use {max(used) + 1}")
    documents: tuple[bytes, ...] = ()
    source = command.seeded_from
    if source is not None:
        in_order(file.seal(source).known_at, context.known_at, f"opening of a revision seeded from {source}")
        documents = (carry_over(file, revision, command.template, source, context.known_at),)
    else:
        file.facts.template(command.template, file.now.cut)
    event = e.RevisionOpened(
        state=command.state,
        revision=revision,
        template=command.template,
        seeded_from=source,
        carried=sha256(documents[0]) if documents else None,
    )
    return Decided((_act(command.state, event),), documents)


def _act(state: str, event: Event) -> Draft:
    return Draft(stream=ids.matrix(state), event=event, audience=COMMITTEE)


def withdraw(command: c.WithdrawRevision, context: Context) -> Decided:
    """Give up a revision that is not given up already."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "withdrawn before the opening")
    if file.withdrawal(command.revision) is not None:
        raise RevisionGivenUp(f"revision {command.revision} was withdrawn already")
    event = e.RevisionWithdrawn(state=command.state, revision=command.revision, reason=command.reason)
    return Decided((_act(command.state, event),))


def seal(command: c.SealRevision, context: Context) -> Decided:
    """Close a revision: its manifest is its working standing, as believed at the seal's known date."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    if command.revision in file.now.sealed:
        raise RevisionSealed(f"revision {command.revision} is sealed already")
    if file.withdrawal(command.revision) is not None:
        raise RevisionGivenUp(f"revision {command.revision} was withdrawn")
    last = max((event.header.known_at for event in file.cell_events(command.revision)), default=opened.known_at)
    in_order(max(opened.known_at, last), context.known_at, "a seal known before its cells")
    document = manifest(file, command.revision, context.known_at)
    event = e.RevisionSealed(state=command.state, revision=command.revision, manifest=sha256(document))
    return Decided((_act(command.state, event),), (document,))


def examine(command: c.ExamineMatrix, context: Context) -> Decided:
    """Record an examination of a revision, sealed or not."""
    file = StateFile(context, command.state)
    opened, _ = file.opening(command.revision)
    in_order(opened.known_at, context.known_at, "examined before the opening")
    if command.manifest is not None and command.manifest != file.manifest(command.revision):
        raise NotSealed(f"revision {command.revision} has another manifest than {command.manifest}")
    event = e.MatrixExamined(
        state=command.state, revision=command.revision, manifest=command.manifest, note=command.note
    )
    return Decided((_act(command.state, event),))


def supersede(command: c.SupersedeMatrix, context: Context) -> Decided:
    """Say that an approved revision is replaced by another."""
    event = e.MatrixSuperseded(state=command.state, revision=command.revision, by_revision=command.by_revision)
    check_superseded(event, context)
    return Decided((_act(command.state, event),))


def check_superseded(event: e.MatrixSuperseded, context: Context) -> None:
    """Refuse that a revision is replaced by itself, or by one that is not approved, or without being so."""
    file = StateFile(context, event.state)
    approved = {row.about for row in file.now.acts if row.kind == "approved"}
    if event.revision == event.by_revision:
        raise Conflict(f"revision {event.revision} cannot be superseded by itself", where="by_revision")
    for revision in (event.revision, event.by_revision):
        if revision not in approved:
            raise NotFound(f"revision {revision} of {event.state} is not approved")


def send(command: c.SendMatrix, context: Context) -> Decided:
    """Send a sealed revision's manifest to the State."""
    file = StateFile(context, command.state)
    sealed = file.seal(command.revision)
    in_order(sealed.known_at, context.known_at, "sent before the seal")
    basis = tuple(context.target(each).id for each in command.basis) or (sealed.event_id,)
    event = MatrixSent(state=command.state, manifest=file.manifest(command.revision), basis=basis)
    draft = Draft(stream=ids.exchange(command.state), event=event, audience=with_state(command.state))
    return Decided((draft,))
