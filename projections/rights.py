"""What a reader may see of one State's file, judged by what stands on record now, whatever the date asked about."""

from functools import cached_property

from domain import ids
from domain.access import Reader, may
from domain.consent import ConsentGiven, ConsentWithdrawn, Published, Unpublished
from domain.deciding import RecordView
from domain.exchange.sending import MatrixSent
from domain.matrix.answer import Answer
from domain.matrix.consented import live_consent, partners
from domain.matrix.documents import read_manifest
from domain.matrix.events import MatrixApproved, RevisionOpened
from domain.recorded import Recorded
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Standing

NOW = Cut()


class Rights:
    """The rights of one reader in one State's file.

    An event is addressed to audiences. Beyond them, everyone reads the cells of a manifest that is published now, a
    State those of the manifests that were sent to it, and a partner those of the approved manifests that the State
    consents to share with it. `foreseen` are manifests that are taken to be open to the reader too.
    """

    def __init__(
        self, record: RecordView, reader: Reader, state: str, now: str, foreseen: frozenset[str] = frozenset()
    ) -> None:
        self._record = record
        self._reader = reader
        self._state = state
        self._now = now
        self._foreseen = foreseen

    def may(self, event: Recorded) -> bool:
        """True where the reader belongs to an audience of the event."""
        return may(self._reader, event.header, self._now)

    @cached_property
    def reads_file(self) -> bool:
        """True where every opening of the State's revisions is addressed to the reader, as drafts are then too."""
        return all(self.may(event) for event in self._openings)

    @cached_property
    def _openings(self) -> list[Recorded]:
        events = self._record.history(ids.matrix(self._state)).events
        return [event for event in events if isinstance(event.body, RevisionOpened)]

    @cached_property
    def published(self) -> frozenset[str]:
        """The manifests that are published now, under a consent that was not withdrawn and has not run out."""
        acts = self._record.history(ids.consent(self._state)).standing(NOW)
        shown: set[str] = set()
        for event in acts:
            if isinstance(event.body, Published):
                shown.add(event.body.manifest)
            elif isinstance(event.body, Unpublished):
                shown.discard(event.body.manifest)
        day = new_york_date(self._now).isoformat()
        return frozenset(manifest for manifest in shown if not _consent_lapsed(acts, manifest, day))

    @cached_property
    def sent(self) -> frozenset[str]:
        """The manifests whose sending to the State stands now, if the reader speaks for that State."""
        if f"state:{self._state}" not in self._reader.audiences(self._now):
            return frozenset()
        acts = self._record.history(ids.exchange(self._state)).standing(NOW)
        return frozenset(event.body.manifest for event in acts if isinstance(event.body, MatrixSent))

    @cached_property
    def shared(self) -> frozenset[str]:
        """The approved manifests that the State consents now to share with whom the reader speaks for."""
        theirs = self._reader.audiences(self._now)
        acts = self._record.history(ids.consent(self._state)).standing(NOW)
        approvals = self._record.history(ids.matrix(self._state)).standing(NOW)
        day = new_york_date(self._now).isoformat()
        approved = {event.body.manifest for event in approvals if isinstance(event.body, MatrixApproved)}
        return frozenset(each for each in approved if theirs & partners(acts, "share", each, day))

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The manifests that are open to the reader in whatever standing they are asked for."""
        return self.published | self.shared | self._foreseen

    @cached_property
    def open_events(self) -> frozenset[str]:
        """The events that stand in a manifest open to the reader."""
        documents = [self._record.document(manifest) for manifest in self.everywhere | self.sent]
        manifests = [read_manifest(document) for document in documents if document is not None]
        return frozenset(cell.event_id for each in manifests for cell in each.cells if cell.event_id is not None)

    def sees(self, event: Recorded) -> bool:
        """True where the reader may see a cell's event, as one of its audience or in a manifest open to them."""
        return self.may(event) or event.id in self.open_events

    def opens(self, found: Answer) -> bool:
        """True where all cells of an answer are open, because of the manifest that it gives exactly."""
        return found.manifest is not None and self.opens_manifest(found.manifest, found.standing)

    def opens_manifest(self, manifest: str, standing: Standing) -> bool:
        """True where the manifest that an answer in a standing gives is open to the reader."""
        return manifest in self.everywhere or (standing == "sent" and manifest in self.sent)


def _consent_lapsed(acts: tuple[Recorded, ...], manifest: str, day: str) -> bool:
    """True where consent to publish a manifest is on record and does not hold on a day.

    A publication of the past, entered without the consent it rested on, is not held against it.
    """
    spoken = any(
        isinstance(event.body, ConsentGiven | ConsentWithdrawn)
        and event.body.scope == "publish"
        and event.body.manifest in (None, manifest)
        for event in acts
    )
    return spoken and live_consent(acts, "publish", manifest, day) is None
