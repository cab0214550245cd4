"""Restricted documents: sealed in the store, opened to those with the right, every reading of one in the access log."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from interfaces.vaults import document_keys_of
from ledger.access_log import AccessLog
from ledger.documents import SEALED
from tests import postgres
from tests.interfaces.office import LETTER, TITLE, Office, opened
from tests.interfaces.traces import found

TEXT = "Qzxgeheim: the Governorate of Qzxland asks for help, à propos of Ωmega"
NOTE = "note-verbale-1"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return with_note(opened(tmp_path, on_postgresql=False), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return with_note(opened(tmp_path, on_postgresql=request.param == "postgresql"), tmp_path)


def with_note(office: Office, tmp_path: Path) -> Office:
    note = tmp_path / "typed" / "note.txt"
    note.parent.mkdir()
    note.write_text(TEXT, encoding="utf-8")
    office.run("register", str(note), "--as", NOTE, "--title", "Note verbale", "--language", "en")
    office.run("grant", "exp", "expert")
    office.run("grant", "aud", "auditor")
    return office


def sealed_file(office: Office) -> Path:
    (path,) = (office.home / "documents").rglob(f"*{SEALED}")
    return path


def yesterday(office: Office) -> str:
    """Have what was logged today logged yesterday, as if a night had passed, and return that day."""
    log = AccessLog(office.home)
    (today,) = log.days()
    day = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    (log.folder / f"{today}.jsonl").rename(log.folder / f"{day}.jsonl")
    return day


def test_a_restricted_document_is_nowhere_in_plain_text(anywhere: Office, tmp_path: Path) -> None:
    office = anywhere
    office.run("export", "--log", "--to", str(tmp_path / "log.jsonl"))
    for view in ("documents", "texts"):
        office.run("rebuild", view)
    searched = office.asks("search", "Governorate")
    assert (searched["found"], searched["not_searched"]) == (0, 1)
    assert "1 sealed document was not searched" in office.run("search", "Governorate").stderr
    assert office.asks("search", "Governorate", actor="")["not_searched"] == 0
    assert office.asks("search", "Governorate", "--kind", "cell")["not_searched"] == 0
    if office.database != office.home:
        with postgres.connected(postgres.database_url()) as connection:
            connection.execute("CHECKPOINT")
    assert found((TITLE,), office.database) == {TITLE}, "what is not sealed is found, so that the search finds"
    texts = ("Qzxgeheim", "Qzxland", TEXT)
    assert found(texts, office.home, office.database, spoken=office.spoken) == set()
    report = office.asks("verify")
    assert report["findings"] == []
    assert (report["report"]["sealed"], report["report"]["opened"]) == (1, 1)


def test_who_has_the_right_reads_it_and_r_proves_what_was_read(anywhere: Office, tmp_path: Path) -> None:
    told = anywhere.asks("document", NOTE, "--to", str(tmp_path / "out.txt"), actor="exp")
    data = (tmp_path / "out.txt").read_bytes()
    assert data.decode() == TEXT
    assert sha256(bytes.fromhex(told["r"]) + data).hexdigest() == told["commitment"]
    anywhere.run("rebuild", "citations")
    shown = anywhere.asks("document", NOTE)
    assert shown["content"] == {"kind": "sealed", "sha256": None, "commitment": told["commitment"]}
    assert shown["size"] == len(data)


def test_an_export_opens_it_for_who_may_read_it_and_for_nobody_else(office: Office, tmp_path: Path) -> None:
    commitment = office.asks("document", NOTE)["content"]["commitment"]
    office.run("export", "--log", "--to", str(tmp_path / "a"), "--documents", str(tmp_path / "mine"), actor="exp")
    assert (tmp_path / "mine" / commitment).read_text(encoding="utf-8") == TEXT
    office.run("export", "--log", "--to", str(tmp_path / "b"), "--documents", str(tmp_path / "theirs"), actor="")
    assert not (tmp_path / "theirs" / commitment).exists()


def test_every_reading_and_every_refusal_is_logged_with_who_what_when_and_what_for(
    office: Office, tmp_path: Path
) -> None:
    to = ("--to", str(tmp_path / "out.txt"))
    office.run("document", NOTE, *to, "--purpose", "the annual review", actor="exp")
    office.run("document", NOTE, *to, actor="", code=2)
    office.run("export", "--log", *to, "--documents", str(tmp_path / "papers"), "--purpose", "an audit", actor="aud")
    office.run("document", LETTER, *to)
    told = office.asks("access", NOTE, actor="aud")["entries"]
    assert [(each["actor"], each["roles"], each["given"], each["through"], each["purpose"]) for each in told] == [
        ("exp", "expert", True, "document", "the annual review"),
        ("", "", False, "document", ""),
        ("aud", "auditor", True, "export", "an audit"),
    ]
    assert {each["document"] for each in told} == {NOTE}
    assert "annual review" in office.run("access", NOTE).stdout
    assert office.asks("access", LETTER)["entries"] == [], "what is not restricted is not logged"


def test_only_the_secretariat_and_auditors_see_who_read_what(office: Office) -> None:
    for actor in ("exp", ""):
        assert "auditors" in office.run("access", NOTE, actor=actor, code=2).stderr


def test_a_document_that_is_not_on_record_is_not_said_to_be_unread(office: Office) -> None:
    assert "no document 'n0te' is on record" in office.run("access", "n0te", code=2).stderr


def test_what_cannot_be_logged_is_not_given(office: Office, tmp_path: Path) -> None:
    (office.home / "access").write_text("in the way")
    office.run("document", NOTE, "--to", str(tmp_path / "out.txt"), code=2)
    assert not (tmp_path / "out.txt").exists()


def test_a_day_is_sealed_once_it_is_over_and_then_any_change_is_named(anywhere: Office, tmp_path: Path) -> None:
    office = anywhere
    office.run("document", NOTE, "--to", str(tmp_path / "out.txt"), actor="exp")
    assert office.asks("seal-access") == [], "today is not over"
    day = yesterday(office)
    assert not office.doctor()["access log"][0]
    (event,) = office.asks("seal-access")["events"]
    assert (event["type"], event["body"]["day"], event["body"]["entries"]) == ("record.access-sealed", day, 1)
    assert "access log" not in office.doctor()
    assert office.asks("seal-access") == []
    assert office.asks("verify")["report"]["days"] == 1
    (path,) = AccessLog(office.home).folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b'"exp"', b'"sec"'))
    (finding,) = office.asks("verify", code=3)["findings"]
    assert "not what was sealed" in finding["what"]
    path.unlink()
    (finding,) = office.asks("verify", code=3)["findings"]
    assert "is gone" in finding["what"]


def test_old_days_are_given_up_and_then_verify_says_pruned_and_not_damaged(office: Office, tmp_path: Path) -> None:
    office.run("document", NOTE, "--to", str(tmp_path / "out.txt"))
    log = AccessLog(office.home)
    day = yesterday(office)
    (log.folder / f"{day}.jsonl").rename(log.folder / "2020-01-01.jsonl")
    assert "is not sealed" in office.run("prune-access", "--keep", "365", code=2).stderr
    office.run("seal-access")
    office.run("prune-access", "--keep", "365")
    assert log.days() == []
    report = office.asks("verify")
    assert report["findings"] == []
    assert (report["report"]["days"], report["report"]["pruned"]) == (1, 1)
    assert "nothing was recorded" in office.run("prune-access", "--keep", "365").stderr


def test_a_sealed_document_that_is_lost_or_changed_is_named(office: Office) -> None:
    path = sealed_file(office)
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert "not what was stored" in office.asks("verify", code=3)["findings"][0]["what"]
    changed = data[32:-1] + bytes([data[-1] ^ 1])
    path.write_bytes(sha256(changed).digest() + changed)  # whoever writes the file can make its hash fit
    assert "does not open" in office.asks("verify", code=3)["findings"][0]["what"]
    path.unlink()
    assert "not in the store" in office.asks("verify", code=3)["findings"][0]["what"]


def test_without_its_key_a_sealed_document_stays_shut_and_the_lack_is_named(office: Office, tmp_path: Path) -> None:
    document_keys_of(office.home).destroy(NOTE)
    office.run("document", NOTE, "--to", str(tmp_path / "out.txt"), code=2)
    assert office.doctor()["restricted documents"] == (False, f"no key of {NOTE}")
    assert "no key" in office.asks("verify", code=3)["findings"][0]["what"]


def test_a_copy_of_the_record_brings_the_sealed_bytes_and_not_the_key(office: Office, tmp_path: Path) -> None:
    source, target = (f"sqlite:{home / 'record.sqlite'}" for home in (office.home, tmp_path / "copy"))
    office.run("copy", "--from", source, "--to", target)
    assert found(("Qzxgeheim",), tmp_path / "copy") == set()
    told = json.loads(office.run("verify", "--home", str(tmp_path / "copy"), "--json").stdout)
    assert (told["findings"], told["report"]["sealed"], told["report"]["opened"]) == ([], 1, 0)
    shutil.copytree(office.home / "vault", tmp_path / "copy" / "vault")
    told = json.loads(office.run("verify", "--home", str(tmp_path / "copy"), "--json").stdout)
    assert told["report"]["opened"] == 1


def test_a_retry_is_the_same_command_and_a_dry_run_keeps_no_key(office: Office, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text("Qzxtwo", encoding="utf-8")
    words = ("register", str(tmp_path / "two.txt"), "--language", "en", "--id", "reg-2")
    office.run(*words, "--dry-run")
    assert list(document_keys_of(office.home).names()) == [NOTE]
    first, again = office.asks(*words), office.asks(*words)
    assert (again["repeated"], again["events"]) == (True, first["events"])


def test_an_import_seals_too_and_the_first_restricted_document_makes_the_vault(office: Office, tmp_path: Path) -> None:
    shutil.rmtree(office.home / "vault")
    line = {"command": "register-document", "id": "d1", "actor": "sec", "known": "2013", "document": "old-note"}
    line |= {"title": "An old note", "media_type": "text/plain", "language": "en", "text": "Qzxold"}
    (tmp_path / "history.jsonl").write_text(json.dumps(line), encoding="utf-8")
    told = office.run("import", str(tmp_path / "history.jsonl"))
    assert "a vault was made" in told.stderr
    assert found(("Qzxold",), office.home) == set()
    office.run("document", "old-note", "--to", str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_text() == "Qzxold"


def test_what_a_sealed_document_says_is_not_written_beside_it(office: Office) -> None:
    mended = [{"start": 0, "end": 3, "original": "Qzx", "corrected": "X"}]
    command = {"command": "correct-reading", "document": NOTE, "mended": mended}
    assert "is sealed" in office.run("command", json.dumps(command), code=2).stderr
