"""Batches of late history: how much entered with each, and what it claims."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from domain.recorded import Recorded
from domain.records import BatchImported, BatchReversed, batch_stream
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def find(trail: Trail) -> Iterator[Found]:
    """Yield every batch, with the events that entered with it."""
    entered: dict[str, list[Recorded]] = defaultdict(list)
    batches: list[tuple[Recorded, BatchImported]] = []
    for act in trail.acts():
        if isinstance(act.body, BatchImported):
            batches.append((act, act.body))
        elif act.header.causation_id is not None:
            entered[act.header.causation_id].append(act)
    for began, batch in batches:
        yield Found(began, _claims(trail, batch, entered[began.id]), events=1 + len(entered[began.id]))


def _claims(trail: Trail, batch: BatchImported, events: list[Recorded]) -> str:
    what = f"batch {batch.batch} from {batch.source}"
    if not events:
        return f"{what} brought nothing"
    known = sorted(event.header.known_at[:10] for event in events)
    roles = Counter(event.header.role for event in events if event.header.role)
    claimed = ", ".join(f"{role} {count}" for role, count in sorted(roles.items()))
    acts = trail.history(batch_stream(batch.batch)).standing(trail.cut)
    since = "; reversed since" if any(isinstance(act.body, BatchReversed) for act in acts) else ""
    return (
        f"{what} claims what was known from {known[0]} to {known[-1]} and who did it, events by role: {claimed}{since}"
    )


CHECK = Check(
    name="late-history",
    says="What entered in batches of late history has the actors, roles and dates that its importer claims.",
    find=find,
)
