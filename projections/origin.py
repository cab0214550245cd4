"""What a record says of itself as a whole: if it is a simulation, and the notice that stands where no matrix is."""

from collections.abc import Callable, Iterator
from typing import Protocol

from domain.deciding import RecordView
from domain.standing import History
from domain.template import TemplateAdopted


class Itself(RecordView, Protocol):
    """A record that says whether it is a simulation, and names its streams."""

    simulation: bool

    def stream_names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of streams that begin with `prefix`."""
        ...

    def histories(self, prefix: str, where: Callable[[str], bool] | None = None) -> Iterator[tuple[str, History]]:
        """Yield streams that begin with `prefix` and their histories; `where` tells which."""
        ...


class RecordOrigin:
    """What is asked of a record as a whole."""

    def __init__(self, record: Itself) -> None:
        self._record = record

    @property
    def synthetic(self) -> bool:
        """True for a simulation, where every event is made up."""
        return self._record.simulation

    def notice(self, position: int) -> str | None:
        """Return the notice of the template known last among those on record by a position."""
        found: tuple[tuple[str, int], str] | None = None
        for name in self._record.stream_names("template/"):
            for family in self._record.history(name).families():
                stands = family.standing(position, "~")
                if stands is not None and isinstance(stands.body, TemplateAdopted):
                    placed = ((stands.header.known_at, family.root.position), stands.body.notice)
                    found = placed if found is None or placed > found else found
        return None if found is None else found[1]
