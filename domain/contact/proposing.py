"""Two persons for every contact: one proposes it or a change of it, another confirms."""

from domain import document, period, sealed, state
from domain.audiences import COMMITTEE, with_state
from domain.contact.commands import ConfirmContact, Details, ProposeContact
from domain.contact.events import ContactConfirmed, ContactErased, ContactProposed
from domain.contact.file import file_of, stream
from domain.deciding import Context, fold_of
from domain.organization import registering
from domain.recorded import Decided, Draft, Recorded
from domain.records import came_late
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal

FIELDS = Details.__struct_fields__
"""The personal fields, in the order in which they are shown."""


class SamePerson(Refusal):
    """Who proposed a contact does not also confirm it."""


class Erased(Refusal):
    """Nothing more is recorded of a person who was erased."""


def propose(command: ProposeContact, context: Context) -> Decided:
    """Propose a contact, or what is to hold of one that has not ended."""
    roots = [event for event in context.record.history(stream(command.contact)).events if event.header.strikes is None]
    event = ContactProposed(
        contact=command.contact,
        proposal=1 + sum(isinstance(each.body, ContactProposed) for each in roots),
        party=command.party,
        state=command.state,
        organization=command.organization,
        seat=command.seat,
        language=command.language,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        details=command.details,
        document_id=command.document,
    )
    check(event, context)
    if file_of(context.standing(stream(command.contact))).ended is not None and not context.importing:
        raise Conflict(f"contact {command.contact} has ended", where="contact", remedy="propose a new one")
    audience = COMMITTEE if event.state is None else with_state(event.state)
    return Decided((Draft(stream=stream(event.contact), event=event, audience=audience),))


def check(event: ContactProposed | ContactConfirmed, context: Context) -> None:
    """Refuse a contact of nobody in particular or without a sealed field, of an erased person, or of another party."""
    standing = context.standing(stream(event.contact))
    if fold_of(standing, ContactErased):
        raise Erased(f"contact {event.contact} was erased", where="contact", remedy="propose a new one")
    if isinstance(event, ContactConfirmed):
        proposed(context, event.contact, event.proposal)
        return
    _check_party(event)
    if event.state is not None:
        state.registered(context, event.state)
    registering.check_named(context, event.organization)
    period.check(event.valid_from, event.valid_to)
    given = {name: getattr(event.details, name) for name in FIELDS if getattr(event.details, name) is not None}
    if not given:
        raise MalformedInput("a contact has one personal field at least", where="details", remedy=", ".join(FIELDS))
    for name, each in given.items():
        sealed.check(each, f"details.{name}")
    if event.document_id is not None:
        document.registered(context, event.document_id)
    for other in file_of(standing).proposals:
        if (other.party, other.state, other.organization) != (event.party, event.state, event.organization):
            raise Conflict(
                f"{event.contact} is a contact of another party", where="party", remedy="end it and propose a new one"
            )


def _check_party(event: ContactProposed) -> None:
    named = (event.state is not None, event.organization is not None)
    if named != (event.party != "organization", event.party == "organization"):
        raise MalformedInput(
            "a contact of a State or its Mission names the State, one of an organization the organization",
            where="party",
            remedy="give --state or --organization",
        )


def proposed(context: Context, contact: str, proposal: int) -> Recorded:
    """Return the standing proposal of a contact with this number.

    Raises:
        NotFound: there is none.
    """
    for each in fold_of(context.standing(stream(contact)), ContactProposed):
        if isinstance(each.body, ContactProposed) and each.body.proposal == proposal:
            return each
    raise NotFound(f"there is no proposal {proposal} of contact {contact}", where="proposal", remedy="propose it first")


def confirm(command: ConfirmContact, context: Context) -> Decided:
    """Confirm the last proposal, as another person than who wrote any word of it."""
    event = ContactConfirmed(contact=command.contact, proposal=command.proposal)
    check(event, context)
    found = proposed(context, event.contact, event.proposal)
    pending = file_of(context.standing(stream(event.contact))).pending
    if pending is None or pending.proposal != event.proposal:
        last = "none waits" if pending is None else f"proposal {pending.proposal} is the last"
        raise Conflict(f"proposal {event.proposal} does not wait for a second person: {last}", where="proposal")
    if context.known_at < found.header.known_at:
        raise Conflict(f"proposal {event.proposal} was made later than {context.known_at}", where="known")
    if context.importing and not came_late(context.record, (found,)):
        raise SamePerson("what was proposed here is not confirmed by an import", remedy="a second person confirms it")
    authors = {each.header.actor for each in context.record.history(stream(event.contact)).family(found.id).members}
    if context.actor in authors:
        raise SamePerson(f"{context.actor} proposed it", where="actor", remedy="a second person confirms it")
    return Decided((Draft(stream=stream(event.contact), event=event, audience=found.header.audience),))
