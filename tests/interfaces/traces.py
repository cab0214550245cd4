"""Where a text could be left behind, and in which disguise: raw, UTF-16, base64, hex, JSON-escaped, in any case."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path


def disguises(text: str) -> Iterator[bytes]:
    """Yield the forms in which a text would be found, in lower case as haystacks are too."""
    data = text.encode()
    forms = [data, text.encode("utf-16-le"), text.encode("utf-16-be"), data.hex().encode()]
    forms += [json.dumps(text)[1:-1].encode(), json.dumps(text.lower())[1:-1].encode(), text.lower().encode()]
    for encode in (b64encode, urlsafe_b64encode):
        for offset in range(3):
            encoded = encode(bytes(offset) + data).rstrip(b"=")
            whole = len(encoded) - ((offset + len(data)) % 3 > 0)
            forms.append(encoded[(0, 2, 3)[offset] : whole])
    yield from {form.lower() for form in forms}


def found(texts: tuple[str, ...], *places: Path, spoken: str = "") -> set[str]:
    """Return which of some texts are found in files under places, or in what was said."""
    haystacks = [spoken.lower().encode()]
    for place in places:
        haystacks += [file.read_bytes().lower() for file in place.rglob("*") if file.is_file()]
    return {text for text in texts for form in disguises(text) if any(form in each for each in haystacks)}
