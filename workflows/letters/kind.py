"""When letters are written: each on its day, as long as it is due; one that is due no more is cancelled."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from domain.calendar.due_letters import DueLetter
from domain.messages.commands import CancelMessage
from domain.messages.message import WAITING, Message, message_now, stream
from domain.messages.naming import command_key
from domain.refusals import Refusal
from domain.values import Instant
from ledger.record import Record
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At
from workflows.letters.filling import LANGUAGES
from workflows.letters.kinds import Values
from workflows.mail.composing import Letterhead
from workflows.mail.intending import Intent, intend_all

CANCEL = "cancel"
NO_LONGER_DUE = "it was no longer due before it went out"


class PapersMissing(Refusal):
    """A letter is not written without what goes with it; it is, as soon as that is on record."""


class Sort(NamedTuple):
    """A sort of letters: its kinds, those that fall due of one cycle or of all, what one says, and its cycle.

    `about` are the beginnings of the streams that they are about; `cycle` is told such a stream and the rung.
    """

    name: str
    kinds: tuple[str, ...]
    due: Callable[[Record, Instant, str], Iterator[DueLetter]]
    says: Callable[[Record, DueLetter, Instant], Values]
    cycle: Callable[[str, str], str]
    about: tuple[str, ...]


class Letters:
    """Letters of one sort. What goes out of the house is held until it is approved.

    Of what was recorded only after its day, of what came with imported history, and of what nobody wrote for too long,
    nothing is written.
    """

    def __init__(self, sort: Sort, head: Letterhead) -> None:
        self.name = sort.name
        self._sort = sort
        self._head = head

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return what is still to be written, or to be cancelled."""
        return self._cycles(at, "").values()

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return what is still to be written of one cycle."""
        return self._cycles(at, name).get(name)

    def act(self, name: str, rung: str, at: At) -> None:
        """Write what has come, and cancel what is due no more.

        Raises:
            PapersMissing: something is due and cannot be written yet.
        """
        del rung  # whichever woke it: everything is judged by its own day
        due = [each for each in self._sort.due(at.record, at.now, name) if self._of(each) == name]
        come = [each for each in due if each.at <= at.now and each.worth_sending(at.now)]
        unwritten = [each for each in come if _letter(at.record, each) is None]
        lacks = next((each.lacks for each in reversed(unwritten) if each.lacks), "")
        intents = [self._intent(at, each) for each in unwritten if not each.lacks]
        intend_all(at.record, intents, actor=at.actor, head=self._head, at=at.now)
        for message in self._moot(at, due):
            if self._sort.cycle(message.intended.about, message.intended.rung or "") == name:
                key = command_key(message.name, "no-longer-due")
                at.record.submit(CancelMessage(id=key, actor=at.actor, message=message.name, reason=NO_LONGER_DUE))
        if lacks:
            raise PapersMissing(lacks, where=name, remedy="put it on record; the letter follows")

    def _cycles(self, at: At, name: str) -> Mapping[str, Cycle]:
        position = at.record.last_position
        rungs: dict[str, set[Rung]] = {}
        due = list(self._sort.due(at.record, at.now, name))
        for each in due:
            letter = _letter(at.record, each)
            written, waits = letter is not None, each.lacks and each.at <= at.now
            if each.until is not None and (letter is None or letter.stage in WAITING):
                rungs.setdefault(self._of(each), set()).add(Rung(CANCEL, each.until))
            if each.worth_sending(at.now) and not written:
                rungs.setdefault(self._of(each), set()).update(() if waits else (Rung(each.kind, each.at),))
        for message in self._moot(at, due):
            of = self._sort.cycle(message.intended.about, message.intended.rung or "")
            rungs.setdefault(of, set()).add(Rung(CANCEL, message.intended.composed_at))
        ordered = {of: tuple(sorted(found, key=lambda rung: (rung.at, rung.name))) for of, found in rungs.items()}
        return {of: Cycle(self.name, of, found, position) for of, found in ordered.items()}

    def _moot(self, at: At, due: Iterable[DueLetter]) -> Iterator[Message]:
        """Yield the letters of this sort that wait and are due no more."""
        wanted = {each.message for each in due}
        for about in self._sort.about:
            for _, history in at.record.histories(stream(about.replace("/", "-"))):
                message = history.folded(message_now)
                if message is not None and message.stage in WAITING and not message.attempts:
                    ours = message.intended.about.startswith(about) and message.intended.kind in self._sort.kinds
                    if ours and message.name not in wanted:
                        yield message

    def _of(self, each: DueLetter) -> str:
        return self._sort.cycle(each.about, each.rung)

    def _intent(self, at: At, each: DueLetter) -> Intent:
        return Intent(
            about=each.about,
            addressee=each.addressee,
            rung=each.rung,
            kind=each.kind,
            values=self._sort.says(at.record, each, at.now),
            language=each.language if each.language in LANGUAGES else LANGUAGES[0],
            first=each.first,
        )


def _letter(record: Record, each: DueLetter) -> Message | None:
    return record.history(stream(each.message)).folded(message_now)
