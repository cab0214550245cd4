"""Events that a view goes on without."""

from collections.abc import Iterator

from domain.records import VIEWS_STREAM, EventSkipped
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def find(trail: Trail) -> Iterator[Found]:
    """Yield the skips on record."""
    for event in trail.standing_in(VIEWS_STREAM, EventSkipped):
        body = event.body
        assert isinstance(body, EventSkipped)  # noqa: S101 - `standing` yields nothing else
        yield Found(event, f"view {body.view} goes on without position {body.position}: {body.reason}")


CHECK = Check(
    name="skipped-by-view",
    says="Views take in every event.",
    find=find,
)
