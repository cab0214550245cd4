"""The order of the certificates in a time stamp: DER sorts a set, and not every authority's software does.

No signature covers that order, and the library reads sorted sets alone, so they are sorted before it reads them.
"""

from collections.abc import Iterator
from typing import NamedTuple

_SEQUENCE, _FIRST = 0x30, 0xA0
_LONG = 0x80


class _Part(NamedTuple):
    """A value in some bytes: its tag, where it begins, where what is in it begins, and where it ends."""

    tag: int
    start: int
    inner: int
    end: int


def sorted_certificates(token: bytes) -> bytes:
    """Return a time stamp (RFC 3161 2.4.2) whose certificates are sorted as DER asks (X.690 11.6).

    What is no such thing is returned as it is, for the library to refuse.
    """
    try:
        (answer,) = _parts(token, 0, len(token))
        content = list(_parts(token, answer.inner, answer.end))[1]
        wrapped = next(each for each in _parts(token, content.inner, content.end) if each.tag == _FIRST)
        (signed,) = _parts(token, wrapped.inner, wrapped.end)
        given = next((each for each in _parts(token, signed.inner, signed.end) if each.tag == _FIRST), None)
        if given is None or any(each.tag != _SEQUENCE for each in (answer, content, signed)):
            return token
        certificates = sorted(token[each.start : each.end] for each in _parts(token, given.inner, given.end))
    except (LookupError, ValueError, StopIteration):
        return token
    return token[: given.inner] + b"".join(certificates) + token[given.end :]


def _parts(data: bytes, start: int, end: int) -> Iterator[_Part]:
    while start < end:
        length, inner = data[start + 1], start + 2
        if length & _LONG:
            size = length ^ _LONG
            length, inner = int.from_bytes(data[inner : inner + size], "big"), inner + size
        if not start < inner + length <= end:
            raise ValueError("a value ends elsewhere than what it is in")
        yield _Part(data[start], start, inner, inner + length)
        start = inner + length
