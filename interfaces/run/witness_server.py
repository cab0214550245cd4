"""The door of a witness: HTTP on one address, one thread for each connection, until it is told to stop."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput, Refusal
from interfaces import logs
from ledger.proving.add_checkpoint import PATH
from ledger.proving.note import LARGEST
from ledger.proving.witness import Reply

if TYPE_CHECKING:
    from collections.abc import Generator

    from ledger.proving.witness import Witness

IDLE_SECONDS = 30


class Server(ThreadingHTTPServer):
    """Listens for a witness."""

    daemon_threads = True

    def __init__(self, witness: Witness, host: str, port: int) -> None:
        self.witness = witness
        super().__init__((host, port), Asked)

    @property
    def url(self) -> str:
        """The address that it listens on."""
        return f"http://{self.server_address[0]!s}:{self.server_port}"


class Asked(BaseHTTPRequestHandler):
    """One connection, kept for several requests."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server: Server  # pyright: ignore[reportIncompatibleVariableOverride] - the one that it is made by

    def do_POST(self) -> None:
        """Answer `add-checkpoint`."""
        reply = self._answer()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)

    def _answer(self) -> Reply:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length[:9]) > LARGEST or len(length) > len(str(LARGEST)):
            self.close_connection = True  # what follows is not read
            return Reply(400, b"say how long the request is, and keep it short\n")
        data = self.rfile.read(int(length))
        if self.path != f"/{PATH}":
            return Reply(404, b"a witness answers POST /add-checkpoint\n")
        try:
            reply = self.server.witness.add_checkpoint(data)
        except Refusal as refusal:
            logs.info("out of order", refusal=refusal.name, because=str(refusal))
            return Reply(500, b"the witness is not in order\n")
        logs.info("asked", status=reply.status, said=None if reply.status == 200 else reply.body.decode().strip())
        return reply

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name for it
        """Leave lines of its own unwritten: whoever asks is logged with what was answered."""


@contextmanager
def listening(witness: Witness, host: str, port: int) -> Generator[Server]:
    """Answer for a witness until what is nested in it has ended.

    Raises:
        Refusal: the witness is not in order.
        MalformedInput: nobody can listen there.
    """
    logs.info("a witness", key=str(witness.verifier))
    with witness.book.turn():
        pass  # a memory that is gone is found before anybody asks
    try:
        server = Server(witness, host, port)
    except (OSError, OverflowError) as error:
        raise MalformedInput(f"cannot listen on {host}:{port}: {error}", where="--listen") from None
    thread = Thread(target=server.serve_forever, name="witness", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
