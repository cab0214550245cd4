"""The record at work: everything that falls due, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence

from domain.refusals import Refusal
from domain.times import moment, text
from ledger.record import Record
from workflows.cycle.messages import Cycle, News, Woken
from workflows.kinds import At, Kind


class RecordOffice:
    """Looks at a record in the name of an actor, kind by kind."""

    def __init__(
        self, record: Record, actor: str, kinds: Sequence[Kind], *, set_clock: Callable[[str], None] | None = None
    ) -> None:
        """Work by the record's clock; that of a simulation is set to the workflows' each time that one wakes."""
        self._record = record
        self._actor = actor
        self._kinds: Mapping[str, Kind] = {kind.name: kind for kind in kinds}
        self._set_clock = set_clock

    @property
    def position(self) -> int:
        """The last position of the record."""
        return self._record.last_position

    def wait(self, after: int, seconds: float) -> None:
        """Wait until the record has something after a position, so long at most."""
        self._record.wait(after, seconds)

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        """Return a position, and everything that is waited for as the record has it there."""
        at = self._at()
        position = self._record.last_position
        found = (kind.cycle(name, at) for kind in self._kinds.values() for name in kind.names(at))
        return position, tuple(each for each in found if each is not None)

    def look(self, woken: Woken) -> News:
        """Do what is due of one cycle, and say what comes next; what is refused is said, and tried again daily."""
        if self._set_clock is not None:
            self._set_clock(text(moment(woken.at)))
        kind, says = self._kinds[woken.kind], ""
        try:
            kind.act(woken.name, woken.rung, self._at())
        except Refusal as refusal:
            says = str(refusal)
        at = self._at()
        position = self._record.last_position
        return News(position, kind.cycle(woken.name, at), says)

    def _at(self) -> At:
        return At(self._record, self._record.now(), self._actor)
