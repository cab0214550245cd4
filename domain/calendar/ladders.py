"""Ladders: when somebody is reminded of what falls due, as data; what should have been sent by an instant and was not.

No programme and no resolution says when to remind, so the intervals are internal and shown as such.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from domain.calendar.entries import Due
from domain.calendar.rungs import Offset, RungAt, rung_at
from domain.duty_station import WorkingDays
from domain.mandate import occurrence
from domain.messages.naming import message_name
from domain.times import moment, new_york_date
from domain.values import Instant

WORTH_SENDING = timedelta(days=30)
"""How long after its instant a reminder is still sent, if it could not be before; internal."""
NEVER_OVERDUE = ("aim", "encouraged")


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """The rungs of a duty, or of a yearly duty in every year; those of one `mandate` go before those of any."""

    duty: str
    rungs: tuple[Offset, ...]
    mandate: str | None = None


def _days(*before: int) -> tuple[Offset, ...]:
    return tuple(Offset(each) for each in before)


MISSED = (Offset(-7, escalated=True), Offset(-14, escalated=True))
"""The rungs of what the Committee owes to the Security Council and has missed."""

LADDERS = (
    Ladder(duty="REV", rungs=(*_days(90, 60, 30, 14, 7, 1, -1), *MISSED)),
    Ladder(duty="PoW", rungs=(*_days(60, 30, 14, 7, 1, -1), *MISSED)),
    Ladder(duty="PoW", mandate="2325", rungs=(*_days(75, 45, 30, 14, 7, 1, -1), *MISSED)),
    Ladder(duty="UNIVERSAL", rungs=_days(180, 90, 30)),
    Ladder(duty="ODA-REP", rungs=_days(60, 30, 7, -1, -14)),
    Ladder(duty="IRO-POC", rungs=_days(60, 30, 14)),
    Ladder(duty="ONBOARD", rungs=_days(45, 30, 14, -1)),
    Ladder(duty="CAL-MONTHLY", rungs=(Offset(5, working=True), Offset(1, working=True), Offset(-1))),
)
OF_ANY_OTHER = _days(30, 7, 1, -1, -14)
"""The rungs of a dated duty that has no ladder of its own."""

OFFICES: Mapping[str, str] = {
    "Chair": "chair",
    "GoE": "experts",
    "Secretariat": "secretariat",
    "UNODA": "high-representative",
    "WG assistance": "coordinators",
    "WG coordinator": "coordinators",
    "WG coordinators": "coordinators",
    "4 WG coordinators": "coordinators",
}
"""The offices of the Committee by the words in which a programme's duties name who is reminded.

States and organizations, also named there, are written to one by one in a campaign.
"""
MEMBERS = "role:members"
"""Who is told of what is escalated."""
OF_THE_YEAR = "Chair, Secretariat, WG coordinators, GoE"
"""Who is reminded of a yearly duty in a year that no known programme speaks of."""


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is reminded of, why and when; `passed_over` where a later rung of the same duty has come too.

    `named` is the rung's name in the message's, with the last day where a duty has several or was given another;
    `first` the first message that is intended of the same ladder, whose thread it continues.
    """

    message: str
    named: str
    addressee: str
    entry: Due
    rung: RungAt
    first: str | None
    passed_over: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What reminding rests on: duties as they stand, whom each names, since when it is on record, what is intended."""

    duties: Sequence[Due]
    remind: Mapping[str, str]
    since: Mapping[str, Instant]
    station: WorkingDays
    intended: frozenset[str] = frozenset()


def rungs(duty: Due, station: WorkingDays) -> tuple[RungAt, ...]:
    """Return the rungs of a duty in order; none where it is closed or has no date.

    What somebody is only encouraged to do, and an aim, have no rung after their last day: they are never overdue.
    """
    if duty.last_day is None or duty.status not in ("open", "overdue", *NEVER_OVERDUE):
        return ()
    owed = duty.status in ("open", "overdue")
    found = (rung_at(duty.last_day, offset, station) for offset in _ladder(duty) if owed or offset.before >= 0)
    return tuple(sorted(found, key=lambda rung: (rung.at, rung.name)))


def reminders(facts: Facts) -> Iterator[Reminder]:
    """Yield every reminder of open duties, sent or not, of those that the record knew of before it was due."""
    for duty in facts.duties:
        come = [rung for rung in rungs(duty, facts.station) if rung.at >= facts.since.get(duty.duty, "")]
        offices = reminded(facts.remind.get(duty.duty, OF_THE_YEAR))
        for addressee in (*offices, MEMBERS):
            first: str | None = None
            for rung in come if addressee in offices else (each for each in come if each.escalated):
                named = _named(duty, rung)
                message = message_name(duty.deadline, addressee=addressee, rung=named)
                yield Reminder(
                    message=message,
                    named=named,
                    addressee=addressee,
                    entry=duty,
                    rung=rung,
                    first=first,
                    passed_over=False,
                )
                first = first or (message if message in facts.intended else None)


def due_rungs(facts: Facts, at: Instant, found: Iterable[Reminder] | None = None) -> tuple[Reminder, ...]:
    """Return what should have been sent by an instant and is not even intended, in order; `found` are all reminders.

    What is no longer worth sending is passed over: a later rung of the same duty has come, or the last day is over
    for a rung before it, or it came too long ago. Of aims and of what is only encouraged nothing is said once the last
    day is over.
    """
    every = reminders(facts) if found is None else found
    come = sorted((each for each in every if each.rung.at <= at), key=lambda each: each.rung.at)
    last = {_same(each): each.message for each in come}
    return tuple(
        msgspec.structs.replace(each, passed_over=last[_same(each)] != each.message or _stale(each, at))
        for each in come
        if each.message not in facts.intended and not (_is_over(each, at) and each.entry.status in NEVER_OVERDUE)
    )


def _stale(reminder: Reminder, at: Instant) -> bool:
    return moment(at) - moment(reminder.rung.at) > WORTH_SENDING or (
        _is_over(reminder, at) and not reminder.rung.overdue
    )


def _is_over(reminder: Reminder, at: Instant) -> bool:
    last = reminder.entry.last_day
    return last is not None and last < new_york_date(at)


def _same(reminder: Reminder) -> tuple[str, date | None, str]:
    return reminder.entry.deadline, reminder.entry.last_day, reminder.addressee


def reminded(words: str) -> tuple[str, ...]:
    """Return the offices that a duty's words name, as addressees, each once."""
    named = (OFFICES.get(word.strip()) for word in words.split(","))
    return tuple(dict.fromkeys(f"role:{office}" for office in named if office is not None))


def _ladder(duty: Due) -> Iterable[Offset]:
    yearly = occurrence(duty.duty)
    name = duty.duty if yearly is None else yearly[0]
    found = {ladder.mandate: ladder.rungs for ladder in LADDERS if ladder.duty == name}
    return found.get(duty.mandate) or found.get(None) or OF_ANY_OTHER


def _named(duty: Due, rung: RungAt) -> str:
    """Return the name of a rung among all of its deadline, which may have other last days."""
    if occurrence(duty.duty) is not None and duty.due_before is None:
        return rung.name
    return f"{rung.name}.{duty.last_day}"
