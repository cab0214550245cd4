"""Asking a service over HTTP: one POST, a bounded reply, and an end to waiting."""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from domain.refusals import MalformedInput, Refusal

SECONDS = 5.0
LARGEST_REPLY = 1_000_000


class Unanswered(Refusal):
    """A service did not answer, or not as it should."""


class Replied(NamedTuple):
    """What a service said."""

    status: int
    kind: str
    body: bytes


def post(url: str, data: bytes, kind: str, seconds: float = SECONDS) -> Replied:
    """Return what a service says to some bytes; it is not followed elsewhere.

    Raises:
        MalformedInput: the address is none.
        Unanswered: it does not answer.
    """
    connection, path = _connection(url, seconds)
    try:
        connection.request("POST", path, body=data, headers={"Content-Type": kind})
        reply = connection.getresponse()
        body = reply.read(LARGEST_REPLY + 1)
    except (OSError, HTTPException) as error:
        raise Unanswered(f"it does not answer: {str(error) or type(error).__name__}", where=url) from None
    finally:
        connection.close()
    if len(body) > LARGEST_REPLY:
        raise Unanswered("it answers with more than it should", where=url)
    return Replied(reply.status, reply.headers.get_content_type(), body)


def _connection(url: str, seconds: float) -> tuple[HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, parts, port = None, urlsplit(""), None
    if not host or parts.scheme not in ("http", "https") or not url.isascii() or any(c <= " " for c in url):
        raise MalformedInput(f"{url!r} is no address of a service", remedy="https://HOST/PATH")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, port, timeout=seconds, context=context), path
    return HTTPConnection(host, port, timeout=seconds), path
