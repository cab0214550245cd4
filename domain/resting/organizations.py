"""What organizations, the dialogue with them and the objectives for it lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.deciding import RecordView
from domain.organization.contact_point import ContactPointAsked, ContactPointConfirmed, ContactPointDesignated
from domain.organization.dialogue import DialogueLogged
from domain.organization.objectives import ObjectiveAppraised, ObjectiveSet
from domain.organization.registering import OrganizationRegistered
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, adoptions, documents, under


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that an organization or an objective lays while it stands."""
    match body:
        case OrganizationRegistered():
            yield Ground("organization", body.organization)
        case ObjectiveSet():
            yield Ground("objective", body.objective)
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about an organization or an objective stands on."""
    match body:
        case ContactPointAsked() | ContactPointDesignated() | ContactPointConfirmed():
            yield Ground("organization", body.organization)
            yield from documents(body.document_id)
        case DialogueLogged():
            yield Ground("organization", body.organization)
            yield from documents(*body.documents)
        case ObjectiveSet():
            yield from adoptions(body.decision_id)
            yield from documents(body.document_id)
        case ObjectiveAppraised():
            yield Ground("objective", body.objective)
            yield Ground("programme", str(body.programme))
            yield from documents(body.document_id)
        case _:
            pass


_OWN: Mapping[str, FindStreams] = {"objective": under("organization/objectives")}
GROUNDS = Grounds(bears, rests, laid_in=_OWN, rested_on_in=_OWN)
