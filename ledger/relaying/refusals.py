"""What is refused of the stream."""

from domain.refusals import IntegrityFailure, Refusal


class StreamUnavailable(Refusal):
    """Kafka does not answer, or did not in time; what became of the last transaction may be unknown."""


class Fenced(StreamUnavailable):
    """Another relay has begun, or this one was silent so long that its transaction was ended for it."""


class TopicUnfit(Refusal):
    """A topic is there that would lose or mix up events: it is not made as it must be."""


class StreamDamaged(IntegrityFailure):
    """A message is not what the relay wrote, or one is missing."""


class StreamOfAnother(IntegrityFailure):
    """The topic holds events that this record does not have."""
