"""What a State consents to on a day, by what it said and took back, and to what it has not answered."""

from collections.abc import Iterable

from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.recorded import Recorded


def live_consents(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> tuple[Recorded, ...]:
    """Return the consents that cover a manifest on a day, among standing events in order; one adds to another."""
    live: list[Recorded] = []
    for event in events:
        body = event.body
        match body:
            case ConsentGiven() if body.scope == scope and body.manifest in (None, manifest):
                if (body.valid_from or "") <= day and (body.valid_to is None or day <= body.valid_to):
                    live.append(event)
            case ConsentWithdrawn() if body.scope == scope and body.manifest in (None, manifest):
                live.clear()
            case _:
                pass
    return tuple(live)


def live_consent(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> Recorded | None:
    """Return the last consent that covers a manifest on a day, or None."""
    return next(reversed(live_consents(events, scope, manifest, day)), None)


def partners(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> frozenset[str]:
    """Return with whom a State consents on a day to have something shared, or to be in direct contact."""
    live = (event.body for event in live_consents(events, scope, manifest, day))
    return frozenset(party for body in live if isinstance(body, ConsentGiven) for party in body.partners)


def unanswered(events: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Return the askings, among standing events in order, to which the State has not said yes or no."""
    open_ones: list[Recorded] = []
    for event in events:
        body = event.body
        if isinstance(body, ConsentAsked):
            open_ones.append(event)
        elif isinstance(body, ConsentGiven | ConsentRefused):
            open_ones = [asked for asked in open_ones if not _answers(body, asked)]
    return tuple(open_ones)


def _answers(body: ConsentGiven | ConsentRefused, asking: Recorded) -> bool:
    asked = asking.body
    return isinstance(asked, ConsentAsked) and asked.scope == body.scope and body.manifest in (None, asked.manifest)
