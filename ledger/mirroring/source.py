"""Where a published log is read: a folder, or a server that serves one as files."""

import re
from pathlib import Path
from typing import Protocol

from domain.refusals import MalformedInput
from ledger.mirroring.refusals import SourceUnreachable
from ledger.proving.folder import Folder

_URL = re.compile(r"https?://[^/?#\s]+(?:/[^?#\s]*)?")
_PATIENCE = 30
_LARGEST = 128 * 1024 * 1024
_GONE = (404, 410)


class Source(Protocol):
    """The files of a published log, by the paths that C2SP gives them."""

    def read(self, name: str) -> bytes | None:
        """Return a file, or None where it is not there."""
        ...


class Web:
    """A log behind an address; a proxy and the certificates are those of the machine."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def read(self, name: str) -> bytes | None:
        """Return a file, or None where the server has none.

        Raises:
            SourceUnreachable: the server does not answer, or with something else.
        """
        from http.client import HTTPException
        from urllib.error import HTTPError
        from urllib.request import Request, urlopen

        request = Request(f"{self._url}/{name}", headers={"User-Agent": "ledger1540"})  # noqa: S310 - see `source`
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - see `source`
                data: bytes = answer.read(_LARGEST + 1)
        except HTTPError as error:
            error.close()
            if error.code in _GONE:
                return None
            raise SourceUnreachable(f"{request.full_url} answers with {error.code}", remedy="try again") from None
        except (OSError, HTTPException) as error:
            raise SourceUnreachable(f"{request.full_url} cannot be read: {error}", remedy="try again") from None
        if len(data) > _LARGEST:
            raise SourceUnreachable(f"{request.full_url} is larger than any piece of a log")
        return data


def source(written: str) -> Source:
    """Return the log in a folder or behind an address.

    Raises:
        MalformedInput: it is neither.
    """
    if "://" not in written:
        return Folder(Path(written).expanduser())
    if _URL.fullmatch(written) is None:
        raise MalformedInput(
            f"{written!r} is no address of a published log", remedy="a folder, or such as https://example.org/log"
        )
    return Web(written)
