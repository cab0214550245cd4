"""Reminding: what should have been sent by an instant and was not becomes messages; what is passed over is told."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.calendar.ladders import Facts, Reminder, due_rungs
from domain.times import new_york_date
from domain.values import Instant
from ledger.record import Record
from projections.reminders import facts_at
from workflows.letters.kinds import Reminding
from workflows.mail.composing import Letterhead
from workflows.mail.intending import Intent, intend_all

KIND = "deadline-reminder"


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that would go out: to whom by role, why, from which paragraph; `basis` is that of its interval."""

    message: str
    addressee: str
    duty: str
    what: str
    paragraph: str
    words: str
    deadline: str
    last_day: date | None
    status: str
    rung: str
    at: Instant
    basis: str
    provisional: bool
    passed_over: bool


def foresee(record: Record, at: Instant) -> tuple[Foreseen, ...]:
    """Return what would go out at an instant, and what should have gone out before and is passed over."""
    return tuple(_foreseen(each) for each in due_rungs(facts_at(record, at), at))


def remind(
    record: Record,
    at: Instant,
    *,
    actor: str,
    head: Letterhead,
    deadline: str | None = None,
    facts: Facts | None = None,
) -> Sequence[str]:
    """Intend the reminders that are due at an instant, each once however often this is asked; return their names.

    `deadline` is the stream of the only one asked about; `facts` are those of the instant, if they are at hand.

    Raises:
        Refusal: of the first that cannot be intended, once all others are.
    """
    due = [each for each in due_rungs(facts or facts_at(record, at), at) if not each.passed_over]
    intents = [intent_of(each, at) for each in due if deadline in (None, each.entry.deadline)]
    return intend_all(record, intents, actor=actor, head=head, at=at)


def intent_of(reminder: Reminder, at: Instant) -> Intent:
    """Return what is to be sent for a reminder."""
    entry, last = reminder.entry, reminder.entry.last_day
    assert last is not None  # noqa: S101 - only what has a last day has rungs
    values = Reminding(
        duty=entry.duty,
        what=entry.text,
        paragraph=entry.paragraph,
        words=entry.words,
        last_day=last.isoformat(),
        days_left=(last - new_york_date(at)).days,
        steps_left=tuple(step.says for step in entry.steps if step.event_id is None),
        internal=entry.basis == "internal",
    )
    return Intent(
        about=entry.deadline,
        addressee=reminder.addressee,
        rung=reminder.named,
        kind=KIND,
        values=values,
        duty=entry.duty,
        paragraph=entry.paragraph,
        first=reminder.first,
    )


def _foreseen(each: Reminder) -> Foreseen:
    entry = each.entry
    return Foreseen(
        message=each.message,
        addressee=each.addressee,
        duty=entry.duty,
        what=entry.text,
        paragraph=entry.paragraph,
        words=entry.words,
        deadline=entry.deadline,
        last_day=entry.last_day,
        status=entry.status,
        rung=each.rung.name,
        at=each.rung.at,
        basis=each.rung.basis,
        provisional=each.rung.provisional,
        passed_over=each.passed_over,
    )
