"""What an event names by its members: States, documents and whatever else has a stream of its own."""

from collections.abc import Iterator, Mapping
from typing import cast

from domain.recorded import Event

Named = tuple[str, str]
"""A ground by kind and name."""

ONE: Mapping[str, str] = {
    "decision_id": "adoption",
    "document_id": "document",
    "for_request": "request",
    "group": "group",
    "interest": "interest",
    "offer": "offer",
    "organization": "organization",
    "request": "request",
    "request_document_id": "document",
    "standing_programme": "provider-programme",
    "state": "state",
    "under_programme": "provider-programme",
    "visit": "visit",
}
"""What a member names, if it is not null."""
MANY: Mapping[str, str] = {
    "documents": "document",
    "organizations": "organization",
    "requesters": "state",
    "states": "state",
}


def named(body: Event) -> Iterator[Named]:
    """Yield what an event names by its members, itself among it where it is the first of its stream."""
    for member in body.__struct_fields__:
        if member in ONE:
            name = cast("str | None", getattr(body, member))
            yield from () if name is None else ((ONE[member], name),)
        elif member in MANY:
            yield from ((MANY[member], name) for name in cast("tuple[str, ...]", getattr(body, member)))
