"""What sends a message: any mail server, or a folder that people can read."""

from types import TracebackType
from typing import NamedTuple, Protocol, Self

from domain.messages.commands import Outcome


class Reply(NamedTuple):
    """What came of handing a message over: the outcome, and the reply code alone."""

    outcome: Outcome
    code: str | None = None


class Mailer(Protocol):
    """A connection to whatever takes mail, open while it is entered.

    `local` is true where nothing leaves this machine: only there goes mail of a simulated record.
    """

    local: bool

    async def __aenter__(self) -> Self:
        """Begin; a server that cannot be reached is told of by `send`."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        ...

    async def send(self, data: bytes, recipient: str) -> Reply:
        """Hand a message over to one address, once."""
        ...
