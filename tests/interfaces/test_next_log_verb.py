"""Where events are lost for good, the Secretariat opens the next log at the command line, and strangers see that."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.office import Office, opened

VERIFIER = Path(__file__).parents[2] / "verifier" / "verify_bundle.py"
FIRST, SECOND = "example.org/ledger1540/1", "example.org/ledger1540/2"
DECISION = "Decision of the Committee of 4 March 2014, note 12"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


def checked(bundle: Path, policy: Path, *more: str) -> tuple[int, str]:
    words = [sys.executable, str(VERIFIER), str(bundle), "--policy", str(policy), *more]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout + found.stderr


def lost(office: Office, folder: Path) -> tuple[str, ...]:
    """Back up, go on, prove a stream in the old log, and lose all but the backup and the signer."""
    office.run("backup", "--to", str(folder / "backup"))
    office.run("grant", "exp", "expert")
    office.run("prove", "--stream", "actor/exp", "--to", str(folder / "old.bundle"))
    (folder / "old-policy").write_text(office.run("key", "--policy").stdout, "utf-8")
    return ("restore", str(folder / "backup"), "--to", str(folder / "second"), "--signer", str(office.home / "signer"))


def test_the_next_log_is_opened_on_authority_and_everybody_sees_what_is_lost(office: Office, tmp_path: Path) -> None:
    restoring = lost(office, tmp_path)
    office.run(*restoring, code=3)
    assert "--authority" in office.run(*restoring, "--open-next-log", code=2).stderr
    assert "--authority" in office.run(*restoring, "--authority", DECISION, code=2).stderr
    assert "nobody" in office.run(*restoring, "--open-next-log", "--authority", DECISION, actor="nobody", code=2).stderr
    told = office.run(*restoring, "--open-next-log", "--authority", DECISION)
    assert f"closed: {FIRST} at" in told.stdout
    assert f"opened: {SECOND} at" in told.stdout
    assert f"not in {SECOND}: 3 positions of {FIRST}" in told.stdout
    assert SECOND in office.run("checkpoint", code=2).stderr, "nobody signs for the old log any more"
    office.settings["LEDGER1540_HOME"] = str(tmp_path / "second")
    office.settings.pop("LEDGER1540_DATABASE", None)
    office.run("grant", "again", "expert")
    report = office.asks("verify")
    assert report["findings"] == []
    policy = tmp_path / "policy"
    policy.write_text(office.run("key", "--policy").stdout, "utf-8")
    assert [f"log {FIRST}+" in each or f"log {SECOND}+" in each for each in policy.read_text().splitlines()[:2]]
    asked = {
        "stream": ("--stream", "actor/again"),
        "absent": ("--stream", "actor/exp"),
        "keys": ("--stream", "record/keys"),
        "list": ("--list", "actor/"),
        "about-itself": ("--list", "record/"),
        "event": ("--event", "3"),
    }
    for name, words in asked.items():
        office.run("prove", *words, "--to", str(tmp_path / name))
        code, said = checked(tmp_path / name, policy)
        assert code == 0, said
        assert f"{SECOND} comes after {FIRST}" in said
        assert "3 that were signed are not in it" in said
        assert DECISION in said
    assert "nothing is recorded" in checked(tmp_path / "absent", policy)[1]
    code, said = checked(tmp_path / "old.bundle", policy)
    assert (code, "comes after" in said) == (0, False), "a bundle of the old log stays valid"
    code, said = checked(tmp_path / "stream", tmp_path / "old-policy")
    assert code == 3
    assert "which the policy does not name" in said


def test_a_bundle_that_hides_how_its_log_was_opened_is_refused(tmp_path: Path) -> None:
    import json

    from verifier.verify_bundle import written

    office = opened(tmp_path, on_postgresql=False)
    office.run(*lost(office, tmp_path), "--open-next-log", "--authority", DECISION)
    office.settings["LEDGER1540_HOME"] = str(tmp_path / "second")
    policy = tmp_path / "policy"
    policy.write_text(office.run("key", "--policy").stdout, "utf-8")
    only_new = tmp_path / "only-new"
    only_new.write_text("".join(f"{each}\n" for each in policy.read_text().splitlines() if FIRST not in each), "utf-8")
    for name, words in (("stream", ("--stream", "actor/sec")), ("event", ("--event", "3"))):
        office.run("prove", *words, "--to", str(tmp_path / name))
        sound: dict[str, Any] = json.loads((tmp_path / name).read_bytes())
        assert checked(tmp_path / name, policy)[0] == 0
        code, said = checked(tmp_path / name, only_new)
        assert (code, f"comes after {FIRST}, which the policy does not name" in said) == (3, True)
        without = {
            **sound,
            "streams": [each for each in sound["streams"] if each["stream"] != "record/keys"],
            "moments": [],
        }
        (tmp_path / "hidden").write_bytes(written(without))
        code, said = checked(tmp_path / "hidden", policy)
        assert code == 3, said
    changed = json.loads((tmp_path / "stream").read_bytes())
    (keys,) = (each for each in changed["streams"] if each["stream"] == "record/keys")
    keys["events"][0]["body"] = keys["events"][0]["body"].replace('"last":', '"last":1')
    (tmp_path / "changed").write_bytes(written(changed))
    assert "another-body" in checked(tmp_path / "changed", policy)[1]


def test_the_new_log_is_published_beside_the_old_one_and_mirrored(tmp_path: Path) -> None:
    office = opened(tmp_path, on_postgresql=False)
    restoring = lost(office, tmp_path)
    office.run("publish", "--to", str(tmp_path / "log1"), "--entries")
    mirroring = ("mirror", "--from", str(tmp_path / "log1"), "--to", str(tmp_path / "mirror1"))
    office.run(*mirroring, "--policy", str(tmp_path / "old-policy"))
    mirrored = office.run(*restoring, "--tail", str(tmp_path / "mirror1"), code=3)
    assert "bodies are not at hand" in mirrored.stderr
    office.run(*restoring, "--tail", str(tmp_path / "mirror1"), "--open-next-log", "--authority", DECISION)
    office.settings["LEDGER1540_HOME"] = str(tmp_path / "second")
    assert "a folder of its own" in office.run("publish", "--to", str(tmp_path / "log1"), code=3).stderr
    office.run("publish", "--to", str(tmp_path / "log2"), "--entries", "--mirror")
    (tmp_path / "policy").write_text(office.run("key", "--policy").stdout, "utf-8")
    new = ("mirror", "--from", str(tmp_path / "log2"), "--to", str(tmp_path / "mirror2"))
    said = office.run(*new, "--policy", str(tmp_path / "policy")).stdout
    assert f"not in {SECOND}: 3 positions of {FIRST}, on this authority: {DECISION}" in said
    found = office.run("mirror", "--from", str(tmp_path / "log2"), "--to", str(tmp_path / "mirror1"), code=3).stderr
    assert "3 are not in it" in found
