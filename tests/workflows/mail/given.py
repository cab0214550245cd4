"""A Secretariat that sends mail: a real record, a vault, and a real mail server that does as it is told."""

import asyncio
import socket
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd import smtp as served
from aiosmtpd.controller import Controller

from domain.actor import GrantRole, RegisterActor
from domain.catalogue import TYPES
from domain.contact.commands import ConfirmContact, Details, ProposeContact
from domain.deciding import Command
from domain.messages.message import Message, message_of, stream
from domain.state import RegisterState
from interfaces import initialise
from ledger.address import Address
from ledger.record import Record
from ledger.vault.keys import Keys
from ledger.vault.vault import Vault
from workflows.letters.kinds import Reminding
from workflows.mail.addresses import Addresses
from workflows.mail.composing import Letterhead
from workflows.mail.intending import Intent, intend, intend_all
from workflows.mail.mailer import Mailer
from workflows.mail.sending import Sent, send_waiting
from workflows.mail.smtp import Server, SmtpMailer

HEAD = Letterhead("secretariat@committee.example", "replies@committee.example")
OFFICES = {"chair": "chair@committee.example", "experts": "experts@committee.example"}
PERSON = "point.of.contact@capital.example"
LATE = 1.0
ABOUT = "deadline/annual-review/2013"
VALUES = Reminding(
    duty="REV-2013",
    what="Annual review",
    paragraph="2",
    words="before the end of December",
    last_day="2013-12-31",
    days_left=30,
    steps_left=("adopted by the Committee",),
    internal=False,
)


def beginning() -> list[Command]:
    """Return what a record begins with: the types that these tests record, two of the Secretariat, and Kenya."""
    kinds = ("record", "actor", "state", "contact", "message", "correspondence")
    commands: list[Command] = list(initialise.types("sec", [each for each in TYPES if each.startswith(kinds)]))
    for name in ("sec", "sec2"):
        commands.append(RegisterActor(id=f"actor:{name}", actor="sec", name=name, kind="person"))
        commands.append(GrantRole(id=f"role:{name}", actor="sec", to=name, granted_role="secretariat"))
    commands.append(
        RegisterState(
            id="KEN",
            actor="sec",
            state="KEN",
            iso2="KE",
            m49="404",
            name="Kenya",
            name_fr="Kenya",
            regional_group="",
            admitted=1963,
        )
    )
    return commands


class Office:
    """The Secretariat at work on a record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        folder = record.home / "vault"
        self.vault = Vault(Keys(folder), b"k" * 32)

    @classmethod
    def made(cls, record: Record) -> "Office":
        record.submit_all(beginning())
        office = cls(record)
        office.vault.keys.make()
        return office

    def gives(self, command: Command) -> None:
        self.record.submit(command)

    def intends(self, addressee: str = "role:chair", rung: str = "T-30", **members: Any) -> str:
        """Intend a reminder, and return the name of its message."""
        intent = Intent(ABOUT, addressee, rung, "deadline-reminder", VALUES)._replace(**members)
        name = intend(self.record, intent, actor="sec", head=HEAD, at=self.record.now())
        assert name is not None
        return name

    def intends_all(self, about: Iterable[str]) -> None:
        """Intend a reminder about each of several deadlines, as one wave."""
        intents = [Intent(each, "role:chair", "T-30", "deadline-reminder", VALUES) for each in about]
        assert len(intend_all(self.record, intents, actor="sec", head=HEAD, at=self.record.now())) == len(intents)

    def has_contact(self, contact: str = "c-1", email: str | None = PERSON) -> None:
        """Have a contact of Kenya, confirmed by a second person."""
        key, text = f"propose:{contact}", {"name": "A Person", "email": email}
        fields = {
            name: None if said is None else self.vault.seal(contact, name, key, said, new=True)
            for name, said in text.items()
        }
        details = Details(**fields, title=None, phone=None, address=None)
        self.gives(
            ProposeContact(
                id=key,
                actor="sec",
                contact=contact,
                party="state",
                seat="capital",
                language="en",
                state="KEN",
                details=details,
            )
        )
        self.gives(ConfirmContact(id=f"confirm:{contact}", actor="sec2", contact=contact, proposal=1))

    def sends(self, mailer: Mailer, *, at: str | None = None) -> list[Sent]:
        """Make one pass of sending."""
        addresses = Addresses(self.record, self._unseal, OFFICES)
        return send_waiting(self.record, mailer, addresses, actor="sec", at=at or self.record.now())

    def _unseal(self, person: str, field: str, sealed: Any) -> str | None:
        return self.vault.unseal(person, field, sealed)[1]

    def message(self, name: str) -> Message:
        found = message_of(self.record.history(stream(name)).standing())
        assert found is not None
        return found

    def outcomes(self, name: str) -> list[str | None]:
        return [each.outcome for each in self.message(name).attempts]


class Post:
    """What the server does with each DATA in turn: a reply, `drop` the connection, `keep` silent; then `250 OK`.

    With `late` it says so after a while.

    `counted` are the Message-IDs of what it took, in order, `data` the bytes.
    """

    def __init__(self, *script: str, recipients: Sequence[str] = ()) -> None:
        self.script = list(script)
        self.recipients = list(recipients)
        self.counted: list[str] = []
        self.data: list[bytes] = []
        self.to: list[str] = []
        self.taken: Callable[[], None] = lambda: None
        self.over = Event()

    async def handle_RCPT(  # noqa: N802 - the server calls it by this name
        self, server: served.SMTP, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        del server, session, options
        reply = self.recipients.pop(0) if self.recipients else "250 OK"
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: served.SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - the same
        del session
        reply = self.script.pop(0) if self.script else "250 OK"
        if reply[0] in "45":
            return reply
        self.counted.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        self.data.append(envelope.content)
        self.to += envelope.rcpt_tos
        self.taken()
        if reply == "drop":
            assert server.transport is not None
            server.transport.close()
        if reply in ("keep", "late"):
            await asyncio.get_running_loop().run_in_executor(None, self.over.wait, None if reply == "keep" else LATE)
        return "250 OK"


@contextmanager
def serving(post: Post, *, port: int | None = None, **how: Any) -> Generator[Server]:
    """Run a mail server, without TLS unless `how` says otherwise."""
    controller = Controller(post, hostname="127.0.0.1", port=port or free_port(), **how)
    controller.start()
    try:
        yield Server(host="127.0.0.1", port=controller.port, security="plain", seconds=30)
    finally:
        post.over.set()
        controller.stop()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def smtp(server: Server) -> SmtpMailer:
    return SmtpMailer(server, HEAD.sender)


def record_at(home: Path, address: Address | None = None) -> Record:
    return Record.create(home, origin="example.org/ledger1540/1", address=address)
