"""Which stored documents an event rests on."""

from domain.content import Content, name_of
from domain.document import DocumentRegistered
from domain.recorded import Event


def documents_of(body: Event) -> list[str]:
    """Return the names, hashes or commitments, of what must be in the store because this event names it."""
    named = [getattr(body, member, None) for member in ("manifest", "carried")]
    content = getattr(body, "content", None)
    if isinstance(content, Content):
        named.append(name_of(content))
    return [name for name in named if isinstance(name, str)]


def sealed_in(body: Event) -> tuple[str, str] | None:
    """Return the commitment and the id of the document that an event registers sealed."""
    if isinstance(body, DocumentRegistered) and body.content.commitment is not None:
        return body.content.commitment, body.document
    return None
