"""A real Apache Kafka for tests: one node in KRaft mode, run by this machine's Java from jars that Maven fetches once.

The jars are kept in the user's cache, outside the project, and compared with their checksums before they are used.
Maven takes them from wherever its own settings say. `LEDGER1540_TEST_KAFKA` may name a running server instead; then
the tests that kill, pause or empty a broker are skipped. A broker goes with the test process that started it.
"""

import base64
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from ledger.relaying.place import Place

PARTS = Path(__file__).parent / "kafka_broker"
START_SECONDS = 60.0
_NAMES = count(1)
_JAVA = (
    *("-Xms192m", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData"),
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
)
_PROPERTIES = """
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{advertised}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.voters=1@127.0.0.1:{controller}
log.dirs={folder}/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=2097152
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
transaction.abort.timed.out.transaction.cleanup.interval.ms=300
"""
# Says the number of the process, and ends it when the test process has gone, however it goes.
_KEEPER = 'java "$@" >>log 2>&1 & echo $! >pid.new; mv pid.new pid; read -r _; kill -9 $(cat pid) 2>&-'


@cache
def _jars() -> Path | str:
    """Return the folder of the jars, fetched if need be; or why there is none."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    if missing:
        return f"no Apache Kafka: {' and '.join(missing)} not installed"
    sums = (PARTS / "jars.sha256").read_bytes()
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ledger1540"
    folder = cached / f"kafka-{hashlib.sha256(sums).hexdigest()[:12]}"
    cached.mkdir(parents=True, exist_ok=True)
    with (cached / "kafka.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            said = _fetch(folder.with_suffix(".new"))
            if said:
                return said
            folder.with_suffix(".new").rename(folder)
        wrong = [name for name, found in _checksums(folder) if f"{found}  {name}\n".encode() not in sums]
    if wrong or len(list(folder.iterdir())) != sums.count(b"\n"):
        return f"no Apache Kafka: the jars in {folder} are not those of jars.sha256: {', '.join(wrong) or 'some lack'}"
    return folder


def _fetch(folder: Path) -> str:
    """Let Maven put the jars into a folder; return why it could not."""
    words = ["mvn", "-B", "-q", "-f", str(PARTS / "pom.xml"), "dependency:copy-dependencies"]
    done = subprocess.run(
        [*words, f"-DoutputDirectory={folder}", "-DincludeScope=runtime"], check=False, capture_output=True, text=True
    )
    last = (done.stdout + done.stderr).strip().splitlines()[-3:]
    return "" if done.returncode == 0 else f"no Apache Kafka: Maven could not fetch its jars: {' '.join(last)}"


def _checksums(folder: Path) -> list[tuple[str, str]]:
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(folder.iterdir())]


def jars() -> Path:
    """Return the folder of the broker's jars; skips where there are none, and fails in CI."""
    found = _jars()
    if isinstance(found, str):
        if os.environ.get("CI") == "true":
            pytest.fail(found)
        pytest.skip(found)
    return found


class Broker:
    """One node with its data in a folder of its own, to be killed, paused and emptied at will."""

    def __init__(
        self,
        *,
        listening: int | None = None,
        advertised: int | None = None,
        more: str = "",
        formatting: Sequence[str] = (),
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kafka-"))
        self.port, controller = listening or free_port(), free_port()
        told = {"port": self.port, "controller": controller, "advertised": advertised or self.port}
        # Of two lines for one property, the later one holds.
        self._properties.write_text(_PROPERTIES.format(folder=self.folder, **told) + more)
        self._formatting = formatting
        self._keeper: subprocess.Popen[bytes] | None = None
        self._format()
        self.start()

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _program(self, name: str) -> list[str]:
        return ["java", *_JAVA, "-cp", f"{jars()}/*", name]

    def _format(self) -> None:
        name = base64.urlsafe_b64encode(b"ledger1540 tests").decode().rstrip("=")
        words = ("format", "-t", name, "-c", str(self._properties))
        subprocess.run(
            [*self._program("kafka.tools.StorageTool"), *words, *self._formatting],
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        """Start it, with the data that it has, and return once it answers."""
        (self.folder / "pid").unlink(missing_ok=True)
        words = self._program("kafka.Kafka")[1:]
        self._keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, "keeper", *words, str(self._properties)],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > until:
                raise RuntimeError(f"the broker did not start: {self.log()[-2000:]}")
            time.sleep(0.1)  # between two looks whether it answers yet

    def answers(self) -> bool:
        """Return whether it answers which versions of its protocol it knows."""
        # ApiVersions, version 0: length, key 18, version 0, correlation 1, no client id.
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as asked:
                asked.sendall(b"\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x01\xff\xff")
                return len(asked.recv(8)) == 8
        except OSError:
            return False

    @property
    def pid(self) -> int:
        return int((self.folder / "pid").read_text())

    @property
    def servers(self) -> str:
        return f"127.0.0.1:{self.port}"

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it as a power cut would; its data stay."""
        if self._keeper is not None:
            self._keeper.communicate()
            self._keeper = None

    def empty(self) -> None:
        """Begin again without any data, as a broker that was restored from nothing."""
        self.kill()
        shutil.rmtree(self.folder / "data")
        self._format()
        self.start()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


_running: list[Broker] = []


def _servers() -> str:
    given = os.environ.get("LEDGER1540_TEST_KAFKA")
    if given:
        return given
    if not _running:
        _running.append(Broker())
    return _running[0].servers


def fresh_place() -> Place:
    """Return a place on a running broker whose topics no other test of any process has had."""
    return Place(_servers(), f"t{os.getpid()}-{time.time_ns()}-{next(_NAMES)}")


@contextmanager
def own_broker(
    *, listening: int | None = None, advertised: int | None = None, more: str = "", formatting: Sequence[str] = ()
) -> Generator[Broker]:
    """Give a broker to be killed, paused or emptied, with more properties; skips where one may not be started."""
    jars()
    broker = Broker(listening=listening, advertised=advertised, more=more, formatting=formatting)
    try:
        yield broker
    finally:
        broker.remove()


def stop() -> None:
    """Leave nothing behind."""
    while _running:
        _running.pop().remove()
