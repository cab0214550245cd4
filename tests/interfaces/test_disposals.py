"""Disposing at the command line: a body and a document go, the headers stay, and nothing of the text remains."""

import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from eventsourcing.persistence import PersistenceError

from interfaces.vaults import document_keys_of
from ledger.address import address
from ledger.record import Record
from ledger.refusals import RecordUnavailable
from tests import postgres
from tests.interfaces.office import LETTER, Office, opened
from tests.interfaces.traces import found

SAID = "Qzxtalk with the Qzxfederation, ça va"
TEXT = "Qzxgeheim and Ωmega"
KNOWN = ("--known", "2013-01-02")
CLASSES = [{"file_class": "old", "title": "Old things", "retention_years": 2, "basis": "the file plan"}]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """An office with a talk and a restricted note, both known in 2013, and a file plan."""
    office = opened(tmp_path, on_postgresql=request.param == "postgresql")
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    office.run("register", str(tmp_path / "note.txt"), "--as", "note-1", "--language", "en", "--known", "2013-01-02")
    words = ("--activity", "talk-1", "--kind", "outreach-industry", "--first-day", "2013-01-02", "--text", SAID)
    office.run("record", "log-activity", *words, "--known", "2013-01-02", "--id", "talk")
    office.run("record", "adopt-file-plan", "--classes", json.dumps(CLASSES), "--document", LETTER)
    (tmp_path / "note.txt").unlink()
    return office


def proposes(office: Office, *words: str) -> None:
    said = ("--disposal", "d-1", "--file-class", "old", "--reason", "its years are over")
    office.run("record", "propose-disposal", *said, *words)


def disposes(office: Office, code: int = 0) -> Any:
    return office.run("dispose", "d-1", "--authority", LETTER, actor="sec2", code=code)


def place_of_talk(office: Office) -> int:
    lines = [json.loads(line) for line in office.run("export", "--log").stdout.splitlines()]
    (position,) = [each["header"]["position"] for each in lines if each["header"]["stream"] == "activity/talk-1"]
    return int(position)


OTHERS_LOOK = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND pid <> pg_backend_pid() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)"""
# Other tests of this process say the same words in schemas of their own.
FILES = """SELECT pg_relation_filepath(class.oid) FROM pg_class AS owner
JOIN pg_index AS by_table ON by_table.indrelid IN (owner.oid, owner.reltoastrelid)
JOIN pg_class AS class ON class.oid IN (owner.oid, owner.reltoastrelid, by_table.indexrelid)
WHERE owner.relnamespace IN (to_regnamespace(%s), to_regnamespace(%s)) AND class.relkind IN ('r', 't', 'i')"""


def traces(office: Office, texts: tuple[str, ...]) -> set[str]:
    """Return which texts are left in the home and, after its owner has the table written anew, in the database."""
    if office.database == office.home:
        return found(texts, office.home)
    schema = office.settings["LEDGER1540_DATABASE"].partition("&schema=")[2]
    with postgres.connected(postgres.database_url()) as connection:
        while connection.execute(OTHERS_LOOK).fetchone() != (0,):  # what they may still see is not taken away
            Event().wait(0.01)
        connection.execute(f"VACUUM FULL {schema}.bodies".encode())
        connection.execute("CHECKPOINT")
        paths = {path for (path,) in connection.execute(FILES, (schema, f"{schema}_views"))}
    files = [each for path in paths for each in office.database.glob(f"{path}*")]
    assert len(files) >= len(paths) > 0
    data = b"".join(path.read_bytes() for path in files)
    return found(texts, office.home) | {text for text in texts if text.encode() in data}


def test_the_body_of_an_event_goes_and_its_header_and_every_proof_stay(office: Office, tmp_path: Path) -> None:
    position = place_of_talk(office)
    assert traces(office, (SAID,)) == {SAID}
    office.run("rebuild", "texts")
    proposes(office, "--events", "talk#0")
    assert "proposed this disposal" in office.run("dispose", "d-1", "--authority", LETTER, code=2).stderr
    disposes(office)
    assert traces(office, (SAID, "Qzxtalk")) == set()
    report = office.asks("verify")
    assert report["findings"] == []
    assert report["report"]["disposed"] == 1
    line = json.loads(office.run("export", "--log").stdout.splitlines()[position - 1])
    assert set(line) == {"header"}
    assert "nothing" in disposes(office).stderr


def test_the_body_goes_from_what_was_published_too_and_a_mirror_goes_on(office: Office, tmp_path: Path) -> None:
    """Given a published log and a mirror of it, when a body is disposed of, then the next publishing takes it out."""
    log, mirror, policy = tmp_path / "log", tmp_path / "mirror", tmp_path / "policy"
    position = place_of_talk(office)
    policy.write_text(office.run("key", "--policy").stdout, encoding="utf-8")
    office.run("publish", "--to", str(log), "--mirror")
    office.run("mirror", "--from", str(log), "--to", str(mirror), "--policy", str(policy))
    assert found((SAID,), log) == found((SAID,), mirror) == {SAID}
    proposes(office, "--events", "talk#0")
    disposes(office)
    for words in ((), ("--mirror",)):
        office.run("publish", "--to", str(log), *words)
        assert found((SAID, "Qzxtalk"), log) == set()
    office.run("mirror", "--from", str(log), "--to", str(mirror))
    assert found((SAID, "Qzxtalk"), mirror) == set()
    files = [each for each in (log / "mirror").rglob("*") if each.is_file()]
    lines = [json.loads(line) for each in files for line in each.read_text(encoding="utf-8").splitlines()]
    assert {frozenset(each) for each in lines if each["header"]["position"] == position} == {frozenset({"header"})}


def test_views_say_of_every_kind_of_body_that_it_is_disposed_of(office: Office) -> None:
    titles = ("--title", SAID, "--title-fr", SAID)
    organization = ("--organization", "wco", "--kind", "international", *titles)
    office.run("record", "register-organization", *organization, *KNOWN, "--id", "wco")
    letter = ("--letter", "2013/1", "--sender", "state:KEN", "--title", SAID, "--received", "2013-01-02")
    office.run("record", "receive-letter", *letter, "--id", "letter")
    events = [part for name in ("talk#0", "letter#0", "wco#0") for part in ("--events", name)]
    proposes(office, *events)
    disposes(office)
    office.run("rebuild", "references")
    for kind, name in (("activities", "talk-1"), ("letters", "2013/1"), ("organizations", "wco")):
        (entry,) = [each for each in office.asks("list", kind)["listed"] if each["name"] == name]
        assert entry["told"]["what"].startswith("[disposed 20"), kind
        assert "[disposed 20" in office.run("list", kind).stdout
        assert office.asks("list", kind, actor="")["withheld"] == (kind != "organizations"), "these are for anyone"


def test_a_contact_that_was_disposed_of_is_listed_as_that(office: Office) -> None:
    contact = office.proposes("--state", "KEN", "--seat", "new-york", "--mission", *KNOWN)
    words = ("record", "confirm-contact", "--contact", contact, "--proposal", "1")
    office.run(*words, *KNOWN, actor="sec2")
    headers = [json.loads(line)["header"] for line in office.run("export", "--log").stdout.splitlines()]
    ids = [each["event_id"] for each in headers if each["stream"] == f"contact/{contact}"]
    proposes(office, *(part for each in ids for part in ("--events", each)))
    disposes(office)
    found = office.asks("contacts")
    assert [each["contact"] for each in found["disposed"]] == [contact]
    assert found["contacts"] == []
    assert f"{contact}  [disposed 20" in office.run("contacts", "KEN").stdout
    assert office.asks("contacts", "FRA")["disposed"] == []


def test_the_bytes_of_a_document_and_its_key_go_and_views_say_so(office: Office, tmp_path: Path) -> None:
    proposes(office, "--registered", "note-1")
    disposes(office)
    assert list(document_keys_of(office.home).names()) == []
    assert found(("Qzxgeheim", TEXT), office.home) == set()
    report = office.asks("verify")
    assert report["findings"] == []
    assert (report["report"]["disposed"], report["report"]["opened"]) == (1, 0)
    assert "[disposed 20" in office.run("document", "note-1", "--to", str(tmp_path / "out"), code=2).stderr
    office.run("rebuild", "citations")
    assert "[disposed 20" in office.run("document", "note-1").stdout
    assert office.asks("document", "note-1")["disposed"] is not None
    office.run("export", "--log", "--to", str(tmp_path / "log"), "--documents", str(tmp_path / "papers"))


def test_the_database_itself_lets_no_other_body_go(office: Office) -> None:
    position = place_of_talk(office)
    home = Path(office.settings["LEDGER1540_HOME"])
    written = office.settings.get("LEDGER1540_DATABASE")
    place = None if written is None else address(written)
    with Record.open(home, address=place) as record:
        for each in (position, 1, record.last_position):
            with pytest.raises(RecordUnavailable):
                record.dispose([each])
    proposes(office, "--events", "talk#0")
    with Record.open(home, address=place) as record, pytest.raises(RecordUnavailable):
        record.dispose([position])
    disposes(office)
    with Record.open(home, address=place) as record:
        assert position not in record.at([position])
        for each in (1, position - 1, record.last_position):
            with pytest.raises((RecordUnavailable, PersistenceError)):
                record.dispose([each])
        assert record.history("activity/talk-1").events[0].header.position == position
    assert office.asks("verify")["findings"] == []


def test_a_copy_keeps_what_was_disposed_of_as_it_is(office: Office, tmp_path: Path) -> None:
    proposes(office, "--events", "talk#0")
    disposes(office)
    source = office.settings.get("LEDGER1540_DATABASE") or f"sqlite:{office.home / 'record.sqlite'}"
    homes = ("--home-from", str(office.home), "--home-to", str(tmp_path / "copy"))
    office.run("copy", "--from", source, "--to", f"sqlite:{tmp_path / 'copy' / 'record.sqlite'}", *homes)
    told = json.loads(office.run("verify", "--home", str(tmp_path / "copy"), "--json").stdout)
    assert (told["findings"], told["report"]["disposed"]) == ([], 1)
