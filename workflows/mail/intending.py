"""Intending a message: its letter is filled at a position of the record, frozen as bytes, and put on record once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from domain.canonical import sha256
from domain.contact.file import file_of
from domain.contact.file import stream as contact_stream
from domain.deciding import RecordView
from domain.ids import command_id
from domain.messages.commands import IntendMessage
from domain.messages.message import message_of, stream
from domain.messages.naming import command_key, message_id, message_name
from domain.organization.registering import OrganizationRegistered
from domain.refusals import Refusal
from domain.state import StateRegistered
from domain.values import Instant
from ledger.record import Record
from workflows.letters.filling import fill
from workflows.letters.kinds import KINDS, Values
from workflows.mail.composing import Letterhead, Written, compose

OFFICES: Mapping[str, str] = {
    "chair": "Chair of the 1540 Committee",
    "coordinators": "Coordinators of the working groups of the 1540 Committee",
    "experts": "Group of Experts of the 1540 Committee",
    "high-representative": "High Representative for Disarmament Affairs",
    "members": "Members of the 1540 Committee",
    "secretariat": "Secretariat of the 1540 Committee",
}


class Intent(NamedTuple):
    """What is to be sent: to whom, about which deadline or procedure, and by which letter."""

    about: str
    addressee: str
    rung: str
    kind: str
    values: Values
    language: str = "en"
    revision: int = 0
    duty: str | None = None
    paragraph: str | None = None
    first: str | None = None

    @property
    def message(self) -> str:
        """The name of the message."""
        return message_name(self.about, addressee=self.addressee, rung=self.rung, revision=self.revision)


class Intended(NamedTuple):
    """A message as it would be recorded, with its bytes."""

    command: IntendMessage
    data: bytes


def prepare(record: Record, intent: Intent, *, actor: str, head: Letterhead, at: Instant) -> Intended:
    """Fill and freeze a letter; nothing is recorded yet.

    Raises:
        Refusal: its template is broken, or it is filled from something else.
    """
    filled = fill(intent.kind, intent.language, intent.values, synthetic=record.simulation)
    name = message_id(intent.message, head.domain)
    written = Written(filled.subject, filled.text, intent.language, addressed(record, intent.addressee))
    thread = None if intent.first is None else message_of(record.history(stream(intent.first)).standing())
    data = compose(written, head, message_id=name, at=at, first=None if thread is None else thread.intended.message_id)
    kind = KINDS[intent.kind]
    command = IntendMessage(
        id=command_key(intent.message, "intended"),
        actor=actor,
        message=intent.message,
        message_id=name,
        composed_at=at,
        addressee=intent.addressee,
        kind=intent.kind,
        template_version=filled.version,
        language=intent.language,
        sha256=sha256(data),
        size=len(data),
        filled_at=record.last_position,
        about=intent.about,
        duty=intent.duty,
        rung=intent.rung,
        paragraph=intent.paragraph,
        first=intent.first,
        approval_needed=kind.approval_needed,
        when_uncertain=kind.when_uncertain,
    )
    return Intended(command, data)


def intend(record: Record, intent: Intent, *, actor: str, head: Letterhead, at: Instant) -> str | None:
    """Put a message on record, and return its name; None where it is there already, whoever put it there."""
    made = intend_all(record, [intent], actor=actor, head=head, at=at)
    return made[0] if made else None


def intend_all(
    record: Record, intents: Iterable[Intent], *, actor: str, head: Letterhead, at: Instant
) -> Sequence[str]:
    """Put messages on record in one transaction, and return the names of those that were not there.

    Raises:
        Refusal: of the first that cannot be intended, once all others are.
    """
    asked = [intent for intent in intents if not _on_record(record, intent.message)]
    refused: list[Refusal] = []
    prepared: list[Intended] = []
    for intent in asked:
        try:
            prepared.append(prepare(record, intent, actor=actor, head=head, at=at))
        except Refusal as refusal:
            refused.append(refusal)
    record.documents.put_all(each.data for each in prepared)
    receipts = record.submit_all([each.command for each in prepared], refused=refused.append)
    if refused and not all(_on_record(record, intent.message) for intent in asked):  # else another process was quicker
        raise refused[0]
    made = {receipt.command_id for receipt in receipts if not receipt.repeated}
    return [each.command.message for each in prepared if command_id(each.command.id) in made]


def _on_record(record: RecordView, message: str) -> bool:
    return message_of(record.history(stream(message)).standing()) is not None


def addressed(record: RecordView, addressee: str) -> str:
    """Return to whom a message goes, in words that name no person."""
    kind, _, name = addressee.partition(":")
    match kind:
        case "role":
            return OFFICES.get(name, name)
        case "contact":
            holder = file_of(record.history(contact_stream(name)).standing()).shown
            if holder is None:
                return f"Point of contact {name}"
            return f"Point of contact of {_of(record, holder.state, holder.organization)}"
        case "state":
            return f"Permanent Mission of {_of(record, name, None)}"
        case _:
            return _of(record, None, name)


def _of(record: RecordView, state: str | None, organization: str | None) -> str:
    """Return the name of a State, else of an organization."""
    for event in record.history(f"organization/{organization}" if state is None else f"state/{state}").standing():
        match event.body:
            case StateRegistered(name=name) | OrganizationRegistered(title=name):
                return name
            case _:
                pass
    return state or organization or ""
