"""Decisions on publication: nothing is published that is not approved and consented to."""

from collections.abc import Iterator

from domain import ids
from domain.audiences import PUBLIC
from domain.consent import Published, Unpublished
from domain.deciding import Context
from domain.foreseen import Foreseen
from domain.ids import prefix
from domain.matrix import commands as c
from domain.matrix.consented import live_consent
from domain.matrix.file import StateFile, in_order
from domain.matrix.late import imported_late
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import NotFound, Refusal
from domain.standing import NO_LIMIT, Cut, History
from domain.times import new_york_date
from domain.undermining import RestsOnIt
from domain.values import Instant


class NotApproved(Refusal):
    """Only an approved manifest is published."""


class NoConsent(Refusal):
    """The State has not consented, or has taken its consent back."""


class AlreadyPublished(Refusal):
    """What is published stays so until it is taken down."""


def _decided(state: str, event: Event) -> Decided:
    return Decided((Draft(stream=ids.consent(state), event=event, audience=PUBLIC),))


def _covered(known: History, manifest: str, at: Instant, position: int = NO_LIMIT) -> Recorded | None:
    """Return the consent that covers the publication of a manifest at an instant, of what was known by then."""
    standing = known.standing(Cut(known_at=at, position=position))
    return live_consent(standing, "publish", manifest, new_york_date(at).isoformat())


def check_consents(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which a publication that rests on a consent would stand without one.

    Raises:
        RestsOnIt: with that publication.
    """
    for stream in {event.header.stream for event in then.struck.values()}:
        if prefix(stream) == "consent":
            already = {event.id for event in _without_consent(context.record.history(stream))}
            for event in _without_consent(then.history(stream)):
                if event.id not in already:
                    raise RestsOnIt(
                        f"{event.header.type} {event.id} (position {event.position}) would stand without the consent "
                        "that it rests on",
                        remedy="void that first, or enter the consent as it was given",
                    )


def _without_consent(known: History) -> Iterator[Recorded]:
    """Yield the standing publications that name a consent and that none covers."""
    for event in known.standing():
        match event.body:
            case Published(manifest=manifest, basis=basis) if any(named in known.by_id for named in basis):
                if _covered(known, manifest, event.header.known_at) is None:
                    yield event
            case _:
                pass


def publish(command: c.PublishMatrix, context: Context) -> Decided:
    """Publish an approved manifest under live consent; an import needs none where text and approvals came late."""
    file = StateFile(context, command.state)
    manifest = file.manifest(command.revision)
    approvals = [row for row in file.now.acts if row.kind == "approved" and row.manifest == manifest]
    if not approvals:
        raise NotApproved(f"revision {command.revision} of {command.state} is not approved")
    in_order(approvals[0].known_at, context.known_at, "published before the approval")
    known = context.record.history(ids.consent(command.state))
    consent = _covered(known, manifest, context.known_at, context.before)
    if consent is None and not imported_late(
        file, command.revision, *(file.facts.event(row.event_id) for row in approvals)
    ):
        raise NoConsent(f"{command.state} has not consented to the publication of revision {command.revision}")
    shown = file.at(Cut(known_at=context.known_at, position=context.before)).act_of("published")
    if shown is not None and shown.manifest == manifest and not context.importing:
        raise AlreadyPublished(
            f"revision {command.revision} of {command.state} is published, by event {shown.event_id}",
            remedy="take it down first, or publish another",
        )
    basis = (approvals[-1].event_id, *(() if consent is None else (consent.id,)))
    return _decided(command.state, Published(state=command.state, manifest=manifest, basis=basis))


def unpublish(command: c.UnpublishMatrix, context: Context) -> Decided:
    """Take a published manifest down."""
    file = StateFile(context, command.state)
    manifest = file.manifest(command.revision)
    published = [row for row in file.now.acts if row.kind == "published" and row.manifest == manifest]
    if not published:
        raise NotFound(f"revision {command.revision} of {command.state} is not published")
    in_order(published[-1].known_at, context.known_at, "unpublished before the publication")
    event = Unpublished(state=command.state, manifest=manifest, basis=(published[-1].event_id,))
    return _decided(command.state, event)
