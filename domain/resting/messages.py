"""What messages lay and rest on: who gets one is on record, and what became of one is told of one intended."""

from collections.abc import Iterator

from domain.deciding import RecordView
from domain.messages import events as told
from domain.recorded import Event
from domain.resting.ground import Ground, Grounds, first_word, parties


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that an event of a message lays while it stands."""
    match body:
        case told.MessageIntended():
            yield Ground("message", body.message)
        case told.AttemptBegun():
            yield Ground("attempt", f"{body.message} {body.attempt}")
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that an event of a message stands on."""
    match body:
        case told.MessageIntended():
            yield from parties(body.addressee)
            kind, _, name = body.addressee.partition(":")
            if kind == "contact":
                yield Ground("contact", name)
            if body.first is not None:
                yield Ground("message", body.first)
        case told.AttemptEnded():
            yield Ground("message", body.message)
            yield Ground("attempt", f"{body.message} {body.attempt}")
        case (
            told.MessageHeld()
            | told.MessageApproved()
            | told.MessageCancelled()
            | told.AttemptBegun()
            | told.MessageReturned()
            | told.MessageSuppressed()
        ):
            yield Ground("message", body.message)
        case _:
            pass


GROUNDS = Grounds(bears, rests, laid_in={"attempt": first_word("message")}, rested_on_in={})
