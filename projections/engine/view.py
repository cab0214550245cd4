"""What a view is: a struct of columns, and a pure function from an event to the rows it stands for."""

from collections.abc import Callable, Iterable
from typing import Generic, Literal, Protocol, TypeVar

import msgspec

from domain.ids import prefix
from domain.recorded import Event, Recorded
from domain.standing import History
from domain.values import Instant, Precision

Value = str | int | bool | None


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What a view keeps of an event, beside what every row says of where it stands: text, whole numbers, yes or no."""


class Lookup(Protocol):
    """What a view may look up for an event: only what never changes, so that it finds the same at any later time."""

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, if it is on record."""
        ...

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        ...

    def history(self, stream: str) -> History:
        """Return the history of a stream; only what was recorded before the event at hand is the same later."""
        ...


class Glance(msgspec.Struct, frozen=True, gc=False):
    """As much of a header as tells whether a view wants the event; read in a fraction of the time of all of it."""

    event_id: str
    stream: str
    type: str
    strikes: str | None
    known_at: Instant
    recorded_at: Instant


def stream_of(glance: Glance) -> str:
    """Return the stream of an event: what a rebuild is divided by if a view says nothing else."""
    return glance.stream


C_co = TypeVar("C_co", bound=Columns, covariant=True)


class View(msgspec.Struct, Generic[C_co], frozen=True, kw_only=True):
    """A read model.

    Of `facts`, a row stands where its event stands in its family: what is struck leaves it, at the positions and
    in the readings where it is struck. Of `acts`, every event has rows for good, known when they were recorded:
    what was done to the record, corrections among it.

    Args:
        name: what people call it; its tables are named after it.
        version: raised whenever other rows would come of the same record; the view is then built anew.
        columns: the struct of its rows' own columns.
        follows: the types of event it takes; what corrects or voids them comes by itself.
        rows: the rows of one event, none for one that does not concern it.
        of: `facts` or `acts`.
        wants: for acts of any type, which events to take; by default those of the types it follows.
        indexes: columns, or several together, by which rows are looked for.
        full_text: the column by whose words rows are looked for.
        key: what a rebuild is divided by; all of a family must have the same key.
        on_failure: what becomes of an event that cannot be taken in: the view `stops` there, or `skips` it, on record.
    """

    name: str
    version: int
    columns: type[C_co]
    rows: Callable[[Recorded, Lookup], Iterable[C_co]]
    follows: tuple[type[Event], ...] = ()
    of: Literal["facts", "acts"] = "facts"
    wants: Callable[[Glance], bool] | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    full_text: str | None = None
    key: Callable[[Glance], str] = stream_of
    on_failure: Literal["stops", "skips"] = "stops"

    @property
    def types(self) -> frozenset[str]:
        """The names of the types it follows."""
        return frozenset(kind.TYPE for kind in self.follows)


class Row(msgspec.Struct, Generic[C_co], frozen=True, kw_only=True):
    """A row as it is read at a place on the axes: the event that stands there, and the view's own columns, `of` it."""

    root_position: int
    position: int
    event_id: str
    stream: str
    type: str
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    audience: tuple[str, ...]
    synthetic: bool
    of: C_co


def chooser(view: View[Columns]) -> Callable[[Glance], bool]:
    """Return what tells whether a view wants an event, from a glance at its header."""
    if view.wants is not None:
        return view.wants
    types = view.types
    if view.of == "acts":
        return lambda glance: glance.type in types
    kinds = {name.partition(".")[0] for name in types}

    def wanted(glance: Glance) -> bool:
        return glance.type in types or (glance.strikes is not None and prefix(glance.stream) in kinds)

    return wanted
