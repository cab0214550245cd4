"""Duty: what a programme of work lays upon someone, in the words of its paragraphs, and the name of its deadline."""

import msgspec

from domain.mandate import instance, occurrence
from domain.values import Date, Name, Offset


class Passage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the programme, verbatim, with their paragraph and place: code points from `start` up to `end`."""

    paragraph: str
    start: Offset
    end: Offset
    quotation: str


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several wordings of a date; the annual review has two (paragraphs 2 and 6(a)(i))."""

    due: Date
    policy: str
    words: str
    paragraph: str


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that must be on record for a duty to be done."""

    step: Name
    says: str


class Duty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A duty of the programme: who owes what, by when, what marks it done, and the words it comes from.

    `due_policy` says how the date is meant (`by`, `before`, `by the end of`, `before the end of`), or in words when
    it falls due where there is no date. `due_basis` is `text`, `internal` (our own interval, shown as such) or `none`.
    """

    duty: Name
    paragraph: str
    kind: str
    text: str
    owes: str
    counterpart: str
    due: Date | None
    due_policy: str | None
    due_basis: str
    recurrence: str
    done_when: str
    evidence: str
    remind: str
    words: str
    notes: str
    passages: tuple[Passage, ...]
    wordings: tuple[Wording, ...]
    steps: tuple[Step, ...]


YEARLY_STEPS = (
    Step(step="adopted", says="adopted by the Committee"),
    Step(step="transmitted", says="transmitted to the President of the Security Council"),
)
"""What must be on record of the annual review and of a programme of work (paragraphs 1 and 2 of the programme)."""


def duty_of(deadline: str) -> str:
    """Return the duty of a deadline: `annual-review/2013` is that of REV-2013; the other way of `deadline_of`."""
    kind, _, name = deadline.partition("/")
    yearly = {"annual-review": "REV", "programme-of-work": "PoW"}.get(kind)
    return instance(yearly, int(name)) if yearly is not None and name.isdecimal() else name


def deadline_of(duty: str) -> str:
    """Return the deadline of a duty: `annual-review/2013`, `programme-of-work/2014`, else `duty/ODA-REP`."""
    yearly = occurrence(duty)
    if yearly is None:
        return f"duty/{duty}"
    return f"{'annual-review' if yearly[0] == 'REV' else 'programme-of-work'}/{yearly[1]}"
