"""Mandate of the Committee: the resolutions that made, changed and extended it, each with its yearly rules."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, ClassVar, cast

import msgspec

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import MalformedInput
from domain.template import AlreadyAdopted
from domain.times import last_day
from domain.values import Date, Name

STREAM = "mandate/committee"
FIRST_PROGRAMME = 2001
"""The year before that of a first programme of work: the twelfth was due in 2013, the thirteenth in 2014."""

Decide = Callable[[Command, Context], Decided]
Month = Annotated[int, msgspec.Meta(ge=1, le=12)]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What falls due every year, and when: `REV` before the end of December by 1977 (2011) OP9.

    `duty` is the part of the duty's name that every year shares, `month` the month at whose end it is due.
    """

    duty: Name
    wording: str
    paragraph: str
    month: Month
    policy: str


class AdoptMandate(Command, frozen=True, kw_only=True, tag="adopt-mandate"):
    """Put a resolution on record that makes, changes or extends the mandate."""

    mandate: Name
    resolution: str
    adopted: Date
    valid_from: Date
    valid_to: Date | None = None
    rules: tuple[Rule, ...] = ()


class MandateAdopted(Event, frozen=True, kw_only=True):
    """The Council adopted a resolution on the mandate; without an end it changes one that runs."""

    TYPE: ClassVar[str] = "mandate.adopted"
    mandate: Name
    resolution: str
    adopted: Date
    valid_from: Date
    valid_to: Date | None
    rules: tuple[Rule, ...]


class MandateRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the mandate should never have been recorded."""

    TYPE: ClassVar[str] = "mandate.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (MandateAdopted, MandateRecordedInError)


class InForce(msgspec.Struct, frozen=True):
    """A rule in one year: the mandate it belongs to, and the last day of its month."""

    mandate: MandateAdopted
    rule: Rule
    due: date


def adopt(command: AdoptMandate, context: Context) -> Decided:
    """Put a resolution on record."""
    event = MandateAdopted(
        mandate=command.mandate,
        resolution=command.resolution,
        adopted=command.adopted,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        rules=command.rules,
    )
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def check(event: MandateAdopted, context: Context) -> None:
    """Refuse a resolution that is on record already, its dates out of order, or a duty ruled twice."""
    if any(mandate.mandate == event.mandate for mandate in mandates(context.standing(STREAM))):
        raise AlreadyAdopted(f"mandate {event.mandate} is on record already")
    written = [event.adopted, event.valid_from, *([event.valid_to] if event.valid_to else [])]
    try:
        in_order = sorted(map(date.fromisoformat, written)) == list(map(date.fromisoformat, written))
    except ValueError as error:
        raise MalformedInput(str(error), where="valid_from", remedy="write dates as 2011-04-20") from None
    if not in_order:
        raise MalformedInput("a mandate is adopted, begins and ends in that order", where="valid_from")
    if len({rule.duty for rule in event.rules}) != len(event.rules):
        raise MalformedInput("a mandate rules each duty once", where="rules")


def evolve(state: tuple[MandateAdopted, ...], event: Recorded) -> tuple[MandateAdopted, ...]:
    """Return the resolutions after one more standing event."""
    return (*state, event.body) if isinstance(event.body, MandateAdopted) else state


def mandates(standing: Iterable[Recorded]) -> tuple[MandateAdopted, ...]:
    """Return the resolutions among the standing events of the mandate, the latest last."""
    state: tuple[MandateAdopted, ...] = ()
    for event in fold_of(tuple(standing), MandateAdopted):
        state = evolve(state, event)
    return tuple(sorted(state, key=lambda mandate: mandate.valid_from))


def instance(duty: str, year: int) -> str:
    """Return the name of a yearly duty in one year: `REV-2013`; programmes are numbered: `PoW-13` is due in 2014."""
    return f"{duty}-{year - FIRST_PROGRAMME if duty == 'PoW' else year}"


@lru_cache(maxsize=1_000)
def occurrence(name: str) -> tuple[str, int] | None:
    """Return the yearly duty and the year that `REV-2013` or `PoW-13` stand for; None for any other name."""
    if re.fullmatch(r"REV-2[0-9]{3}", name):
        return "REV", int(name[4:])
    if re.fullmatch(r"PoW-[1-9][0-9]{0,2}", name):
        return "PoW", int(name[4:]) + FIRST_PROGRAMME
    return None


def in_force(known: Sequence[MandateAdopted], duty: str, year: int) -> InForce | None:
    """Return the rule by which a yearly duty falls due in a year, or None.

    The rule of a later mandate replaces the earlier one from its own date: the programme was due in May 2016 under
    1977 (2011) and in January 2017 under 2325 (2016). An extension of the mandate carries its rules on; where no
    mandate that is known runs on that day, nothing is due.
    """
    for mandate in reversed(known):
        for rule in mandate.rules:
            due = last_day(date(year, rule.month, 1), "month")
            if rule.duty == duty and mandate.valid_from <= due.isoformat() and _runs(known, due.isoformat()):
                return InForce(mandate, rule, due)
    return None


def bearing(known: Sequence[MandateAdopted], day: str) -> MandateAdopted | None:
    """Return the resolution without an end under which the Committee worked on a day on which none with an end ran."""
    ends = any(each.valid_to is not None and each.valid_from <= day <= each.valid_to for each in known)
    begun = [each for each in known if each.valid_to is None and each.valid_from <= day]
    return begun[-1] if begun and not ends else None


def _runs(known: Sequence[MandateAdopted], day: str) -> bool:
    ends = [mandate for mandate in known if mandate.valid_to is not None]
    return not ends or any(each.valid_from <= day <= (each.valid_to or "") for each in ends)


DECISIONS: dict[type[Command], Decide] = {AdoptMandate: cast("Decide", adopt)}
