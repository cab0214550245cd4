"""What points of contact lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.canonical import encode, sha256
from domain.contact.events import (
    ContactBounced,
    ContactConfirmed,
    ContactEnded,
    ContactErased,
    ContactProposed,
    NoChangeOfContact,
)
from domain.deciding import RecordView
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, adoptions, documents, first_word, organizations, states


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a proposal of a contact lays while it stands."""
    if isinstance(body, ContactProposed):
        yield Ground("contact", body.contact)
        yield _details(body)


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about a contact stands on."""
    match body:
        case ContactProposed():
            yield from states(*() if body.state is None else (body.state,))
            yield from organizations(body.organization)
            yield from documents(body.document_id)
        case ContactConfirmed():
            yield Ground("contact", body.contact)
            yield from _confirmed(record, body)
        case NoChangeOfContact() | ContactEnded():
            yield Ground("contact", body.contact)
            yield from documents(body.document_id)
        case ContactBounced():
            yield Ground("contact", body.contact)
        case ContactErased():
            yield Ground("contact", body.contact)
            yield from documents(body.document_id)
            yield from adoptions(body.decision_id)
        case _:
            pass


def _details(body: ContactProposed) -> Ground:
    """Return what was proposed of a contact, word for word: what a second person confirmed does not change."""
    return Ground("details", f"{body.contact} in proposal {body.proposal} with hash {sha256(encode(body))}")


def _confirmed(record: RecordView, body: ContactConfirmed) -> Iterator[Ground]:
    for event in record.history(f"contact/{body.contact}").standing():
        if isinstance(event.body, ContactProposed) and event.body.proposal == body.proposal:
            yield _details(event.body)


_OWN: Mapping[str, FindStreams] = {"contact": first_word("contact"), "details": first_word("contact")}
GROUNDS = Grounds(bears, rests, laid_in=_OWN, rested_on_in={"details": first_word("contact")})
