"""Mail handed to a server by SMTP, over TLS and with login as its URL says."""

import re
import ssl
from asyncio import WriteTransport
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import msgspec
from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPNotSupported,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from domain.refusals import MalformedInput
from workflows.mail.mailer import Reply

_ENHANCED = re.compile(r"^([245](?:\.[0-9]{1,3}){2})\b")
SECURITY = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "plain"}
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """A mail server: `starttls` asks for TLS once connected, `tls` begins with it, `plain` goes without."""

    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = None
    seconds: float = 60.0


def server(url: str, password: str | None = None) -> Server:
    """Return the server that a URL names: `smtp://USER@HOST:587`, `smtps://…`, `smtp+plain://…`.

    Raises:
        MalformedInput: no such URL, a password in it, or a login without a password or without TLS.
    """
    remedy = "such as smtp://USER@mail.example.org:587, smtps://… or, without TLS, smtp+plain://…"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise MalformedInput("no address of a mail server", where="LEDGER1540_SMTP", remedy=remedy) from None
    if parts.scheme not in SECURITY or not host or parts.path not in ("", "/"):
        raise MalformedInput("no address of a mail server", where="LEDGER1540_SMTP", remedy=remedy)
    if parts.password is not None:
        raise MalformedInput(
            "a password does not stand in a URL, which others can list",
            where="LEDGER1540_SMTP",
            remedy="set LEDGER1540_SMTP_PASSWORD_FILE or LEDGER1540_SMTP_PASSWORD",
        )
    if parts.username and (password is None or SECURITY[parts.scheme] == "plain"):
        raise MalformedInput(
            "a login needs a password, and TLS",
            where="LEDGER1540_SMTP",
            remedy="set LEDGER1540_SMTP_PASSWORD_FILE; use smtp:// or smtps://",
        )
    return Server(
        host=host,
        port=port or PORTS[parts.scheme],
        security=SECURITY[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=password if parts.username else None,
    )


class _Client(SMTP):
    """Lets go of a connection at once: over TLS it would wait for a farewell, which no loop takes any more."""

    def close(self) -> None:
        transport = self.transport
        super().close()
        if isinstance(transport, WriteTransport):
            transport.abort()


class SmtpMailer:
    """One connection to a mail server, made when the first message goes out and again where it was lost."""

    local = False

    def __init__(self, where: Server, sender: str, *, tls: ssl.SSLContext | None = None) -> None:
        self._where = where
        self._sender = sender
        self._tls = tls
        self._client: SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                await client.quit()
            except (SMTPException, OSError):
                client.close()

    async def send(self, data: bytes, recipient: str) -> Reply:
        """Hand a message over to one address.

        Up to the message itself nothing has been taken; once it is on its way, a lost connection or a silence leaves
        it uncertain, and only the server's reply says what came of it.
        """
        try:
            client = await self._connected()
        except SMTPResponseException as error:  # it does not let us in, which says nothing about the message
            return Reply("unreached", _code(error.code, error.message))
        except (SMTPException, OSError):
            return Reply("unreached")
        try:
            await client.mail(self._sender)
            await client.rcpt(recipient)
        except SMTPResponseException as error:
            return await self._refused(error)
        except (SMTPException, OSError):
            self._drop()
            return Reply("unreached")
        try:
            taken = await client.data(data)
        except SMTPResponseException as error:
            return await self._refused(error)
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError):
            self._drop()
            return Reply("uncertain")
        return Reply("accepted", _code(taken.code, taken.message))

    async def _connected(self) -> SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        where = self._where
        client = _Client(
            hostname=where.host,
            port=where.port,
            username=where.user,
            password=where.password,
            timeout=where.seconds,
            use_tls=where.security == "tls",
            start_tls=where.security == "starttls",
            tls_context=self._tls,
        )
        await client.connect()
        self._client = client
        return client

    async def _refused(self, error: SMTPResponseException) -> Reply:
        """Return what a reply means, and have the server forget the message that it refused."""
        try:
            if self._client is not None and self._client.is_connected:
                await self._client.rset()
        except (SMTPException, OSError):
            self._drop()
        if 500 <= error.code < 600 and not isinstance(error, SMTPNotSupported):
            return Reply("refused", _code(error.code, error.message))
        return Reply("temporarily-refused", _code(error.code, error.message))

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _code(code: int, message: str) -> str | None:
    """Return the reply code with the enhanced one behind it; the text beside them may name persons."""
    if not 200 <= code < 600 or 300 <= code < 400:
        return None
    found = _ENHANCED.match(message)
    return f"{code} {found[1]}" if found else str(code)
