"""Disposal: when its time in the file plan is over, a body or a document goes, on authority and by two persons.

The header stays, and with it every proof. What an answer on a State is made of is never disposed of.
"""

from collections.abc import Iterator
from typing import cast

from domain import authority, document, filing, holds, ids
from domain.audiences import SECRETARIAT
from domain.content import name_of
from domain.corrected_reading import DocumentReadAgain
from domain.deciding import Command, Context, fold_of
from domain.disposed import STREAM, DisposalProposed, RecordDisposed, disposed_documents
from domain.document import DocumentRegistered
from domain.mandate import Decide
from domain.recorded import Decided, Disposed, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.standing import Family
from domain.times import moment
from domain.undermining import check_unneeded
from domain.values import Name

KINDS = ("activity", "contact", "correspondence", "organization")
"""Kinds of streams whose bodies can go: logs and correspondence, of which no matrix, consent or decision is made."""


class ProposeDisposal(Command, frozen=True, kw_only=True, tag="propose-disposal"):
    """Propose that the bodies of events go, or the bytes of a document, as the class of the file plan allows."""

    disposal: Name
    file_class: Name
    reason: str
    events: tuple[str, ...] = ()
    registered: Name | None = None


class AuthoriseDisposal(Command, frozen=True, kw_only=True, tag="authorise-disposal"):
    """As a second person, dispose of what was proposed; the verb `dispose` then does away with it."""

    disposal: Name
    decision: Name | None = None
    document: Name | None = None


class SamePerson(Refusal):
    """Who proposed a disposal does not also authorise it."""


class RetentionRuns(Refusal):
    """What is kept for some years is not disposed of before they are over."""


class NeverDisposed(Refusal):
    """Of some things the body never goes."""


def propose(command: ProposeDisposal, context: Context) -> Decided:
    """Propose a disposal under a name of its own."""
    targets = sorted((context.target(each) for each in set(command.events)), key=lambda each: each.position)
    event = DisposalProposed(
        disposal=command.disposal,
        file_class=command.file_class,
        reason=command.reason,
        event_ids=tuple(each.id for each in targets),
        positions=tuple(each.position for each in targets),
        registered=command.registered,
    )
    if any(isinstance(each.body, DisposalProposed) and each.body.disposal == event.disposal for each in _all(context)):
        raise Conflict(f"disposal {event.disposal} is on record already", where="disposal", remedy="use another name")
    return _decided(event, event, context)


def authorise(command: AuthoriseDisposal, context: Context) -> Decided:
    """Dispose of what another person proposed."""
    proposed = next((e for e in _all(context) if _proposes(e, command.disposal)), None)
    if proposed is None:
        raise NotFound(f"no disposal {command.disposal} is proposed", where="disposal", remedy="propose it first")
    if proposed.header.actor == context.actor:
        raise SamePerson(f"{context.actor} proposed this disposal", where="actor", remedy="a second person authorises")
    body = proposed.body
    assert isinstance(body, DisposalProposed)  # noqa: S101 - chosen so
    event = RecordDisposed(
        disposal=body.disposal,
        file_class=body.file_class,
        event_ids=body.event_ids,
        positions=body.positions,
        registered=body.registered,
        decision_id=command.decision,
        document_id=command.document,
    )
    authority.check(event, context)
    return _decided(event, body, context)


def _proposes(event: Recorded, disposal: str) -> bool:
    return isinstance(event.body, DisposalProposed) and event.body.disposal == disposal


def _all(context: Context) -> tuple[Recorded, ...]:
    return context.standing(STREAM)


def _decided(event: Event, of: DisposalProposed, context: Context) -> Decided:
    if context.importing:
        raise Conflict("what is disposed of is disposed of here and now", remedy="record it live")
    if (not of.event_ids) == (of.registered is None):
        raise MalformedInput("a disposal is of events, or of one document", where="events", remedy="name one of both")
    years = filing.class_of(context, of.file_class).retention_years
    for target in _targets(of, context):
        holds.require_free(context, target.header.stream)
        _check_time(target, years, context)
    return Decided((Draft(stream=STREAM, event=event, audience=SECRETARIAT),))


def _targets(of: DisposalProposed, context: Context) -> Iterator[Recorded]:
    if of.registered is not None:
        yield _document(of.registered, context)
    gone = set(of.event_ids)
    for each in of.event_ids:
        target = context.target(each)
        kind = ids.prefix(target.header.stream)
        if kind not in KINDS:
            raise NeverDisposed(f"{target.header.type} is never disposed of", where="events", remedy=", ".join(KINDS))
        if isinstance(target.body, Disposed):
            raise Conflict(f"event {target.id} is disposed of already", where="events")
        _check_whole(context.record.history(target.header.stream).family(target.id), gone)
        check_unneeded(context, context.record.history(target.header.stream).family(target.id), gone)
        yield target


def _check_whole(family: Family, gone: set[str]) -> None:
    left = [member for member in family.members if member.id not in gone and not isinstance(member.body, Disposed)]
    if left:
        raise Conflict(
            f"event {left[0].id} corrects or is corrected by what would go",
            where="events",
            remedy="a fact goes with all that was said of it",
        )


def _document(name: str, context: Context) -> Recorded:
    """Return the registration of a document whose bytes may go."""
    found = document.registered(context, name, where="registered")
    assert isinstance(found.body, DocumentRegistered)  # noqa: S101 - `registered` returns nothing else
    if name in disposed_documents(_all(context)):
        raise Conflict(f"document {name} is disposed of already", where="registered")
    if fold_of(context.standing(document.stream(name)), DocumentReadAgain):
        raise NeverDisposed(f"a corrected reading of {name} stands", where="registered", remedy="void that first")
    stored = name_of(found.body.content)
    for event in context.record.after(0):
        body = event.body
        if isinstance(body, DocumentRegistered) and body.document != name and name_of(body.content) == stored:
            raise Conflict(f"document {body.document} has the same bytes", where="registered")
    return found


def _check_time(target: Recorded, years: int | None, context: Context) -> None:
    if years is None:
        raise NeverDisposed("this class of the file plan is kept for ever", where="file_class")
    known, now = moment(target.header.known_at), moment(context.recorded_at)
    # Compared part by part, since 29 February has no anniversary in most years.
    if (known.year + years, known.month, known.day) >= (now.year, now.month, now.day):
        raise RetentionRuns(
            f"{target.header.type} {target.id} is kept for {years} years from {target.header.known_at[:10]}",
            where="file_class",
        )


DECISIONS: dict[type[Command], Decide] = {
    ProposeDisposal: cast("Decide", propose),
    AuthoriseDisposal: cast("Decide", authorise),
}
