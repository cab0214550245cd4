"""Suspending a duty: it is suspended by a decision until another resumes it."""

from collections.abc import Iterable

from domain.deadline import DeadlineResumed, DeadlineSuspended, stream
from domain.deciding import Context
from domain.recorded import Recorded
from domain.refusals import Refusal


class AlreadySuspended(Refusal):
    """A duty that is suspended is suspended until it is resumed."""


class NotSuspended(Refusal):
    """Only what is suspended is resumed."""


def suspension(events: Iterable[Recorded]) -> Recorded | None:
    """Return the event by which a duty is suspended, of what is known of its deadline in order."""
    found = [event for event in events if isinstance(event.body, DeadlineSuspended | DeadlineResumed)]
    return found[-1] if found and isinstance(found[-1].body, DeadlineSuspended) else None


def check(event: DeadlineSuspended | DeadlineResumed, context: Context) -> None:
    """Refuse to suspend what is suspended, and to resume what is not."""
    found = suspension(context.standing(stream(event.deadline)))
    if isinstance(event, DeadlineSuspended) and found is not None:
        raise AlreadySuspended(f"{event.duty} is suspended already, by event {found.id}", where="duty")
    if isinstance(event, DeadlineResumed) and found is None:
        raise NotSuspended(f"{event.duty} is not suspended", where="duty")
