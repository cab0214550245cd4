"""What a check is: a name, a sentence, and what it finds on the trail of a record."""

from collections.abc import Callable, Iterator

import msgspec

from domain.recorded import Recorded
from projections.audit.trail import Trail


class Found(msgspec.Struct, frozen=True):
    """Something to look at: the event it is about, what is the matter, and what else that sentence speaks of.

    `events` is how many events it stands for, the first of them being `event`.
    """

    event: Recorded
    what: str
    beside: tuple[Recorded, ...] = ()
    events: int = 1


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A question asked of all of the record: about the Committee's and the Secretariat's own work, never a State's."""

    name: str
    says: str
    find: Callable[[Trail], Iterator[Found]]


def where_to_look(event: Recorded) -> str:
    """Return the command that shows an event in its place."""
    kind, _, name = event.header.stream.partition("/")
    state, cell = name.partition("/")[0], event.header.subject
    match kind:
        case "matrix" if cell is not None:
            return f"ledger1540 log {state} {cell}"
        case "matrix" | "exchange" | "consent":
            return f"ledger1540 show {state} --recorded-by {event.position}"
        case "document":
            return f"ledger1540 document {name}"
        case "submission":
            return f"ledger1540 submissions --recorded-by {event.position}"
        case "decision":
            return f"ledger1540 decisions {name} --recorded-by {event.position}"
        case "meeting":
            return f"ledger1540 list meetings --recorded-by {event.position}"
        case _:
            return f"ledger1540 export --log | sed -n {event.position}p"
