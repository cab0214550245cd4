"""Mail kept in a folder where people can read it: what there is where no mail server is set."""

from pathlib import Path
from types import TracebackType
from typing import Self

from ledger.documents import sync_folder
from workflows.mail.mailer import Reply

FOLDER = "outbox-mail"
"""In a home: messages as they would go out, by the name of their Message-ID."""
BY_HAND = "by-hand"
"""Inside it: letters for which there is no address, to be handed over."""


class FolderMailer:
    """Writes each message as a file; the same message is the same file."""

    local = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    async def send(self, data: bytes, recipient: str) -> Reply:
        """Keep a message; to which address it would go, stands in no file."""
        del recipient
        keep(self.folder, data)
        return Reply("accepted")


def keep(folder: Path, data: bytes) -> Path:
    """Write a message into a folder under the name in its Message-ID, whole or not at all."""
    from email import message_from_bytes, policy

    name = str(message_from_bytes(data, policy=policy.SMTP)["Message-ID"]).strip(" <>\r\n").partition("@")[0]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, incoming = folder / f"{name}.eml", folder / f".incoming-{name}"
    incoming.write_bytes(data)
    incoming.replace(path)
    sync_folder(folder)
    return path
