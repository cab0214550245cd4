"""A process of its own that sends and stops at a step, for tests that kill it there.

Steps: `begun`, before the server is spoken to; `sending`, while the server has the message and has not answered;
`answered`, after its 250 and before the outcome is recorded; `ended`, after that.
"""

import sys
from pathlib import Path

from ledger.record import Record
from tests.workflows.mail.given import HEAD, Office
from workflows.mail.mailer import Reply
from workflows.mail.smtp import Server, SmtpMailer


class Stopping(SmtpMailer):
    """Stops before or after handing a message over."""

    step = ""

    async def send(self, data: bytes, recipient: str) -> Reply:
        if self.step == "begun":
            stop()
        reply = await super().send(data, recipient)
        if self.step == "answered":
            stop()
        return reply


def stop() -> None:
    """Say so, and wait for what comes."""
    sys.stdout.write("here\n")
    sys.stdout.flush()
    sys.stdin.read()


def main(home: str, port: str, step: str) -> None:
    with Record.open(Path(home)) as record:
        mailer = Stopping(Server(host="127.0.0.1", port=int(port), security="plain", seconds=60), HEAD.sender)
        mailer.step = step
        Office(record).sends(mailer)
        stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
