"""A way to PostgreSQL that can be cut in the middle of a commit, as a failing network or a fail-over cuts it."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

Cut = Literal["before the server has it", "after the server has done it"]
_WORD = b"COMMIT"


class Cutting:
    """Passes bytes between a client and the server, and cuts the connection at the next commits that it is told to."""

    def __init__(self, url: str, folder: Path) -> None:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        self._server = str(Path(query["host"]) / ".s.PGSQL.5432")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self.url = urlunsplit(parts._replace(query=urlencode(query | {"host": str(folder)})))
        self.cuts: list[Cut] = []
        self.done = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        try:
            while data := client.recv(65536):
                if _WORD in data and self.cuts:
                    self.done += 1
                    if self.cuts.pop(0) == "before the server has it":
                        break
                    # The client learns that the connection is gone, and not what became of its commit.
                    client.shutdown(socket.SHUT_RDWR)
                    server.sendall(data)
                    return
                server.sendall(data)
        except OSError:
            pass
        _end(client, server)

    @staticmethod
    def _pass(server: socket.socket, client: socket.socket) -> None:
        try:
            while data := server.recv(65536):
                client.sendall(data)
        except OSError:
            pass
        _end(client, server)


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
