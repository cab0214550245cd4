"""The authority that stamps checkpoints with the time (RFC 3161): where it is asked, and whom it must be signed by."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from domain.refusals import MalformedInput
from interfaces.signers import signer_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.x509 import Certificate

    from ledger.proving.note import Note

SETTING, CERTIFICATE_SETTING = "LEDGER1540_TSA", "LEDGER1540_TSA_CERTIFICATE"


class Authority:
    """A time-stamping authority."""

    def __init__(self, url: str | None = None, certificate: Path | None = None) -> None:
        """Take what is given as an option, else what is set.

        Raises:
            MalformedInput: there is no address or no certificate.
        """
        found = url or os.environ.get(SETTING)
        if not found:
            raise MalformedInput("say which authority stamps", where="--tsa", remedy=f"--tsa URL, or set {SETTING}")
        self.url = found
        self.name = urlsplit(found).hostname or found
        self.certificates = trusted(certificate)
        if not self.certificates:
            remedy = f"--certificate FILE, or set {CERTIFICATE_SETTING}"
            raise MalformedInput("say whose stamps are good", where="--certificate", remedy=remedy)

    def stamp(self, signed: Note) -> Note:
        """Return a checkpoint with a time stamp more.

        Raises:
            Unanswered: the authority does not answer.
            StampWrong: what it answers is not good.
        """
        from ledger.proving.time_stamp import stamped

        return stamped(signed, self.name, self.url, self.certificates)


def trusted(file: Path | None = None) -> list[Certificate]:
    """Return the certificates that authorities are trusted under; none where nothing is given or set.

    Raises:
        MalformedInput: the file cannot be read, or holds none.
    """
    named = file or os.environ.get(CERTIFICATE_SETTING)
    if not named:
        return []
    from ledger.proving.time_stamp import certificates

    try:
        return certificates(Path(named).expanduser().read_bytes())
    except OSError as error:
        where = "--certificate" if file is not None else CERTIFICATE_SETTING
        raise MalformedInput(f"cannot read {named}: {error.strerror}", where=where) from None


def how_long(home: Path) -> Iterator[tuple[bool, str]]:
    """Yield whether the time stamps of a home are good for a while, and from when on they are not; nothing without any.

    Raises:
        StampWrong: one cannot be read.
    """
    folder = signer_folder(home)
    if not (folder / "stamped").is_dir():
        return
    from ledger.proving.stamps import Stamps

    out = [last.until for _, last in Stamps(folder).running_out(datetime.now(UTC))]
    found = (
        f"{len(out)} run out from {min(out):%Y-%m-%d} on: `ledger1540 timestamp --renew`" if out else "none ends soon"
    )
    yield not out, found
