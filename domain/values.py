"""The kinds of value that stored fields hold; their text forms are part of the archive's format."""

from typing import Annotated, Literal

from msgspec import Meta

LARGEST_INTEGER = 2**53 - 1
LARGEST_BODY = 256 * 1024
LARGEST_HEADER = 4 * 1024

INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
SHA256 = r"[0-9a-f]{64}"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
STREAM_NAME = r"[A-Za-z0-9._/-]+"
NAME = r"[A-Za-z0-9._-]+"
LONGEST_STREAM_NAME = 200
LONGEST_NAME = 100

Instant = Annotated[str, Meta(pattern=rf"^{INSTANT}\Z")]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Sha256 = Annotated[str, Meta(pattern=rf"^{SHA256}\Z")]
Uuid = Annotated[str, Meta(pattern=rf"^{UUID}\Z")]
StreamName = Annotated[str, Meta(pattern=rf"^{STREAM_NAME}\Z", max_length=LONGEST_STREAM_NAME)]
Name = Annotated[str, Meta(pattern=rf"^{NAME}\Z", max_length=LONGEST_NAME)]
StateCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
Party = Annotated[
    str,
    Meta(pattern=r"^(state:[A-Z]{3}|(organization|sector|other):[A-Za-z0-9._-]+)\Z", max_length=LONGEST_NAME),
]
Addressee = Annotated[
    str,
    Meta(pattern=r"^(state:[A-Z]{3}|(role|contact|organization):[A-Za-z0-9._-]+)\Z", max_length=LONGEST_NAME),
]
LetterId = Annotated[str, Meta(pattern=r"^[0-9]{4}/[0-9]{1,6}\Z")]
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
