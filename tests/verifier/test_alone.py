"""The auditor's minute: one file, one bundle, one policy in an empty folder, and nothing of ours beside them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.proving.keys import COSIGNATURE, SignerKey
from tests.verifier.proven import Proven
from verifier import verify_bundle


@pytest.fixture
def folder(tmp_path: Path, here: Proven, sound: bytes) -> Path:
    shutil.copy(verify_bundle.__file__, tmp_path / "verify_bundle.py")
    (tmp_path / "answer.bundle").write_bytes(sound)
    (tmp_path / "policy.txt").write_text(f"log {here.key.verifier}\nquorum none\n")
    return tmp_path


def verify(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", "verify_bundle.py", "answer.bundle", "--policy", "policy.txt", *words]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_the_answer_is_printed_with_how_far_it_is_complete_and_what_it_is_worth(here: Proven, folder: Path) -> None:
    done = verify(folder, "--state", "KEN", "--standing", "working")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("KEN, working")
    assert f"complete up to position {here.point.through}" in done.stdout
    assert "no witness" in done.stdout


def test_the_report_can_be_had_as_json(here: Proven, folder: Path) -> None:
    found = json.loads(verify(folder, "--json").stdout)
    assert found["complete_through"] == here.point.through
    assert found["checkpoint"]["root"] == here.record.root().hex()
    assert found["trust"] == {
        "signed_by": f"{here.key.verifier.name}+{here.key.verifier.id.hex()}",
        "witnessed_by": {},
        "enough": True,
        "time_stamps": [],
    }


def test_one_byte_that_is_changed_is_seen(folder: Path) -> None:
    bundle = folder / "answer.bundle"
    bundle.write_bytes(bundle.read_bytes().replace(b"matrix.cell-assessed", b"matrix.cell-assesseD", 1))
    done = verify(folder)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("NOT PROVEN  ")


def test_another_question_than_the_one_expected_is_refused(folder: Path) -> None:
    done = verify(folder, "--state", "UGA")
    assert done.returncode == 3
    assert "another-question" in done.stderr


def test_fewer_witnesses_than_are_asked_for_are_refused_unless_consistency_is_enough(
    here: Proven, folder: Path
) -> None:
    third = SignerKey.new("third.example.org", b"3" * 32, COSIGNATURE).verifier
    (folder / "policy.txt").write_text(f"log {here.key.verifier}\nwitness third {third}\nquorum third\n")
    done = verify(folder)
    assert (done.returncode, done.stdout) == (3, "")
    assert "fewer of them signed" in done.stderr
    taken = verify(folder, "--consistency-only")
    assert taken.returncode == 0
    assert "no witness" in taken.stdout


@pytest.mark.parametrize("missing", ["answer.bundle", "policy.txt"])
def test_what_cannot_be_read_is_told_without_a_traceback(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    done = verify(folder)
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr
