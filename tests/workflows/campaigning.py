"""What campaigns begin with: points of contact, pre-filled matrices; and days that go by while letters are written."""

from datetime import timedelta
from typing import Any

from domain.contact.commands import ConfirmContact, Details, ProposeContact
from domain.exchange.non_reporting import SendPrefilled
from domain.matrix.commands import OpenRevision, SealRevision
from domain.messages.commands import ApproveMessage, BeginAttempt, EndAttempt
from domain.messages.message import Message
from domain.sealed import Sealed
from domain.times import moment, text
from projections.outbox import messages
from tests.workflows.year import Office
from workflows.cycle.messages import Woken
from workflows.kinds import Kind
from workflows.letters.campaigns import CONTACTS, FIRST_REPORTS
from workflows.letters.kind import Letters
from workflows.letters.occasions import OCCASIONS
from workflows.mail.composing import Letterhead
from workflows.office import RecordOffice

HEAD = Letterhead("secretariat@committee.example")
SORTS = {sort.name: sort for sort in (CONTACTS, FIRST_REPORTS, OCCASIONS)}
SEALED = Sealed(ciphertext="A" * 104, commitment="0" * 64)


def letters(sort: str) -> Letters:
    return Letters(SORTS[sort], HEAD)


def proposes_contact(found: Office, contact: str = "c-1", state: str | None = "KEN", **members: Any) -> None:
    """Propose a point of contact, with an address unless `email` says otherwise."""
    email = SEALED if members.pop("email", True) else None
    about: dict[str, Any] = {"party": "state", "seat": "capital", "language": "en", "state": state} | members
    details = Details(name=SEALED, email=email, title=None, phone=None, address=None)
    key = f"propose:{contact}:{found.record.last_position}"
    found.give(ProposeContact, key, contact=contact, details=details, **about)


def has_contact(found: Office, contact: str = "c-1", state: str | None = "KEN", **members: Any) -> None:
    """Have a point of contact that a second person has confirmed, now."""
    proposes_contact(found, contact, state, **members)
    found.give(ConfirmContact, f"confirm:{contact}", contact=contact, proposal=1, actor="sec2")


def sends_prefilled(found: Office, state: str = "KEN") -> str:
    """Send a State a matrix that was filled in from public sources, and return its hash."""
    found.give(OpenRevision, f"open:{state}", state=state, template="T2017")
    found.give(SealRevision, f"seal:{state}", state=state, revision=1)
    sent = found.give(SendPrefilled, f"prefilled:{state}", state=state, revision=1)
    (event,) = found.record.recorded(sent.last_position or 0, sent.last_position or 0)
    return str(getattr(event.body, "manifest", ""))


def approves(found: Office, name: str) -> None:
    """Approve a letter, and have a server take it."""
    found.give(ApproveMessage, f"approve:{name}", message=name, reason="read")
    goes_out(found, name)


def goes_out(found: Office, name: str) -> None:
    found.give(BeginAttempt, f"begin:{name}", message=name, attempt=1)
    found.give(EndAttempt, f"end:{name}", message=name, attempt=1, outcome="accepted", code="250")


def days_go_by(found: Office, days: int, kind: Kind) -> None:
    """Let days go by; each cycle of a kind is looked at when its hour comes."""
    found.clock.set(text(moment(found.clock.now()) + timedelta(seconds=1)))
    at_work, looked = RecordOffice(found.record, "sec", (kind,)), set[object]()
    until = text(moment(found.clock.now()) + timedelta(days=days))
    while True:
        cycles = [(rung, each.name) for each in at_work.cycles()[1] for rung in each.rungs]
        due = [each for each in cycles if each[0].at <= until and (*each, found.record.last_position) not in looked]
        if not due:
            break
        rung, name = min(due, key=lambda each: each[0].at)
        looked.add((rung, name, found.record.last_position))
        found.clock.set(max(rung.at, found.clock.now()))
        at_work.look(Woken(kind.name, name, rung.name, found.clock.now()))
    found.clock.set(until)


def listed(found: Office) -> list[Message]:
    """Return the messages in order of being written."""
    return sorted(messages(found.record), key=lambda each: (each.intended.composed_at, each.name))


def told(found: Office) -> list[tuple[str, str, str]]:
    """Return the letters in order: of which kind, to whom, and where each stands."""
    return [(each.intended.kind, each.intended.addressee, each.stage) for each in listed(found)]


def letter(found: Office, name: str) -> str:
    """Return the text of a letter as it goes out."""
    from email import message_from_bytes, policy

    message = next(each for each in listed(found) if each.name == name)
    data = found.record.document(message.intended.content.sha256 or "")
    assert data is not None
    read = message_from_bytes(data, policy=policy.default)
    return f"{read['Subject']}\n\n{read.get_content()}"
