"""The answer of an audit: what the checks find, as far as the reader may see it, and how much is withheld."""

from collections.abc import Iterator, Sequence

import msgspec

from domain.access import Reader
from domain.times import new_york_date
from domain.values import Instant
from ledger.record import Record
from projections.audit.check import Check, Found, where_to_look
from projections.audit.trail import Trail
from projections.axes import Axes
from projections.claims import Claims, LateBatch
from projections.engine.answering import Answered, answer, over
from projections.openness import MaySee, seen_by

DAYS = 30
"""Days that may lie between known and recorded, unless the auditor says otherwise."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at: an event, or the first of several, what is the matter, and the command that shows it.

    `claimed_by_import` names the batch of late history whose claims actor, role and dates are, null where live.
    """

    check: str
    position: int
    event_id: str
    stream: str
    type: str
    role: str
    known_at: Instant
    recorded_at: Instant
    events: int
    what: str
    look: str
    claimed_by_import: str | None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A check: what it says, how many findings it has, of live entries and of what imports claim, and its findings."""

    name: str
    says: str
    live: int
    imported: int
    withheld: int
    findings: tuple[Finding, ...]


class Audit(Answered, frozen=True, kw_only=True):
    """What was found, check by check; `gap_days` is the number that the check of late entries allows."""

    gap_days: int
    batches: tuple[LateBatch, ...]
    checks: tuple[Checked, ...]


class Auditing(msgspec.Struct, frozen=True, kw_only=True):
    """An audit at work: the record, who reads it, and the place on the axes. Rights are judged `now`."""

    record: Record
    reader: Reader
    axes: Axes
    now: Instant
    gap_days: int = DAYS

    @property
    def source(self) -> Record:
        """The record that the answer comes from."""
        return self.record

    def trail(self) -> Trail:
        """Walk the record; without a date, "now" is today, else the date that is asked about."""
        cut = self.axes.cut
        here = self.axes.as_of is None and cut.position == self.record.last_position
        return Trail(self.record, cut, day=new_york_date(self.now if here else cut.known_at), gap_days=self.gap_days)


def audit(auditing: Auditing, checks: Sequence[Check]) -> Audit:
    """Return what some checks find."""
    trail, seen = auditing.trail(), seen_by(auditing.record, auditing.reader, auditing.now)
    claims = Claims(trail)
    checked = tuple(_checked(check, list(check.find(trail)), seen, claims) for check in checks)
    synthetic = any(event.header.synthetic for event in trail.after(0))
    heading = over(auditing, sum(each.withheld for each in checked), synthetic)
    return answer(Audit, heading, gap_days=auditing.gap_days, batches=claims.batches, checks=checked)


def _checked(check: Check, found: Sequence[Found], seen: MaySee, claims: Claims) -> Checked:
    shown = [each for each in found if all(seen(event.header) for event in (each.event, *each.beside))]
    findings = tuple(_findings(check, sorted(shown, key=lambda each: each.event.position), claims))
    imported = sum(each.claimed_by_import is not None for each in findings)
    return Checked(
        name=check.name,
        says=check.says,
        live=len(findings) - imported,
        imported=imported,
        withheld=len(found) - len(shown),
        findings=findings,
    )


def _findings(check: Check, found: Sequence[Found], claims: Claims) -> Iterator[Finding]:
    for each in found:
        header = each.event.header
        yield Finding(
            check=check.name,
            position=header.position,
            event_id=header.event_id,
            stream=header.stream,
            type=header.type,
            role=header.role,
            known_at=header.known_at,
            recorded_at=header.recorded_at,
            events=each.events,
            what=each.what,
            look=where_to_look(each.event),
            claimed_by_import=claims.of(each.event),
        )
