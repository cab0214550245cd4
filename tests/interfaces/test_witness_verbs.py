"""A witness run at the command line for another office: its key, its door, what it survives, and who asks it."""

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from interfaces.bootstrap import Settings
from interfaces.bootstrap import opened as record_of
from interfaces.run.witness_server import Server, listening
from interfaces.signers import kept_sealed
from ledger.address import address
from ledger.proving.checkpoint import checkpoint
from ledger.proving.keys import COSIGNATURE, SignerKey, verifier_key
from ledger.proving.note import note
from ledger.proving.policy import policy
from ledger.proving.posting import Unanswered, post
from ledger.proving.witness import Witness
from tests.interfaces.office import Office, opened
from tests.ledger.proving.witnessed import KEY, TREE
from verifier.verify_bundle import main as verify_bundle

PLACE = "witness.example.org"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


@pytest.fixture
def server(tmp_path: Path, office: Office) -> Generator[Server]:
    """The witness of another office, which knows the log of this one."""
    folder = tmp_path / "witness"
    office.run("witness", "init", PLACE, "--folder", str(folder))
    office.run("witness", "add-log", office.run("key").stdout.strip(), "--folder", str(folder))
    with listening(Witness(folder), "127.0.0.1", 0) as found:
        yield found


@pytest.fixture
def policy_file(office: Office, server: Server, tmp_path: Path) -> Path:
    file = tmp_path / "trusted.txt"
    key = server.witness.verifier
    file.write_text(
        f"{office.run('key', '--policy').stdout.replace('quorum none', '')}witness w {key} {server.url}\nquorum w\n",
        encoding="utf-8",
    )
    return file


def test_a_witness_has_a_key_of_its_own_that_only_its_owner_reads(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "witness"
    made = office.asks("witness", "init", PLACE, "--folder", str(folder))["key"]
    assert verifier_key(made).algorithm == COSIGNATURE
    office.settings["LEDGER1540_WITNESS"] = str(folder)
    assert office.run("witness", "key").stdout.strip() == made
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    office.run("witness", "init", PLACE, code=2)
    office.run("witness", "add-log", made, code=2)
    log = office.run("key").stdout.strip()
    assert office.asks("witness", "add-log", log)["logs"] == [{"origin": "example.org/ledger1540/1", "key": log}]
    (folder / "key").chmod(0o644)
    office.run("witness", "serve", "--listen", "127.0.0.1:0", code=2)
    del office.settings["LEDGER1540_WITNESS"]
    office.run("witness", "key", code=2)


def test_what_is_signed_published_and_proven_carries_what_the_witness_gave(
    office: Office, server: Server, policy_file: Path, tmp_path: Path
) -> None:
    trusted = policy(policy_file.read_text("utf-8"))
    told = office.asks("checkpoint", "--policy", str(policy_file))
    assert told["enough"]
    assert trusted.cosigners(note(told["note"].encode()))
    office.settings["LEDGER1540_POLICY"] = str(policy_file)
    office.run("publish", "--to", str(tmp_path / "log"))
    assert trusted.cosigners(note((tmp_path / "log" / "checkpoint").read_bytes()))
    bundle = tmp_path / "answer.bundle"
    said = office.run("prove", "KEN", "--to", str(bundle), "--with-verifier")
    assert "w cosigned at 20" in said.stderr
    assert verify_bundle([str(bundle), "--policy", str(tmp_path / "policy.txt")]) == 0
    assert verify_bundle([str(bundle), "--policy", str(policy_file)]) == 0
    office.settings["LEDGER1540_SEAL"] = "on-exit"
    office.run("grant", "exp", "expert")
    kept = note((office.home / "signer" / "memory").read_bytes())
    assert trusted.cosigners(kept), "a short process asks too"


@pytest.mark.parametrize("sealed_before", [False, True])
def test_at_work_the_witness_is_asked_in_the_rhythm_of_the_record(
    office: Office, server: Server, policy_file: Path, monkeypatch: pytest.MonkeyPatch, *, sealed_before: bool
) -> None:
    if sealed_before:
        office.run("checkpoint")
    monkeypatch.setenv("LEDGER1540_POLICY", str(policy_file))
    written = office.settings.get("LEDGER1540_DATABASE")
    with record_of(Settings(office.home, "sec", address(written) if written else None)) as record:
        with kept_sealed(record):
            pass
        kept = note((office.home / "signer" / "memory").read_bytes())
        assert checkpoint(kept).size == record.last_position
    assert policy(policy_file.read_text("utf-8")).cosigners(kept)


def test_a_quorum_that_is_missed_is_said_and_a_policy_that_is_none_refused(
    office: Office, server: Server, policy_file: Path, tmp_path: Path
) -> None:
    written = policy_file.read_text("utf-8")
    far = SignerKey.new("far.example.org", bytes(32), COSIGNATURE).verifier
    policy_file.write_text(
        written.replace("quorum w", f"witness far {far} http://127.0.0.1:9/\ngroup both all w far\nquorum both"),
        "utf-8",
    )
    said = office.run("checkpoint", "--policy", str(policy_file), "--to", str(tmp_path / "checkpoint"), code=1)
    assert "fewer cosigned than the policy asks for" in said.stderr
    assert "far did not cosign: it does not answer" in said.stderr
    bundle = tmp_path / "answer.bundle"
    office.run("prove", "KEN", "--to", str(bundle), "--policy", str(policy_file))
    assert verify_bundle([str(bundle), "--policy", str(policy_file)]) == 3
    assert verify_bundle([str(bundle), "--policy", str(policy_file), "--consistency-only"]) == 0
    policy_file.write_text("quorum nobody\n", "utf-8")
    office.run("checkpoint", "--policy", str(policy_file), code=2)
    office.run("checkpoint", "--policy", str(tmp_path / "none"), code=2)


def test_after_the_database_was_rolled_back_the_witness_says_so(tmp_path: Path) -> None:
    office = opened(tmp_path, on_postgresql=False)
    folder, backup = tmp_path / "witness", tmp_path / "backup.sqlite"
    office.run("witness", "init", PLACE, "--folder", str(folder))
    office.run("witness", "add-log", office.run("key").stdout.strip(), "--folder", str(folder))
    with listening(Witness(folder), "127.0.0.1", 0) as server:
        file = tmp_path / "trusted.txt"
        file.write_text(f"witness w {server.witness.verifier} {server.url}\nquorum w\n", "utf-8")
        office.settings["LEDGER1540_POLICY"] = str(file)
        office.run("checkpoint")
        memory, record = office.home / "signer" / "memory", office.home / "record.sqlite"
        backup.write_bytes(record.read_bytes())
        early = memory.read_bytes()
        office.settings["LEDGER1540_SEAL"] = "on-exit"
        office.run("grant", "exp", "expert")
        seen = checkpoint(note(memory.read_bytes())).size
        record.write_bytes(backup.read_bytes())
        text, _, signatures = early.partition(b"\n\n")
        for put_back in (early, text + b"\n\n" + signatures.split(b"\n")[0] + b"\n"):
            memory.write_bytes(put_back)
            found = office.run("checkpoint", code=3)
            assert f"it has seen {seen} events" in found.stderr
            office.run("prove", "KEN", "--to", str(tmp_path / "answer.bundle"), code=3)
            office.run("publish", "--to", str(tmp_path / "log"), code=3)
        assert not (tmp_path / "log").exists()
        assert not (tmp_path / "answer.bundle").exists()


def test_the_door_answers_only_what_a_witness_is_asked(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=10)

    def says(method: str, path: str, body: bytes | None = None, **headers: str) -> int:
        connection.request(method, path, body=body, headers=headers)
        reply = connection.getresponse()
        reply.read()
        return reply.status

    assert says("POST", "/add-checkpoint", b"old") == 400
    assert says("POST", "/other", b"old") == 404
    assert says("GET", "/add-checkpoint") == 501
    assert says("POST", "/add-checkpoint", b"", **{"Content-Length": "99999999999999"}) == 400
    assert says("POST", "/add-checkpoint", b"", **{"Content-Length": "-1"}) == 400
    connection.close()
    server.witness.book.path.write_bytes(b"")
    assert post(f"{server.url}/add-checkpoint", TREE.asks(0, 5), "text/plain", 10).status == 500


@contextmanager
def process(folder: Path) -> Generator[tuple[subprocess.Popen[str], str]]:
    """A witness as a process of its own, and where it answers."""
    words = [sys.executable, "-m", "interfaces.cli", "witness", "serve", "--listen", "127.0.0.1:0"]
    environment = os.environ | {"LEDGER1540_WITNESS": str(folder), "LANGUAGE": "en"}
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        try:
            yield running, said.split(" at ")[1].split(";")[0]
        finally:
            running.kill()


def killed(folder: Path, chance: random.Random, since: int) -> int:
    """Ask a witness for one size after another until it is killed; return the last size that it cosigned."""
    cosigned = since

    with process(folder) as (running, url):

        def ask() -> None:
            nonlocal cosigned
            try:
                for size in range(since + 1, 40):
                    if post(f"{url}/add-checkpoint", TREE.asks(size - 1, size), "text/plain", 10).status == 200:
                        cosigned = size
            except Unanswered:
                return

        thread = Thread(target=ask)
        thread.start()
        thread.join(chance.uniform(0.0, 0.06))
        running.send_signal(signal.SIGKILL)
        running.wait(10)
        thread.join()
    return cosigned


def check_killed(folder: Path, seed: int, count: int) -> None:
    chance, witness = random.Random(seed), Witness(folder)
    size = 0
    for _ in range(count):
        given = killed(folder, chance, size)
        with witness.book.turn() as turn:
            last = turn.last(KEY.verifier.name)
        size = 0 if last is None else last.size
        assert given <= size <= given + 1, "what was cosigned is remembered, and at most the one that was under way"
        if last is not None:
            assert last == checkpoint(TREE.signed(size))
        if size > 30:
            shutil.rmtree(folder)
            begun(folder)
            size = 0


def begun(folder: Path) -> None:
    witness = Witness(folder)
    witness.make(PLACE, bytes(32))
    witness.add_log(KEY.verifier)


def test_a_witness_that_is_killed_remembers_whatever_it_cosigned(tmp_path: Path) -> None:
    begun(tmp_path / "witness")
    check_killed(tmp_path / "witness", 1540, 4)


@pytest.mark.soak
def test_a_witness_is_killed_a_hundred_times(tmp_path: Path) -> None:
    begun(tmp_path / "witness")
    check_killed(tmp_path / "witness", 1541, 100)


def test_a_witness_ends_when_it_is_told_to(tmp_path: Path) -> None:
    begun(tmp_path / "witness")
    with process(tmp_path / "witness") as (running, url):
        assert post(f"{url}/add-checkpoint", TREE.asks(0, 5), "text/plain", 10).status == 200
        running.terminate()
        assert running.wait(20) == 0
