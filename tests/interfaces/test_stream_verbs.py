"""The verbs of the stream against a real broker, and what of it is sealed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from typer.testing import CliRunner

from interfaces.cli import app
from ledger.record import Record
from ledger.relaying.following import followed
from ledger.relaying.place import Place, place
from ledger.vault.refusals import KeyAbsent
from tests.broker import fresh_place
from tests.interfaces.desk import founded
from tests.interfaces.office import ADDRESS, EMAIL, NAME, opened
from tests.interfaces.test_persons import vault_of_office
from tests.interfaces.traces import found
from tests.ledger.relaying.streams import held, recorded_more, relay


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded(), tmp_path / "home"))


def run(*words: str, code: int = 0, **settings: str) -> Any:
    done = CliRunner(env=settings).invoke(app, words)
    assert done.exit_code == code, (words, done.output, done.exception)
    return done


def filled(home: Path) -> Place:
    where = fresh_place()
    with Record.open(home) as record:
        relay(record, where)
    return where


def lag_of(home: Path, where: Place) -> str:
    """Return what is said of the lag, nothing while there is no topic yet."""
    asked = ("relay", "--lag", "--home", str(home), "--kafka", str(where))
    return str(CliRunner().invoke(app, asked).stdout)


def test_relay_runs_until_it_is_told_to_stop_and_says_how_far_it_is(home: Path) -> None:
    where = fresh_place()
    words = [sys.executable, "-m", "interfaces.cli", "relay", "--home", str(home), "--kafka", str(where)]
    relaying = subprocess.Popen(words, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 120
        while "behind 0" not in lag_of(home, where):
            assert time.monotonic() < until
        relaying.send_signal(signal.SIGTERM)
        _, said = relaying.communicate(timeout=60)
    finally:
        relaying.kill()
    assert relaying.returncode == 0
    assert b"stopped" in said
    with Record.open(home) as record:
        assert held(where) == list(record.read())


def test_follow_shows_what_the_log_says_from_any_position(home: Path) -> None:
    where = filled(home)
    log = run("export", "--log", "--home", str(home), "--actor", "sec").stdout.splitlines()
    told = run("follow", "--until-end", "--json", "--kafka", str(where)).stdout.splitlines()
    assert told == log
    assert (
        run("follow", "--from", "400", "--until-end", "--json", LEDGER1540_KAFKA=str(where)).stdout.splitlines()
        == log[399:]
    )
    beyond = run("follow", "--from", "999999", "--until-end", "--kafka", str(where))
    assert (beyond.stdout, "the topic ends before position 999999" in beyond.stderr) == ("", True)
    (first, *_) = run("follow", "--from", "1", "--until-end", "--kafka", str(where)).stdout.splitlines()
    assert first.endswith("record.type-registered@1  record/types")


def test_a_mirror_is_a_record_with_the_same_root(home: Path, tmp_path: Path) -> None:
    where = filled(home)
    root = json.loads(run("verify", "--json", "--home", str(home)).stdout)["report"]["root"]
    words = ("mirror", "--kafka", str(where), "--to", str(tmp_path / "mirror"))
    assert root in run(*words).stdout
    told = json.loads(run(*words, "--documents", str(home / "documents"), "--json").stdout)
    assert (told["root"], told["taken"]) == (root, 0)
    whole = ("mirror", "--kafka", str(where), "--to", str(tmp_path / "whole"), "--documents", str(home / "documents"))
    run(*whole)
    assert json.loads(run("verify", "--json", "--home", str(tmp_path / "whole")).stdout)["report"]["root"] == root


def test_topic_and_record_are_compared(home: Path) -> None:
    where = filled(home)
    words = ("replay-topic", "--check", "--home", str(home), "--kafka", str(where))
    assert "Topic and record say the same." in run(*words).stdout
    with Record.open(home) as record:
        recorded_more(record, 2)
    assert "2 events are not relayed yet" in run(*words).stdout
    with Record.open(home) as record:
        relay(record, where)
    other = Path(shutil.copytree(founded(), home.with_name("earlier")))
    told = run("replay-topic", "--check", "--json", "--home", str(other), "--kafka", str(where), code=1)
    assert json.loads(told.stdout)["first"].endswith("is in the topic and not on record")


def test_where_nothing_names_a_broker_or_no_topic_is_there_this_is_said(home: Path, tmp_path: Path) -> None:
    for words in (("follow",), ("relay", "--home", str(home)), ("mirror", "--to", str(tmp_path / "m"))):
        assert "LEDGER1540_KAFKA" in run(*words, code=2, LEDGER1540_KAFKA="").stderr
    assert "there is no topic" in run("follow", "--until-end", "--kafka", str(fresh_place()), code=2).stderr
    assert "--check" in run("replay-topic", "--home", str(home), code=2).stderr


@pytest.mark.parametrize("written", ["", "kafka", "kafka:x", "kafka:9092/a b", "a:1,", "http://kafka:9092"])
def test_what_names_no_servers_is_refused(written: str) -> None:
    with pytest.raises(Exception, match="names no Kafka servers"):
        place(written)


def test_security_settings_are_read_from_a_file_and_others_refused(tmp_path: Path) -> None:
    path = tmp_path / "security"
    path.write_text(
        "# of the relay\n\nsecurity_protocol = SASL_PLAINTEXT\n"
        "sasl_mechanism=PLAIN\nsasl_plain_username=relay\nsasl_plain_password=a=b\n"
    )
    found = place("a:1,b:2/other", path)
    assert found[:2] == ("a:1,b:2", "other")
    assert dict(found.security) == {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "relay",
        "sasl_plain_password": "a=b",
    }
    path.write_text("acks=0\n")
    with pytest.raises(Exception, match="line 1 is no security setting"):
        place("a:1", path)


def test_a_person_is_nowhere_in_the_topic_and_once_erased_cannot_be_read_from_it(tmp_path: Path) -> None:
    office = opened(tmp_path, on_postgresql=False)
    contact = office.confirmed()
    where = filled(office.home)
    office.erases(contact)
    with Record.open(office.home) as record:
        relay(record, where)
        assert held(where) == list(record.read())
    out = tmp_path / "topic"
    out.mkdir()
    kinds = b"".join((stored.header + (stored.body or b"")) for stored in followed(where, 1, Event(), until_end=True))
    (out / "values").write_bytes(kinds)
    assert b"contact" in kinds
    assert found((NAME, EMAIL, ADDRESS, *NAME.split()), out) == set()

    with pytest.raises(KeyAbsent):
        vault_of_office(office).unseal(contact, "email", office.sealed(contact, "email"))
