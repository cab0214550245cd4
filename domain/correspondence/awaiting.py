"""What the register says is open: replies awaited, replies that the Committee owes, and who holds which next step."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from domain.correspondence.handling import LetterCirculated, LetterClosed, LetterHandedOn
from domain.correspondence.letters import Letter, LetterReceived, LetterSent
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Date, LetterId, Party


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """A letter and what became of it."""

    entry: Letter
    circulated: tuple[str, ...] = ()
    handed_on: LetterHandedOn | None = None
    closed: bool = False


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """A reply that is awaited since a day; that no day was kept is nobody's fault and is not said."""

    letter: LetterId
    party: Party
    since: Date
    reply_by: Date


def letters(standing: Iterable[Recorded]) -> Sequence[Registered]:
    """Return the letters among the standing events of the register, in order of knowing; the last hand-on holds."""
    bodies = [event.body for event in standing]
    found = {body.letter: Registered(entry=body) for body in bodies if isinstance(body, LetterReceived | LetterSent)}
    for body in bodies:
        if isinstance(body, LetterCirculated | LetterHandedOn | LetterClosed) and body.letter in found:
            found[body.letter] = _after(found[body.letter], body)
    return list(found.values())


def _after(letter: Registered, body: LetterCirculated | LetterHandedOn | LetterClosed) -> Registered:
    match body:
        case LetterCirculated():
            return msgspec.structs.replace(letter, circulated=tuple(sorted({*letter.circulated, *body.recipients})))
        case LetterHandedOn():
            return msgspec.structs.replace(letter, handed_on=body)
        case LetterClosed():
            return msgspec.structs.replace(letter, closed=True)


def awaited(register: Sequence[Registered]) -> Iterator[Awaited]:
    """Yield the replies that were asked for by a day and have not come, from each addressee."""
    answers = {(each.entry.answers, each.entry.sender) for each in register if isinstance(each.entry, LetterReceived)}
    for each in register:
        entry = each.entry
        if isinstance(entry, LetterSent) and entry.reply_by is not None and not each.closed:
            for party in entry.addressees:
                if (entry.letter, party) not in answers:
                    yield Awaited(letter=entry.letter, party=party, since=entry.dated, reply_by=entry.reply_by)


def asked_of_us(register: Sequence[Registered]) -> Iterator[Awaited]:
    """Yield the replies that the Committee was asked for by a day and has not given."""
    answered = {each.entry.answers for each in register if isinstance(each.entry, LetterSent)}
    for each in register:
        entry = each.entry
        if isinstance(entry, LetterSent) or entry.reply_by is None or each.closed or entry.letter in answered:
            continue
        since = new_york_date(entry.received_at).isoformat()
        yield Awaited(letter=entry.letter, party=entry.sender, since=since, reply_by=entry.reply_by)


def next_steps(register: Sequence[Registered]) -> Iterator[LetterHandedOn]:
    """Yield who holds which next step, of letters that are not closed."""
    return (each.handed_on for each in register if each.handed_on is not None and not each.closed)
