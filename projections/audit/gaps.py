"""Gaps between known and recorded, what was entered live and what imports claim told apart."""

from collections.abc import Iterator

from domain.recorded import Recorded
from projections.audit.check import Check, Found
from projections.audit.trail import Trail
from projections.views.corrections import delay


def find(trail: Trail) -> Iterator[Found]:
    """Yield the transactions and batches that recorded facts, or errors noticed, more days later than is allowed."""
    late: dict[str, list[Recorded]] = {}
    for act in trail.acts():
        if act.header.command_id not in trail.reversals and _days(act) > trail.gap_days:
            came = act.header.causation_id if trail.came_late(act) else None
            late.setdefault(came or act.header.recorded_at, []).append(act)
    for acts in late.values():
        days = [_days(act) for act in acts]
        between = f"{days[0]} days" if min(days) == max(days) else f"{min(days)} to {max(days)} days"
        yield Found(acts[0], f"recorded {between} after it was known or noticed", events=len(acts))


def _days(act: Recorded) -> int:
    return delay(act.header.noticed_at or act.header.known_at, act.header.recorded_at)


CHECK = Check(
    name="recorded-late",
    says="What the Committee knows is recorded within some days.",
    find=find,
)
