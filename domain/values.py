"""The kinds of value that stored fields hold; their text forms are part of the archive's format."""

from typing import Annotated, Literal

from msgspec import Meta

LARGEST_INTEGER = 2**53 - 1
LARGEST_BODY = 256 * 1024
LARGEST_HEADER = 4 * 1024

Instant = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z")]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
StreamName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._/-]+\Z", max_length=200)]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]+\Z", max_length=100)]
StateCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
CellId = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9.]+/[a-z0-9_]+-[0-9]+-(nw|cw|bw|all)-(legal|enforcement|statement)\Z")
]
Integer = Annotated[int, Meta(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Position = Annotated[int, Meta(ge=1, le=LARGEST_INTEGER)]
Revision = Annotated[int, Meta(ge=1, le=1_000_000)]
Offset = Annotated[int, Meta(ge=0, le=LARGEST_INTEGER)]
Precision = Literal["instant", "day", "month", "year"]
Reading = Literal["corrected", "stood"]
Standing = Literal["working", "approved", "sent", "published"]
