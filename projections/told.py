"""What stands in streams of one kind, as far as a reader may see it."""

from domain.access import Reader, may
from domain.recorded import Recorded
from domain.standing import Cut
from projections.states import NamedStreams


def told(record: NamedStreams, prefix: str, reader: Reader, cut: Cut, now: str) -> tuple[list[Recorded], int]:
    """Return the standing events that the reader may see, of streams whose names begin so, and how many are withheld.

    They are in order of their streams, and in each in order of knowing.
    """
    standing = [event for name in record.stream_names(prefix) for event in record.history(name).standing(cut)]
    shown = [event for event in standing if may(reader, event.header, now)]
    return shown, len(standing) - len(shown)
