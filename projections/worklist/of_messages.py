"""Messages that need a person: nobody knows whether they went out, or they did not reach whom they were for."""

from collections.abc import Collection, Iterator

from domain.contact.file import file_of
from domain.contact.file import stream as contact_stream
from domain.correspondence.letters import LetterSent
from domain.messages.message import Message, message_of, stream
from domain.times import new_york_date
from projections.engine.answering import Asking
from projections.views import references
from projections.worklist.item import Found, What, found

AGAIN = "outbox approve {0}, or outbox cancel {0}"
MEND = "mend the address, then " + AGAIN
BY_HAND = "hand it over and record send-letter; or " + MEND
DO: dict[str, tuple[What, str]] = {
    "to-ask": ("message of which nobody knows whether it went out", AGAIN),
    "refused": ("message refused by a mail server", MEND),
    "returned": ("message that came back", MEND),
    "suppressed": ("letter without an address", BY_HAND),
}
"""By stage, what is told and what to do."""


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield the messages that somebody has to do something about, of some States or of whomever."""
    cut = asking.axes.cut
    last = {row.of.name: row for row in asking.rows.at(references.VIEW, cut, {"kind": "messages"})}
    handed_over = list(_handed_over(asking))
    for name, row in last.items():
        message = message_of(asking.source.history(stream(name)).standing(cut))
        if message is None or message.stage not in DO:
            continue
        party = _party(asking, message)
        kind, _, code = party.partition(":")
        state = code if kind == "state" else None
        if states is not None and state not in states:
            continue
        if message.suppressed is not None:
            day = new_york_date(message.suppressed_at or row.known_at).isoformat()
            if any(to == party and dated >= day for to, dated in handed_over):
                continue
        what, do = DO[message.stage]
        yield found(row, state, what, name, do.format(name), _note(message))


def _handed_over(asking: Asking) -> Iterator[tuple[str, str]]:
    """Yield to whom letters of the register were sent, and of which date."""
    for _, event in asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "letters"})):
        if isinstance(event.body, LetterSent):
            yield from ((party, event.body.dated) for party in event.body.addressees)


def _party(asking: Asking, message: Message) -> str:
    """Return the party or role that a message is for; of a contact, whose contact it is."""
    kind, _, name = message.intended.addressee.partition(":")
    if kind != "contact":
        return message.intended.addressee
    shown = file_of(asking.source.history(contact_stream(name)).standing(asking.axes.cut)).shown
    if shown is None:
        return message.intended.addressee
    return f"organization:{shown.organization}" if shown.state is None else f"state:{shown.state}"


def _note(message: Message) -> str:
    said = None if message.last is None else message.last.code
    if message.suppressed is not None:
        said = message.suppressed.obstacle
    elif message.returned is not None:
        said = message.returned.code
    return ": ".join(filter(None, (message.intended.addressee, said)))
