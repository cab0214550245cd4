"""`ledger1540 witness`: a witness that one office runs for another, with a key and a memory of its own."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.words_of import add_words
from interfaces.text import _

SETTING = "LEDGER1540_WITNESS"
_SEED_BYTES = 32

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where the witness keeps its key and memory; by default LEDGER1540_WITNESS."),
]


def init(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, as witness.example.org: it stays for good.")],
    folder: Folder = None,
    json: o.Json = False,
) -> None:
    """Make a witness: its key, and its memory of nothing yet. Run it elsewhere than the record that it watches."""
    from ledger.proving.witness import Witness

    witness = Witness(_folder(folder))
    witness.make(name, secrets.token_bytes(_SEED_BYTES))
    _told(str(witness.verifier), json=json)
    talk(_("hand this key to whoever asks it, for the line `witness NAME KEY URL` of their policies"))


def key(folder: Folder = None, json: o.Json = False) -> None:
    """Print the key by which others verify what this witness cosigns."""
    from ledger.proving.witness import Witness

    _told(str(Witness(_folder(folder)).verifier), json=json)


def add_log(
    keys: Annotated[
        list[str], typer.Argument(metavar="VKEY...", help="Keys of the log, as `ledger1540 key` has them.")
    ],
    folder: Folder = None,
    json: o.Json = False,
) -> None:
    """Have a log's checkpoints cosigned from now on; a log that changes its key is given the new one beside the old."""
    from ledger.proving.keys import ED25519, verifier_key
    from ledger.proving.witness import Witness

    found = [verifier_key(each) for each in keys]
    if any(each.algorithm != ED25519 for each in found):
        raise MalformedInput("this is no key of a log, but of a witness", where="VKEY")
    witness = Witness(_folder(folder))
    for each in found:
        witness.add_log(each)
    with witness.book.turn() as turn:
        logs = [{"origin": origin, "key": known} for origin, known in turn.logs()]
    if json:
        write_json({"logs": logs})
    else:
        for log in logs:
            line(log["key"])


def serve(
    folder: Folder = None,
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST:PORT", help="Where it answers; put TLS in front of it.")
    ] = "127.0.0.1:1541",
) -> None:
    """Cosign what continues what was seen, until told to stop (Ctrl-C or SIGTERM); POST HOST:PORT/add-checkpoint."""
    from interfaces.run.projector import until_told
    from interfaces.run.witness_server import listening
    from ledger.proving.witness import Witness

    host, colon, port = listen.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()):
        raise MalformedInput(f"{listen!r} is no place to listen", where="--listen", remedy="127.0.0.1:1541")
    with listening(Witness(_folder(folder)), host, int(port)) as server:
        stop = until_told()
        talk(_("a witness answers at {}; Ctrl-C ends it").format(server.url))
        stop.wait()
    talk(_("stopped"))


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    words: dict[str, Callable[..., None]] = {"init": init, "key": key, "add-log": add_log, "serve": serve}
    add_words(app, "witness", "A witness that watches the logs of others: init, key, add-log, serve.", words)


def _folder(given: Path | None) -> Path:
    named = given or os.environ.get(SETTING)
    if not named:
        raise MalformedInput("say where the witness is", where="--folder", remedy=f"--folder DIR, or set {SETTING}")
    return Path(named).expanduser()


def _told(written: str, *, json: bool) -> None:
    if json:
        write_json({"key": written})
    else:
        line(written)
