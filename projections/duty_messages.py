"""The messages about a duty: every event of each, in words that carry its Message-ID."""

from collections.abc import Iterator

from domain.deadline import stream as stream_of
from domain.duty import deadline_of
from domain.messages.events import AttemptBegun, AttemptEnded, MessageIntended
from domain.messages.message import message_of, stream
from domain.recorded import Event, Recorded
from domain.standing import Cut
from projections.states import NamedStreams


def told(record: NamedStreams, duty: str, cut: Cut) -> Iterator[tuple[str, Recorded]]:
    """Yield what stands of the messages about a duty at a cut, each event with what it did."""
    about = stream_of(deadline_of(duty))
    for name in record.stream_names(stream("")):
        events = record.history(name).standing(cut)
        message = message_of(events)
        if message is not None and (message.intended.duty == duty or message.intended.about == about):
            yield from ((f"{_words(event.body)} {message.intended.message_id}", event) for event in events)


def _words(body: Event) -> str:
    match body:
        case MessageIntended():
            return f"reminder {body.rung} to {body.addressee}"
        case AttemptBegun():
            return f"attempt {body.attempt} begun"
        case AttemptEnded():
            return f"attempt {body.attempt} {body.outcome}"
        case _:
            return body.TYPE.partition(".")[2]
