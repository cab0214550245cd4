"""What verification finds."""

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it was recorded: at a position, in a document, or in the file as such."""

    position: int | None
    document: str | None
    what: str

    def __str__(self) -> str:
        places: list[str] = []
        if self.position is not None:
            places.append(f"position {self.position}")
        if self.document is not None:
            places.append(f"document {self.document}")
        return f"{', '.join(places) or 'the record'}: {self.what}"

    def earlier_than(self, other: "Finding") -> bool:
        """True where this one comes first in the order of positions."""
        if self.position is None:
            return False
        return other.position is None or self.position < other.position
