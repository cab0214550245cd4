"""Mail as the settings have it: the server or a folder, whose letterhead, and the addresses of offices."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.record import Record
    from workflows.mail.addresses import Addresses
    from workflows.mail.composing import Letterhead
    from workflows.mail.mailer import Mailer

NOBODY = "ledger1540.invalid"
"""A domain that never exists: of what is kept in a folder while nothing else is set."""
OFFICES_FILE = "offices.json"
"""In a home: the addresses of offices by role, unless LEDGER1540_OFFICES names another file."""


def letterhead() -> Letterhead:
    """Return whose mail it is: LEDGER1540_MAIL_FROM, and LEDGER1540_MAIL_REPLY_TO if replies go elsewhere.

    Raises:
        MalformedInput: mail goes to a server, and nobody is set whose it is.
    """
    from domain.refusals import MalformedInput
    from workflows.mail.composing import Letterhead

    sender = os.environ.get("LEDGER1540_MAIL_FROM", "")
    if not sender and os.environ.get("LEDGER1540_SMTP"):
        raise MalformedInput(
            "nobody is set whose mail it is", where="LEDGER1540_MAIL_FROM", remedy="set the Secretariat's address"
        )
    return Letterhead(sender or f"secretariat@{NOBODY}", os.environ.get("LEDGER1540_MAIL_REPLY_TO") or None)


def mailer_of(home: Path) -> Mailer:
    """Return what sends: the server that LEDGER1540_SMTP names, else a folder in the home that people can read."""
    from workflows.mail.folder import FOLDER, FolderMailer

    url = os.environ.get("LEDGER1540_SMTP", "")
    if not url:
        return FolderMailer(home / FOLDER)
    from workflows.mail.smtp import SmtpMailer, server

    return SmtpMailer(server(url, _password()), letterhead().sender)


def addresses_of(record: Record) -> Addresses:
    """Return what looks addresses up: the vault of the home, and the offices that are set."""
    from interfaces.vaults import unsealing
    from workflows.mail.addresses import Addresses

    return Addresses(record, unsealing(record), _offices(record.home))


def _offices(home: Path) -> Mapping[str, str]:
    import msgspec

    from domain.messages.intending import OFFICES
    from domain.refusals import MalformedInput

    path = Path(os.environ.get("LEDGER1540_OFFICES") or home / OFFICES_FILE)
    if not path.exists() and not os.environ.get("LEDGER1540_SMTP"):
        return {office: f"{office}@{NOBODY}" for office in OFFICES}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as error:
        raise MalformedInput(
            f"not a table of addresses: {error}", where=str(path), remedy=f"JSON with some of {', '.join(OFFICES)}"
        ) from None


def _password() -> str | None:
    file = os.environ.get("LEDGER1540_SMTP_PASSWORD_FILE")
    if file:
        return Path(file).expanduser().read_text("utf-8").strip()
    return os.environ.get("LEDGER1540_SMTP_PASSWORD") or None
