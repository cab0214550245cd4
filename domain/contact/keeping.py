"""What becomes of a contact: its party stands by it, mail comes back, it ends, its person is erased."""

import re

from msgspec.structs import replace

from domain import authority, document, period
from domain.contact.commands import BounceContact, EndContact, EraseContact, ReaffirmContact
from domain.contact.events import ContactBounced, ContactEnded, ContactErased, ContactProposed, NoChangeOfContact
from domain.contact.file import ContactFile, file_of, stream
from domain.contact.proposing import Erased
from domain.deciding import Context, fold_of
from domain.holds import require_free
from domain.recorded import Decided, Draft, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound

Kept = NoChangeOfContact | ContactBounced | ContactEnded
_STATUS = re.compile(r"[245](\.[0-9]{1,3}){0,2}|returned")


def reaffirm(command: ReaffirmContact, context: Context) -> Decided:
    """Record a party's word that nothing has changed."""
    return _decided(NoChangeOfContact(contact=command.contact, document_id=command.document), context)


def bounce(command: BounceContact, context: Context) -> Decided:
    """Record what came back, by the status alone: what mail systems say beside it names persons."""
    return _decided(ContactBounced(contact=command.contact, status=command.status), context)


def end(command: EndContact, context: Context) -> Decided:
    """End a contact."""
    event = ContactEnded(
        contact=command.contact, valid_to=command.valid_to, ending=command.ending, document_id=command.document
    )
    return _decided(event, context)


def erase(command: EraseContact, context: Context) -> Decided:
    """Erase a person on whom no hold runs; this is done here and now, and never undone."""
    event = ContactErased(
        contact=command.contact, reason=command.reason, decision_id=command.decision, document_id=command.document
    )
    if context.importing or command.known is not None:
        raise Conflict("a person is erased here and now", where="known", remedy="erase it live, without --known")
    check(event, context)
    return Decided((_draft(event, context),))


def _decided(event: Kept, context: Context) -> Decided:
    """Record what became of a contact; done now, it comes after all that stands, whatever date is stated."""
    check(event, context if context.importing else replace(context, known_at=context.recorded_at))
    return Decided((_draft(event, context),))


def _draft(event: Kept | ContactErased, context: Context) -> Draft:
    audience = _proposals(context, event.contact)[-1].header.audience
    return Draft(stream=stream(event.contact), event=event, audience=audience)


def _proposals(context: Context, contact: str) -> tuple[Recorded, ...]:
    found = fold_of(context.standing(stream(contact)), ContactProposed)
    if not found:
        raise NotFound(f"contact {contact} is not on record", where="contact", remedy="propose it first")
    return found


def check(event: Kept | ContactErased, context: Context) -> None:
    """Refuse what is said of a contact that nobody confirmed, or that ended or was erased, and erasing under hold."""
    _proposals(context, event.contact)
    standing = context.standing(stream(event.contact))
    erased = file_of(standing).erased
    if erased is not None:
        raise Erased(f"contact {event.contact} was erased, by event {erased.id}", where="contact")
    found = file_of(each for each in standing if each.header.known_at <= context.known_at)
    match event:
        case ContactErased():
            authority.check(event, context)
            require_free(context, stream(event.contact))
        case ContactBounced():
            if _STATUS.fullmatch(event.status) is None:
                raise MalformedInput(
                    f"{event.status!r} is no status", where="status", remedy="a code such as 5.1.1, or returned"
                )
            _check_goes_on(event, found)
        case NoChangeOfContact() | ContactEnded():
            if isinstance(event, ContactEnded):
                period.day_of(event.valid_to, "valid_to")
            if event.document_id is not None:
                document.registered(context, event.document_id)
            _check_goes_on(event, found)


def _check_goes_on(event: Kept, found: ContactFile) -> None:
    if found.holds is None:
        raise Conflict(f"nobody has confirmed contact {event.contact}", where="contact", remedy="confirm it first")
    if found.ended is not None:
        raise Conflict(f"contact {event.contact} has ended", where="contact", remedy="void its end if that is wrong")
