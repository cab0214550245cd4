"""Intending a message: what it says, to whom and about what is fixed here, once."""

from domain import state
from domain.audiences import COMMITTEE
from domain.contact.events import ContactProposed
from domain.contact.file import stream as contact_stream
from domain.content import Content
from domain.deciding import Context, fold_of
from domain.messages.commands import IntendMessage
from domain.messages.events import MessageIntended
from domain.messages.message import message_of, stream
from domain.organization import registering
from domain.recorded import Decided, Draft
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal

OFFICES = ("chair", "coordinators", "experts", "high-representative", "members", "secretariat")
"""Roles that messages go to; their addresses are those of offices and stand in no record."""


class NoMailFromHistory(Refusal):
    """History that enters late sends no mail."""


def intend(command: IntendMessage, context: Context) -> Decided:
    """Intend a message; it is intended here and now."""
    if context.importing or command.known is not None:
        raise NoMailFromHistory(
            "a message is intended here and now",
            where="known",
            remedy="enter letters of the past in the register, with `send-letter`",
        )
    event = MessageIntended(
        message=command.message,
        message_id=command.message_id,
        composed_at=command.composed_at,
        addressee=command.addressee,
        kind=command.kind,
        template_version=command.template_version,
        language=command.language,
        content=Content(kind="plain", sha256=command.sha256, commitment=None),
        size=command.size,
        filled_at=command.filled_at,
        about=command.about,
        duty=command.duty,
        rung=command.rung,
        paragraph=command.paragraph,
        first=command.first,
        approval_needed=command.approval_needed,
        when_uncertain=command.when_uncertain,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.message), event=event, audience=COMMITTEE),))


def check(event: MessageIntended, context: Context) -> None:
    """Refuse a message intended already or without its bytes, filled in the future, or to nobody on record."""
    if message_of(context.standing(stream(event.message))) is not None:
        raise Conflict(
            f"message {event.message} is intended already", where="message", remedy="another text is another revision"
        )
    sha256 = event.content.sha256
    stored = None if sha256 is None else context.record.document(sha256)
    if stored is None or len(stored) != event.size:
        raise NotFound(f"no {event.size} bytes with hash {sha256} are in the store", where="sha256")
    if f"{event.message}@" not in event.message_id:
        raise MalformedInput(f"{event.message_id!r} does not name the message", where="message_id")
    if event.filled_at > context.before:
        raise MalformedInput(f"position {event.filled_at} is not on record yet", where="filled_at")
    if event.first is not None and message_of(context.standing(stream(event.first))) is None:
        raise NotFound(f"message {event.first} is not on record", where="first")
    _check_addressee(event.addressee, context)


def _check_addressee(addressee: str, context: Context) -> None:
    kind, _, name = addressee.partition(":")
    match kind:
        case "role" if name not in OFFICES:
            raise MalformedInput(f"no message goes to role {name!r}", where="addressee", remedy=", ".join(OFFICES))
        case "contact" if not fold_of(context.standing(contact_stream(name)), ContactProposed):
            raise NotFound(f"contact {name} is not on record", where="addressee", remedy="propose it first")
        case "state":
            state.registered(context, name, where="addressee")
        case "organization":
            registering.registered(context, name, where="addressee")
        case _:
            pass
