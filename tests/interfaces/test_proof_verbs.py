"""Sealed and signed at the command line: on demand, on exit, while at work; published, verified, and refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from domain.seals import STREAM, HeadsSealed
from interfaces.bootstrap import Settings
from interfaces.bootstrap import opened as record_of
from interfaces.signers import kept_sealed, leave_sealed, signer_of
from ledger.address import address
from ledger.proving.checkpoint import checkpoint
from ledger.proving.keys import verifier_key
from ledger.proving.note import note
from ledger.proving.note import opened as opened_note
from ledger.proving.policy import policy
from tests.interfaces.office import Office, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


def mirrored(folder: Path) -> list[Any]:
    files = [file for file in sorted((folder / "mirror").rglob("*")) if file.is_file()]
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def on_exit(office: Office) -> Office:
    office.settings["LEDGER1540_SEAL"] = "on-exit"
    return office


def settings_of(office: Office) -> Settings:
    written = office.settings.get("LEDGER1540_DATABASE")
    return Settings(office.home, "sec", address(written) if written else None)


def remembered(office: Office) -> int:
    return checkpoint(note((office.home / "signer" / "memory").read_bytes())).size


def test_a_record_is_begun_with_a_key_of_its_own_and_signed_on_demand(office: Office, tmp_path: Path) -> None:
    key = office.run("key").stdout.strip()
    signed = office.run("checkpoint").stdout
    found = checkpoint(opened_note(signed.encode(), [verifier_key(key)]))
    assert found.origin == "example.org/ledger1540/1"
    office.run("checkpoint", "--to", str(tmp_path / "checkpoint"))
    assert (tmp_path / "checkpoint").read_text("utf-8") == signed
    told = office.asks("checkpoint")
    assert (told["size"], told["root"], told["note"]) == (found.size, found.root.hex(), signed)
    report = office.asks("verify")["report"]
    assert (report["seals"], report["signed"], report["findings"]) == (1, found.size, 0)
    office.run("make-signer", code=2)


def test_a_short_process_leaves_sealed_and_signed_what_it_recorded(office: Office) -> None:
    position = on_exit(office).asks("grant", "exp", "expert")[-1]["last_position"]
    assert remembered(office) == position + 1, "the seal lies behind it"
    assert office.asks("grant", "exp2", "expert", "--dry-run")
    assert remembered(office) == position + 1
    office.settings["LEDGER1540_SEAL"] = "never"
    office.run("grant", "exp3", "expert", code=2)


def test_an_import_leaves_its_batch_sealed_and_signed(office: Office, tmp_path: Path) -> None:
    lines = '{"command":"register-actor","id":"a1","actor":"sec","known":"2013","name":"imported","kind":"office"}\n'
    file = tmp_path / "actors.jsonl"
    file.write_text(lines, encoding="utf-8")
    on_exit(office).run("import", str(file), "--dry-run")
    assert remembered(office) == 0
    office.run("import", str(file))
    with record_of(settings_of(office)) as record:
        assert remembered(office) == record.last_position
    before = remembered(office)
    office.run("import", str(file))
    assert remembered(office) == before, "the same file gives nothing new"


def test_a_record_that_is_not_what_was_signed_is_refused_by_its_signer(tmp_path: Path) -> None:
    office = opened(tmp_path, on_postgresql=False)
    backup = tmp_path / "backup.sqlite"
    shutil.copy(office.home / "record.sqlite", backup)
    office.run("grant", "exp", "expert")
    office.run("checkpoint")
    size = remembered(office)
    shutil.copy(backup, office.home / "record.sqlite")
    refused = office.run("checkpoint", code=3)
    assert f"at {size} with the root" in refused.stderr
    found = office.run("verify", code=3)
    assert f"at {size} with the root" in found.stdout
    on_exit(office).run("grant", "other", "expert", code=3)
    office.settings["LEDGER1540_SEAL"] = "elsewhere"
    office.run("publish", "--to", str(tmp_path / "log"), code=3)
    assert not (tmp_path / "log").exists()


def test_the_log_is_published_and_compared(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    office.run("publish", "--to", str(folder))
    office.run("grant", "exp", "expert")
    office.run("publish", "--to", str(folder), "--entries", "--mirror")
    size = checkpoint(note((folder / "checkpoint").read_bytes())).size
    assert office.asks("verify", "--published", str(folder))["report"]["published"] == size
    lines = mirrored(folder)
    assert len(lines) == size
    assert all("body" in line for line in lines)
    (folder / "tile/0/000").write_bytes(bytes(8192))
    found = office.run("verify", "--published", str(folder), code=3)
    assert "published tile/0/000: it is not what the record holds" in found.stdout
    office.run("publish", code=2)
    office.run("publish", "KEN/1", "--to", str(folder), code=2)


def test_what_is_mirrored_for_others_holds_no_body_that_they_may_not_read(office: Office, tmp_path: Path) -> None:
    office.run("grant", "exp", "expert")
    office.run("publish", "--to", str(tmp_path / "log"), "--mirror", actor="exp")
    lines = mirrored(tmp_path / "log")
    withheld = {line["header"]["stream"] for line in lines if "body" not in line}
    assert "actor/exp" in withheld
    assert all("body" in line for line in lines if "public" in line["header"]["audience"])


def test_another_key_signs_from_now_on(office: Office) -> None:
    office.run("checkpoint")
    before = office.run("key").stdout.strip()
    size = remembered(office)
    office.run("grant", "exp", "expert")
    office.run("change-key", actor="exp", code=2)
    after = office.run("change-key").stdout.strip()
    assert after == office.run("key").stdout.strip() != before
    first, second = policy(office.run("key", "--policy").stdout).keys
    assert (str(first.key), str(second.key)) == (before, after)
    assert first.signs(size)
    assert not first.signs(remembered(office))
    assert second.signs(remembered(office))
    assert office.asks("verify")["findings"] == []


def test_while_at_work_what_others_record_is_sealed_and_signed(office: Office) -> None:
    with record_of(settings_of(office)) as record:
        before = record.last_position
        with kept_sealed(record):
            first = record.wait(before, 30)
            assert first > before, "what was not sealed when work began"
            office.run("grant", "exp", "expert")
            seals = len(record.history(STREAM).events)
            for _ in range(60):
                record.wait(record.last_position, 0.5)
                if len(record.history(STREAM).events) > seals:
                    break
        last = record.history(STREAM).events[-1]
        assert isinstance(last.body, HeadsSealed)
        assert last.position == record.last_position == signer_of(record).last().size


def test_the_signer_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_SIGNER", str(tmp_path / "apart"))
    monkeypatch.setenv("LEDGER1540_SEAL", "on-exit")
    office = opened(tmp_path, on_postgresql=False)
    assert not (office.home / "signer").exists()
    with record_of(settings_of(office)) as record:
        leave_sealed(record)
        assert signer_of(record).last().size == record.last_position
