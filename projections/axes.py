"""Where on the axes a question is asked: known by D, recorded by R, in a standing and a reading."""

from datetime import date
from typing import Protocol

import msgspec

from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.times import new_york_date, parse, period_of
from domain.values import Instant, Reading, Standing


class Positions(Protocol):
    """What the record says of its positions and when they were recorded."""

    @property
    def last_position(self) -> int:
        """The last position, 0 for an empty record."""
        ...

    def position_at(self, instant: str) -> int:
        """Return the last position recorded by an instant, 0 if none was."""
        ...

    def recorded_at(self, position: int) -> str:
        """Return when a position was recorded."""
        ...


class RecordedBy(msgspec.Struct, frozen=True):
    """The last event that an answer rests on: its position, and when it was recorded."""

    position: int
    recorded_at: Instant | None


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """A question's place: `as_of` as it was typed, the cut it means, and how the record is to be read there."""

    as_of: str | None
    cut: Cut
    recorded_by: RecordedBy
    standing: Standing
    in_force_on: date | None = None

    def at(self, as_of: str) -> "Axes":
        """Return the same question asked as of another date."""
        return msgspec.structs.replace(self.known_by(parse(as_of)[0]), as_of=as_of)

    def known_by(self, instant: str) -> "Axes":
        """Return the same question about what was known by an instant."""
        cut = Cut(known_at=instant, position=self.cut.position, reading=self.cut.reading)
        return msgspec.structs.replace(self, cut=cut)

    def standing_as(self, standing: Standing) -> "Axes":
        """Return the same question asked of another standing."""
        return msgspec.structs.replace(self, standing=standing)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as people write it; None is what they left out."""

    as_of: str | None = None
    recorded_by: str | None = None
    standing: Standing = "approved"
    reading: Reading = "corrected"
    in_force_on: str | None = None


def resolve(record: Positions, asked: Asked, now: str) -> Axes:
    """Return the place on the axes that a question means.

    Without a date it asks what is known by the last event it may rest on, so that the same question about a past
    position always has the same answer.

    Raises:
        MalformedInput: a date that is none, or a time or position that the record has not reached.
    """
    recorded_by = _recorded_by(record, asked.recorded_by, now)
    if asked.as_of is not None:
        known_at = _instant(asked.as_of, "--as-of")
    elif recorded_by.recorded_at is not None:
        known_at = recorded_by.recorded_at
    elif asked.recorded_by is None:
        known_at = now
    elif asked.recorded_by.isdigit():
        raise MalformedInput("nothing was recorded by then", where="--recorded-by", remedy="say --as-of which date")
    else:
        known_at = _instant(asked.recorded_by, "--recorded-by")
    return Axes(
        as_of=asked.as_of,
        cut=Cut(known_at=known_at, position=recorded_by.position, reading=asked.reading),
        recorded_by=recorded_by,
        standing=asked.standing,
        in_force_on=None if asked.in_force_on is None else _day(asked.in_force_on),
    )


def span(axes: Axes, since: str, until: str | None) -> tuple[Instant, Axes]:
    """Return the first instant of a period, and the place on the axes at its end: what was known from one to the other.

    Raises:
        MalformedInput: a date that is none, or a period that ends before it begins.
    """
    known_from = _begins(since, _instant(since, "--from"))
    end = axes
    if until is not None:
        _instant(until, "--to")
        end = axes.at(until)
    if end.cut.known_at < known_from:
        raise MalformedInput(
            f"the period ends {end.cut.known_at}, before it begins", where="--to", remedy=f"it begins {known_from}"
        )
    return known_from, end


def _recorded_by(record: Positions, written: str | None, now: str) -> RecordedBy:
    last = record.last_position
    if written is None:
        position = last
    elif written.isascii() and written.isdigit():
        position = int(written)
        if position > last:
            raise MalformedInput(
                f"position {position} is not on record yet",
                where="--recorded-by",
                remedy=f"the last is {last}; a whole number is a position, a date is written as 2013-12-31",
            )
    else:
        latest = _recorded_at(written)
        if _begins(written, latest) > max(now, record.recorded_at(last) if last else now):
            raise MalformedInput(
                f"{written} lies in the future: what will be recorded by then is not known",
                where="--recorded-by",
                remedy=f"the last position is {last}",
            )
        position = record.position_at(latest)
    return RecordedBy(position, record.recorded_at(position) if position else None)


def _recorded_at(written: str) -> str:
    try:
        return parse(written)[0]
    except MalformedInput:
        raise MalformedInput(
            f"{written!r} is neither a position nor a date",
            where="--recorded-by",
            remedy="a position is a whole number from 0, a date is written as 2013-12-31",
        ) from None


def _begins(written: str, latest: str) -> str:
    precision = parse(written)[1]
    return latest if precision == "instant" else period_of(latest, precision)[0]


def _instant(written: str, option: str) -> str:
    try:
        return parse(written)[0]
    except MalformedInput as refusal:
        raise refusal.at(option) from None


def _day(written: str) -> date:
    return new_york_date(_instant(written, "--in-force-on"))
