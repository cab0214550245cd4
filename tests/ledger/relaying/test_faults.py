"""Relay, broker and network fail at moments that a seed chooses; the topic is the record in order every time."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from ledger.record import Record
from ledger.relaying.comparing import compare
from ledger.relaying.following import followed
from ledger.relaying.mirror import Mirror
from ledger.relaying.place import Place
from ledger.relaying.refusals import StreamDamaged, StreamUnavailable
from ledger.relaying.relayed import lag
from tests.broker import Broker, own_broker
from tests.interfaces.desk import founded
from tests.ledger.relaying.proxy import Proxy, proxy
from tests.ledger.relaying.streams import recorded_more
from tests.soaking import report, seed

pytestmark = [
    pytest.mark.usefixtures("sockets_left_by_the_client"),
    pytest.mark.filterwarnings("ignore:unclosed <:ResourceWarning"),
]
LEVEL_SECONDS = 180.0
"""More than any relay needs to begin anew, on a machine that does much else."""


class Office:
    """A record with relays beside it, as processes of their own, and a broker behind a network that can be cut."""

    def __init__(self, home: Path, broker: Broker, network: Proxy, seed: int) -> None:
        self.home = home
        self.record = Record.open(home)
        self.broker = broker
        self.network = network
        self.seed = seed
        self.chance = random.Random(seed)
        self.place = Place(f"127.0.0.1:{network.port}", f"office-{time.time_ns()}")
        self._relays: list[subprocess.Popen[bytes]] = []
        self.mirror = home.with_name("mirror")

    def relays(self, count: int = 1) -> None:
        """See to it that so many relays run."""
        self._relays = [each for each in self._relays if each.poll() is None]
        said = {**os.environ, "LEDGER1540_LOG": "info"}
        while len(self._relays) < count:
            words = [sys.executable, "-X", "faulthandler", "-m", "interfaces.cli", "relay", "--home", str(self.home)]
            with (self.home / "relay.log").open("ab") as log:
                self._relays.append(
                    subprocess.Popen([*words, "--kafka", str(self.place)], stdout=log, stderr=log, env=said)
                )

    def kill_a_relay(self) -> None:
        each = self.chance.choice(self._relays)
        each.kill()
        each.wait()

    def works(self) -> None:
        """Record events, a few or many, for a moment."""
        for _ in range(self.chance.randint(1, 4)):
            recorded_more(self.record, self.chance.choice((1, 3, 40, 300)))
            self.waits(0.2)

    def waits(self, most: float) -> None:
        time.sleep(self.chance.uniform(0, most))  # the moment at which the fault falls

    def level(self) -> None:
        """Wait until the topic is level with the record."""
        until = time.monotonic() + LEVEL_SECONDS
        while time.monotonic() < until:
            try:
                if lag(self.record, self.place).behind == 0:
                    return
            except (StreamUnavailable, StreamDamaged):
                pass
            time.sleep(0.2)  # between two looks
        for each in self._relays:
            each.send_signal(signal.SIGABRT)  # upon which it says where each of its threads stands
            each.wait()
        pytest.fail(f"seed {self.seed}: not level with {self.record.last_position}\n{self.told()}")

    def told(self) -> str:
        """Return what relays and broker said last."""
        return f"{(self.home / 'relay.log').read_text()[-12_000:]}\n{self.broker.log()[-3_000:]}"

    def check(self) -> None:
        """Topic = record in order, none lost, none repeated; a mirror goes on from it to the same root."""
        found = compare(self.record, self.place)
        assert (found.first, found.repeated, found.topic) == (None, 0, self.record.last_position)
        assert found.root == self.record.root().hex()
        with closing(Mirror.opened(self.mirror, None, self.record.origin)) as mirror:
            mirror.take(followed(self.place, max(mirror.position, 1), Event(), until_end=True))
            assert mirror.report().root == found.root

    def close(self) -> None:
        for each in self._relays:
            each.kill()
            each.wait()
        self.record.close()


def relay_killed(office: Office) -> None:
    office.works()
    office.waits(1.5)
    office.kill_a_relay()


def broker_killed(office: Office) -> None:
    office.works()
    office.broker.kill()
    office.works()
    office.broker.start()


def broker_paused(office: Office) -> None:
    office.broker.signal(signal.SIGSTOP)
    office.works()
    office.waits(14 if office.chance.random() < 0.2 else 2)
    office.broker.signal(signal.SIGCONT)


def connection_cut(office: Office) -> None:
    for _ in range(office.chance.randint(1, 5)):
        office.works()
        office.network.cut()
        office.waits(0.5)


def two_relays(office: Office) -> None:
    office.relays(2)
    office.works()
    office.waits(2)
    office.works()
    if office.chance.random() < 0.5:
        office.kill_a_relay()


def disk_full(office: Office) -> None:
    """The topic's file may not grow any more: the broker cannot store what it is sent, and goes down with its disk."""
    (topic,) = (office.broker.folder / "data").glob(f"{office.place.record}-0/*.log")
    most = topic.stat().st_size + 10_000
    subprocess.run(["prlimit", "--pid", str(office.broker.pid), f"--fsize={most}"], check=True)
    recorded_more(office.record, 500)
    until = time.monotonic() + LEVEL_SECONDS
    while office.broker.answers():
        assert time.monotonic() < until, "the broker stored what no longer fits"
        time.sleep(0.1)  # between two looks
    office.works()
    office.broker.kill()
    office.broker.start()


def broker_emptied(office: Office) -> None:
    office.works()
    office.broker.empty()
    office.works()


FAULTS = [relay_killed, connection_cut, two_relays, broker_paused, broker_killed, disk_full, broker_emptied]
Fault = Callable[[Office], None]


@pytest.fixture(scope="module")
def network() -> Iterator[Proxy]:
    with proxy() as found:
        yield found


@pytest.fixture(scope="module")
def broker(network: Proxy) -> Iterator[Broker]:
    with own_broker(advertised=network.port) as found:
        network.target = found.port
        yield found


@pytest.fixture
def office(tmp_path: Path, broker: Broker, network: Proxy, request: pytest.FixtureRequest) -> Iterator[Office]:
    home = Path(shutil.copytree(founded(), tmp_path / "home"))
    soaking = request.node.get_closest_marker("soak") is not None
    found = Office(home, broker, network, seed=seed() if soaking else 1540)
    try:
        yield found
    finally:
        found.close()


def campaign(office: Office, fault: Fault, times: int) -> None:
    office.relays()
    office.level()
    for _ in range(times):
        fault(office)
        office.relays()
        office.level()
        office.check()


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit, with which a disk is filled")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_whatever_fails_the_topic_is_the_record_in_order(office: Office, fault: Fault) -> None:
    campaign(office, fault, 2 if fault in (relay_killed, connection_cut) else 1)


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit, with which a disk is filled")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_whatever_fails_thirty_times_the_topic_is_the_record_in_order(office: Office, fault: Fault) -> None:
    campaign(office, fault, 30)
    told(office, [fault] * 30)


@pytest.mark.soak
def test_whatever_fails_in_any_order_the_topic_is_the_record_in_order(office: Office) -> None:
    faults = [office.chance.choice(FAULTS) for _ in range(60)]
    for fault in faults:
        campaign(office, fault, 1)
    told(office, faults)


def told(office: Office, faults: Sequence[Fault]) -> None:
    counts = Counter(fault.__name__.replace("_", " ") for fault in faults)
    report(f"the stream, {office.record.last_position} events relayed and mirrored", office.seed, counts)
