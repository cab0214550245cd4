"""Which stored documents an event rests on."""

from domain.document import Content
from domain.recorded import Event


def documents_of(body: Event) -> list[str]:
    """Return the hashes of the documents that must be in the store because this event names them."""
    named = [getattr(body, member, None) for member in ("manifest", "carried")]
    content = getattr(body, "content", None)
    if isinstance(content, Content):
        named.append(content.sha256)
    return [digest for digest in named if isinstance(digest, str)]
