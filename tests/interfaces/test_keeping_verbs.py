"""Mirrored, backed up, restored and drilled at the command line: what is found, and what is kept apart."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger.backups.manifest import Manifest
from tests.interfaces.office import NAME, Office, opened
from tests.interfaces.test_proof_verbs import remembered


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


def followed(office: Office, folder: Path, *more: str) -> tuple[str, ...]:
    """Publish the log and its policy; return the words that mirror it."""
    office.run("publish", "--to", str(folder / "log"), "--entries", "--mirror")
    (folder / "policy").write_text(office.run("key", "--policy").stdout, "utf-8")
    return ("mirror", "--from", str(folder / "log"), "--to", str(folder / "mirror"), *more)


def test_a_log_is_mirrored_and_what_is_false_is_found_with_both_heads(office: Office, tmp_path: Path) -> None:
    words = followed(office, tmp_path)
    assert "--policy" in office.run(*words, code=2).stderr
    told = office.asks(*words, "--policy", str(tmp_path / "policy"))
    assert (told["events"], told["withheld"], told["tree_only"]) == (remembered(office), 0, False)
    office.run("grant", "exp", "expert")
    followed(office, tmp_path)
    assert office.asks(*words, "--whole")["taken"] == 3
    assert office.asks("verify", "--published", str(tmp_path / "mirror"))["findings"] == []
    tile = tmp_path / "log/tile/0/000"
    tile.write_bytes(bytes(tile.stat().st_size))
    office.run(*words)
    found = office.run(*words, "--whole", code=3).stderr
    assert "tile/0/000 is no longer what it was. Accepted:" in found
    assert "Shown:" in found


def test_what_is_mirrored_for_the_public_is_checked_as_far_as_it_goes(office: Office, tmp_path: Path) -> None:
    contact = office.confirmed()
    words = followed(office, tmp_path)
    shutil.rmtree(tmp_path / "log")
    office.run("grant", "exp", "expert")
    office.run("publish", "--to", str(tmp_path / "log"), "--entries", "--mirror", actor="exp")
    told = office.asks(*words, "--policy", str(tmp_path / "policy"))
    assert told["withheld"] > 0
    assert told["seals"] >= 1
    held = b"".join(file.read_bytes() for file in (tmp_path / "mirror").rglob("*") if file.is_file())
    assert contact.encode() in held, "headers are for everyone"
    assert NAME.encode() not in held


def test_a_backup_is_taken_restored_and_compared(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = office.confirmed()
    told = office.asks("backup", "--to", str(tmp_path / "backup"))
    assert {"signer", "vault"} <= set(told["left_out"])
    assert not any("vault" in each["path"] or "signer" in each["path"] for each in told["files"])
    office.run("backup", "--to", str(tmp_path / "backup"), code=2)
    office.run("backup", "--vault", "--to", str(tmp_path / "keys"))
    assert (tmp_path / "keys" / "persons" / f"{contact}.key").exists()
    assert len((tmp_path / "keys" / "delete-after").read_text("utf-8").strip()) == len("2026-12-31")
    office.run("grant", "exp", "expert")
    words = followed(office, tmp_path)
    office.run(*words, "--policy", str(tmp_path / "policy"))
    restoring = ("restore", str(tmp_path / "backup"), "--to", str(tmp_path / "restored"))
    signer = ("--signer", str(office.home / "signer"))
    found = office.run(*restoring, *signer, code=3)
    assert "what was signed is" in found.stderr
    assert not (tmp_path / "restored").exists()
    report = office.asks(*restoring, *signer, "--tail", str(tmp_path / "mirror"))
    assert (report["replayed"], report["against"]) == (3, remembered(office))
    assert office.asks("verify", "--home", str(tmp_path / "restored"))["report"]["root"] == report["report"]["root"]
    office.run(*restoring, code=2)
    alone = office.asks("restore", str(tmp_path / "backup"), "--to", str(tmp_path / "alone"))
    assert alone["against"] is None


def test_a_drill_goes_through_every_step_and_names_the_one_that_fails(office: Office, tmp_path: Path) -> None:
    told = office.run("drill", "--in", str(tmp_path)).stdout.splitlines()
    assert [each.partition(":")[0] for each in told] == ["sign", "backup", "restore", "replay", "verify", "compare"]
    office.run("backup", "--to", str(tmp_path / "old.tar"))
    office.run("grant", "exp", "expert")
    words = followed(office, tmp_path)
    office.run(*words, "--policy", str(tmp_path / "policy"))
    old = ("drill", "--backup", str(tmp_path / "old.tar"), "--in", str(tmp_path))
    told = office.run(*old, "--mirror", str(tmp_path / "mirror")).stdout.splitlines()
    assert told[3] == "replay: 3 events came from the mirror"
    failed = office.run(*old, code=3)
    assert failed.stdout.splitlines()[-1] == "restore: failed"
    assert "what was signed is" in failed.stderr
    file = max(each for each in (tmp_path / "mirror" / "mirror").rglob("*") if each.is_file())
    lines = file.read_bytes().splitlines(keepends=True)
    line = json.loads(lines[-2])
    lines[-2] = lines[-2].replace(line["nonce"].encode(), b"0" * 32)
    file.write_bytes(b"".join(lines))
    failed = office.run(*old, "--mirror", str(tmp_path / "mirror"), code=3)
    assert "body and nonce are not what the header commits to" in failed.stderr
    assert not list(tmp_path.glob("drill-*"))


def test_what_others_record_and_sign_during_a_drill_is_no_loss(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interfaces import keeping

    backed_up = keeping.backed_up

    def while_others_go_on(*what: Any) -> Manifest:
        manifest = backed_up(*what)
        office.run("grant", "exp", "expert")
        office.run("checkpoint")
        return manifest

    before = remembered(office)
    monkeypatch.setattr(keeping, "backed_up", while_others_go_on)
    told = office.run("drill", "--in", str(tmp_path)).stdout.splitlines()
    assert remembered(office) > before
    assert [each.partition(":")[0] for each in told] == ["sign", "backup", "restore", "replay", "verify", "compare"]
    office.run("backup", "--to", str(tmp_path / "old"))
    office.run("grant", "exp2", "expert")
    office.run("checkpoint")
    failed = office.run("drill", "--backup", str(tmp_path / "old"), "--in", str(tmp_path), code=3)
    assert failed.stdout.splitlines()[-1] == "restore: failed"
    assert f"at {remembered(office)} " in failed.stderr
