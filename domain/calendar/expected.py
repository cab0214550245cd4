"""What falls due: the duties of the programmes that are known, and the yearly rules of the mandate."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from domain.calendar.entries import Expected
from domain.duty import YEARLY_STEPS, Duty
from domain.mandate import InForce, MandateAdopted, in_force, instance, occurrence
from domain.programme import ProgrammeAdopted
from domain.times import FAR_FUTURE, FAR_PAST, first_day, last_day, start_of

MONTHLY = "end of each month"
TEXTS = {
    "REV": ("Annual review of implementation", "Committee with GoE"),
    "PoW": ("Submit the annual programme of work to the Security Council", "Committee (Chair signs)"),
}
"""What the yearly duties are and who owes them, in a year that no known programme speaks of."""


def expected(
    programmes: Sequence[ProgrammeAdopted], mandates: Sequence[MandateAdopted], day: date
) -> tuple[Expected, ...]:
    """Return what falls due, as seen on `day`: in programme order, then what only the mandate lays down.

    A duty that several programmes name belongs to the last of them whose period has begun. Yearly rules show the
    occasions due within a year before or after `day`, and earlier ones since the first programme on record that
    nothing closed; where a programme names such an occasion, the two are one.
    """
    found: dict[str, list[Expected]] = {}
    for programme in programmes:
        for duty in programme.duties:
            if duty.duty in found and programme.period_from > day.isoformat():
                continue
            found.pop(duty.duty, None)
            found[duty.duty] = list(_named(programme, duty, mandates, day, programmes))
    for rule in _rules(mandates, day, since=min((each.period_from for each in programmes), default=None)):
        name = instance(rule.rule.duty, rule.due.year)
        if name not in found:
            found[name] = [_ruled(name, rule, if_missed=rule.due < _years(day, -1))]
    return tuple(entry for entries in found.values() for entry in entries)


def expected_of(
    number: int, programmes: Sequence[ProgrammeAdopted], mandates: Sequence[MandateAdopted], day: date
) -> tuple[Expected, ...]:
    """Return what one programme lays down, as seen on `day`, in its order; also what later ones have taken over."""
    return tuple(
        entry
        for programme in programmes
        if programme.programme == number
        for duty in programme.duties
        for entry in _named(programme, duty, mandates, day, programmes)
    )


def _names(programme: ProgrammeAdopted, duty: Duty) -> bool:
    return any(named.duty == duty.duty for named in programme.duties)


def _named(
    programme: ProgrammeAdopted,
    duty: Duty,
    mandates: Sequence[MandateAdopted],
    day: date,
    programmes: Sequence[ProgrammeAdopted],
) -> Iterator[Expected]:
    yearly = occurrence(duty.duty)
    rule = None if yearly is None else in_force(mandates, *yearly)
    since, until = FAR_PAST, FAR_FUTURE
    if yearly is None:
        naming = [each for each in programmes if _names(each, duty)]
        earlier = [each.period_to for each in naming if each.programme < programme.programme]
        later = [each.period_from for each in naming if each.programme > programme.programme]
        since = start_of(date.fromisoformat(max(earlier)) + timedelta(days=1)) if earlier else FAR_PAST
        until = start_of(date.fromisoformat(min(later))) if later else FAR_FUTURE
    entry = Expected(
        duty=duty.duty,
        paragraph=duty.paragraph,
        kind=duty.kind,
        text=duty.text,
        owes=duty.owes,
        due=None if duty.due is None else date.fromisoformat(duty.due),
        due_policy=duty.due_policy,
        basis=duty.due_basis,
        words=duty.words,
        wordings=duty.wordings,
        steps=duty.steps,
        programme=programme.programme,
        mandate=None if rule is None else rule.mandate.mandate,
        begins=start_of(date.fromisoformat(programme.period_from)),
        since=since,
        period=(programme.period_from, programme.period_to),
        until=until,
    )
    if duty.due_policy == MONTHLY:
        yield from _months(entry, programme, day)
    elif rule is not None and rule.mandate.valid_from > programme.period_from:
        yield _replaced(entry, rule)
    else:
        yield entry


def _replaced(entry: Expected, rule: InForce) -> Expected:
    """Return a yearly duty under the rule of a mandate that is later than the programme which names it."""
    return msgspec.structs.replace(
        entry,
        due=rule.due,
        due_policy=rule.rule.policy,
        paragraph=_paragraph(rule),
        words=rule.rule.wording,
        wordings=(),
    )


def _months(entry: Expected, programme: ProgrammeAdopted, day: date) -> Iterator[Expected]:
    """Yield the month of `day`, after the month past if nothing was done in that one nor since."""
    begins, ends = date.fromisoformat(programme.period_from), date.fromisoformat(programme.period_to)
    this = first_day(min(max(day, begins), ends), "month")
    past = first_day(this - timedelta(days=1), "month")
    if begins <= past and day <= ends:
        yield _month(entry, past, if_missed=True)
    yield _month(entry, this, if_missed=False)


def _month(entry: Expected, month: date, *, if_missed: bool) -> Expected:
    since = max(entry.since, start_of(month))
    due = last_day(month, "month")
    return msgspec.structs.replace(entry, due=due, since=since, if_missed=if_missed)


def _rules(mandates: Sequence[MandateAdopted], day: date, *, since: str | None) -> Iterator[InForce]:
    first = _years(day, -1) if since is None else min(date.fromisoformat(since), _years(day, -1))
    duties = dict.fromkeys(rule.duty for mandate in mandates for rule in mandate.rules)
    for duty in duties:
        for year in range(first.year, day.year + 2):
            found = in_force(mandates, duty, year)
            if found is not None and first <= found.due <= _years(day, 1):
                yield found


def _years(day: date, years: int) -> date:
    """Return the same day in another year; 29 February is the 28th where there is none."""
    return date(day.year + years, day.month, min(day.day, last_day(date(day.year + years, day.month, 1), "month").day))


def _paragraph(rule: InForce) -> str:
    return f"{rule.mandate.resolution.removeprefix('S/RES/')} OP{rule.rule.paragraph}"


def _ruled(name: str, rule: InForce, *, if_missed: bool) -> Expected:
    text, owes = TEXTS.get(rule.rule.duty, (rule.rule.wording, "Committee"))
    return Expected(
        duty=name,
        paragraph=_paragraph(rule),
        kind="dated",
        text=text,
        owes=owes,
        due=rule.due,
        due_policy=rule.rule.policy,
        basis="text",
        words=rule.rule.wording,
        wordings=(),
        steps=YEARLY_STEPS,
        programme=None,
        mandate=rule.mandate.mandate,
        begins=FAR_PAST,
        since=FAR_PAST,
        if_missed=if_missed,
    )
