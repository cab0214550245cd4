"""The content of a document: bytes in the store, plain or sealed, and under which name they lie there."""

import msgspec

from domain import sealed
from domain.deciding import Context
from domain.refusals import MalformedInput, NotFound
from domain.values import Sha256

SEALED = "restricted"
"""The distribution whose documents are stored sealed; what is limited goes to all delegations anyway."""


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the bytes are: `plain` with their SHA-256, or `sealed` with a commitment only."""

    kind: str
    sha256: Sha256 | None
    commitment: Sha256 | None


def name_of(content: Content) -> str:
    """Return under which name the bytes are stored, and put before the Committee: their hash, or the commitment."""
    return content.sha256 or content.commitment or ""


def check(content: Content, document: str, plain_size: int, distribution: str, context: Context) -> None:
    """Refuse content that is neither plain nor sealed, that is not in the store, or sealed although others may read."""
    match content:
        case Content(kind="plain", sha256=str() as name, commitment=None):
            where, size = "sha256", plain_size
        case Content(kind="sealed", sha256=None, commitment=str() as name):
            where, size = "commitment", plain_size + sealed.OVERHEAD
            if distribution != SEALED:
                raise MalformedInput(
                    f"a document of {distribution} distribution is not sealed",
                    where="distribution",
                    remedy=f"restricted documents are; to change who reads {document}, register it anew",
                )
        case _:
            raise MalformedInput(
                "a document is plain, named by the hash of its bytes, or sealed, named by a commitment to them",
                where="content",
            )
    stored = context.record.document(name)
    if stored is None or len(stored) != size:
        raise NotFound(f"no {plain_size} bytes with {where} {name} are in the store", where=where)
