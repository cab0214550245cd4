"""The record at work: everything that falls due, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence

from domain.refusals import Refusal
from domain.times import moment, text
from ledger.record import Record
from workflows.cycle.messages import Cycle, News, Woken
from workflows.kinds import At, Kind


class ClockAhead(Refusal):
    """The server wakes us before the time has come by the record's clock."""


class RecordOffice:
    """Looks at a record in the name of an actor, kind by kind."""

    def __init__(
        self, record: Record, actor: str, kinds: Sequence[Kind], *, set_clock: Callable[[str], None] | None = None
    ) -> None:
        """Work by the record's clock; that of a simulation is set to the workflows' each time that one wakes."""
        self.record = record
        self._actor = actor
        self._kinds: Mapping[str, Kind] = {kind.name: kind for kind in kinds}
        self._set_clock = set_clock

    @property
    def position(self) -> int:
        """The last position of the record."""
        return self.record.last_position

    def wait(self, after: int, seconds: float) -> None:
        """Wait until the record has something after a position, so long at most."""
        self.record.wait(after, seconds)

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        """Return a position, and everything that is waited for as the record has it there."""
        at = self._at()
        position = self.record.last_position
        return position, tuple(each for kind in self._kinds.values() for each in kind.cycles(at))

    def look(self, woken: Woken) -> News:
        """Do what is due of one cycle, and say what comes next.

        What is refused is said by its name, and tried again when the record grows and daily.

        Raises:
            ClockAhead: the server's clock is ahead of the record's; it asks again.
        """
        woken_at = text(moment(woken.at))
        if self._set_clock is not None:
            self._set_clock(woken_at)
        elif woken_at > self.record.now():
            raise ClockAhead(f"woken at {woken_at}, which has not come", remedy="set both clocks right")
        kind, says = self._kinds[woken.kind], ""
        before, at = self.record.last_position, self._at()
        try:
            kind.act(woken.name, woken.rung, at)
        except Refusal as refusal:
            says = refusal.name
        position = self.record.last_position
        # Where nothing was recorded the instant is the same, so that what was gathered for it need not be again.
        return News(position, kind.cycle(woken.name, at if position == before else self._at()), says)

    def _at(self) -> At:
        return At(self.record, self.record.now(), self._actor)
