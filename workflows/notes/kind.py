"""When the Secretariat is told of something: on its day, as long as it is open."""

from collections.abc import Iterable, Iterator, Mapping

from domain.assistance import going as assistance
from domain.calendar.ladders import WORTH_SENDING
from domain.calendar.short_clocks import Falling
from domain.correspondence import letters as correspondence
from domain.meetings import schedule
from domain.meetings.holding import stream as meeting_stream
from domain.records import came_late
from domain.times import moment
from projections.outbox import messages
from projections.short_clocks import falling
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At
from workflows.letters.kinds import Noting
from workflows.mail.composing import Letterhead
from workflows.mail.intending import Intent, intend_all

LETTER = "note-to-the-secretariat"
SECRETARIAT = "role:secretariat"
THINGS = (assistance.stream(""), correspondence.stream(""), meeting_stream(""))


class Notes:
    """Requests for assistance, letters and meetings of which something falls due.

    Of what was recorded only after its day, of what came with imported history, and of what nobody told for too long,
    nothing is said.
    """

    name = "note"

    def __init__(self, head: Letterhead) -> None:
        self._head = head

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the things of which something is still to be told, by their streams."""
        return self._cycles(at).values()

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return the days on which something of one thing is to be told."""
        return self._cycles(at).get(name)

    def act(self, name: str, rung: str, at: At) -> None:
        """Tell what has come of one thing."""
        del rung  # whichever woke it: everything is judged by its own day
        due = [_intent(each) for each in _to_tell(at) if each.about == name and each.at <= at.now]
        intend_all(at.record, due, actor=at.actor, head=self._head, at=at.now)

    def _cycles(self, at: At) -> Mapping[str, Cycle]:
        position = at.record.last_position
        rungs: dict[str, list[Rung]] = {}
        for each in sorted(_to_tell(at), key=lambda falling: (falling.at, falling.name)):
            rungs.setdefault(each.about, []).append(Rung(each.name, each.at))
        return {name: Cycle(self.name, name, tuple(of), position) for name, of in rungs.items()}


def _to_tell(at: At) -> Iterator[Falling]:
    intended = {each.name for each in messages(at.record)}
    for each in falling(at.record, at.now):
        worth = each.at >= each.since and moment(at.now) - moment(each.at) <= WORTH_SENDING
        if worth and _intent(each).message not in intended and not _of_history(each, at):
            yield each


def _of_history(each: Falling, at: At) -> bool:
    """True for a request, a letter or a meeting all of which came with imported history."""
    if not each.about.startswith(THINGS):
        return False
    planned = (
        event
        for event in at.record.history(schedule.STREAM).events
        if meeting_stream(getattr(event.body, "meeting", "")) == each.about
    )
    return came_late(at.record, (*at.record.history(each.about).events, *planned))


def _intent(each: Falling) -> Intent:
    values = Noting(says=each.says, day=each.day.isoformat(), internal=each.basis == "internal")
    return Intent(each.about, SECRETARIAT, each.name, LETTER, values)
