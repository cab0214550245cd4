"""What the calendar answers with: a duty, its date and how that is meant, how far it is, and by which event."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from domain.closing import Progress
from domain.duty import Step, Wording
from domain.recorded import Recorded
from domain.times import FAR_FUTURE
from domain.values import Date, Instant

Status = Literal["done", "open", "overdue", "suspended", "dropped", "aim", "voluntary", "encouraged", "standing"]
"""`aim`, `voluntary`, `encouraged` and `standing` (without a date of its own) are never overdue; `suspended` is not."""

CLOSING = ("dated", "dated-soft", "per-programme", "within-programme")
"""Kinds of duty that are done once; the others go on."""


class StepState(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a duty and the event that did it, if one is known: the first, or the last of a duty that goes on."""

    step: str
    says: str
    event_id: str | None
    known_at: Instant | None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a duty rests on, and where it is on record."""

    event_id: str
    type: str
    stream: str
    position: int
    known_at: Instant


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """How often a duty was served since its programme began, and the last event that did."""

    times: int
    last: Act | None


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an event opened and nothing has closed; `missed` if it came too late for that."""

    of: str
    by: Act
    due: date | None
    missed: bool


class Worded(msgspec.Struct, frozen=True, kw_only=True):
    """One of several wordings of a date, with the last day that it leaves."""

    paragraph: str
    words: str
    due: date
    due_policy: str
    last_day: date


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A duty at a cut.

    `due` and `due_policy` are as the text has them, `last_day` is what they leave in New York. `basis` is `text`,
    `internal` (our own date, no mandate) or `none`. `deadline` is the stream of its steps. `mandate` names the
    resolution whose yearly rule it follows. `due_before` and `extended_by` tell of an extension: the date it had, and
    the decision, `extension` the event; `suspended_by` is the event of a suspension that lasts. `closed_by` is the
    event that made it done or dropped, known at `closed_at`; `late` what was done after its last day for certain,
    never an aim. `served` and `opened` are by the table of closing; `again_by` is a day by an interval of our own, no
    mandate's.
    """

    duty: str
    paragraph: str
    kind: str
    text: str
    owes: str
    due: date | None
    due_policy: str | None
    last_day: date | None
    basis: str
    status: Status
    words: str
    wordings: tuple[Worded, ...]
    deadline: str
    steps: tuple[StepState, ...]
    progress: Progress | None
    programme: int | None
    mandate: str | None
    due_before: date | None
    extended_by: str | None
    extension: str | None
    suspended_by: str | None
    closed_by: str | None
    closed_at: Instant | None
    late: bool
    served: Served
    opened: tuple[Opened, ...]
    again_by: date | None


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """A duty before it is known how far it is: from a programme, or from the yearly rule of a mandate.

    Acts known before `since` belong to an earlier programme, or an earlier month, those from `until` on to a later
    programme that names the duty again; `begins` is when the programme does. A month past is shown `if_missed`.
    """

    duty: str
    paragraph: str
    kind: str
    text: str
    owes: str
    due: date | None
    due_policy: str | None
    basis: str
    words: str
    wordings: tuple[Wording, ...]
    steps: tuple[Step, ...]
    programme: int | None
    mandate: str | None
    begins: Instant
    since: Instant
    period: tuple[Date, Date] | None = None
    until: Instant = FAR_FUTURE
    if_missed: bool = False

    @property
    def closes(self) -> bool:
        """True for what is done once, or once on each date; the others go on."""
        return self.kind in CLOSING or (self.kind == "recurring" and self.due is not None)

    @property
    def encouraged(self) -> bool:
        """True where the Committee only encourages States or organizations, who then owe nothing."""
        return self.closes and "encourage" in self.owes


def act(event: Recorded) -> Act:
    """Return an event as a duty names it."""
    header = event.header
    return Act(
        event_id=header.event_id,
        type=header.type,
        stream=header.stream,
        position=header.position,
        known_at=header.known_at,
    )


def last_day(due: date, policy: str | None) -> date:
    """Return the last day on which something is in time.

    `before` a date excludes that date; `by` it, `by the end of` and `before the end of` a period include the last.
    """
    return due - timedelta(days=1) if policy == "before" else due


def worded(wording: Wording) -> Worded:
    """Return a wording with the last day that it leaves."""
    day = date.fromisoformat(wording.due)
    return Worded(
        paragraph=wording.paragraph,
        words=wording.words,
        due=day,
        due_policy=wording.policy,
        last_day=last_day(day, wording.policy),
    )


def to_json(entry: Due) -> dict[str, object]:
    """Return a duty as `due --json` gives it: every field, dates as text."""
    found: dict[str, object] = msgspec.to_builtins(entry)
    return found
