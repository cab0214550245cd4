"""Publications against the State's consent: on the day of publication, and now."""

from collections.abc import Iterator

from domain.consent import Published, Unpublished
from domain.matrix.consented import live_consent
from domain.recorded import Recorded
from domain.times import new_york_date
from projections.audit.check import Check, Found
from projections.audit.trail import Trail

SCOPE = "publish"


def unconsented(trail: Trail) -> Iterator[Found]:
    """Yield publications that no consent covered on their day."""
    for event, body in _published(trail):
        acts = trail.known_by(event.header.stream, event.header.known_at)
        day = new_york_date(event.header.known_at).isoformat()
        if live_consent(acts, SCOPE, body.manifest, day) is None:
            yield Found(event, f"published on {day} without a consent of {body.state} that covers it")


def still_shown(trail: Trail) -> Iterator[Found]:
    """Yield publications that were not taken down although no consent covers them any more."""
    day = trail.day.isoformat()
    for event, body in _published(trail):
        acts = trail.history(event.header.stream).standing(trail.cut)
        later = (act.body for act in acts[acts.index(event) + 1 :])
        down = any(isinstance(each, Unpublished) and each.manifest == body.manifest for each in later)
        if not down and live_consent(acts, SCOPE, body.manifest, day) is None:
            yield Found(event, f"not taken down, and on {day} no consent of {body.state} covers it")


def _published(trail: Trail) -> Iterator[tuple[Recorded, Published]]:
    for event in trail.standing("consent/", Published):
        assert isinstance(event.body, Published)  # noqa: S101 - `standing` yields nothing else
        yield event, event.body


UNCONSENTED = Check(
    name="published-without-consent",
    says="A matrix is published under a consent of the State that covers it on that day.",
    find=unconsented,
)
STILL_SHOWN = Check(
    name="shown-without-consent",
    says="What is published is taken down when the State's consent ends.",
    find=still_shown,
)
