"""The auditor's minute of the README, run as it is printed: prove, check in an empty folder, change one byte."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interfaces.planted import make

README = Path(__file__).parents[2] / "README.md"


def printed() -> list[list[str]]:
    """The commands of the README's block that begins with `ledger1540 prove`."""
    blocks = re.findall(r"^```console\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (block,) = (each for each in blocks if "ledger1540 prove" in each)
    return [shlex.split(line.removeprefix("$ ")) for line in block.splitlines()]


def test_what_the_readme_prints_works_and_one_changed_byte_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "home").close()
    monkeypatch.setenv("LEDGER1540_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LEDGER1540_ACTOR", "auditor")
    beside = tmp_path / "beside"
    beside.mkdir()

    def run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
        program = (
            [sys.executable, *words[1:]]
            if words[0] == "python"
            else [sys.executable, "-m", "interfaces.cli", *words[1:]]
        )
        return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=120, check=False)

    prove, verify = printed()
    for words in (["ledger1540", "upgrade", "--actor", "sec"], ["ledger1540", "make-signer"], prove):
        done = run(beside, words)
        assert done.returncode == 0, done.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    for name in ("answer.bundle", "verify_bundle.py", "policy.txt"):
        shutil.copy(beside / name, empty)
    done = run(empty, verify)
    assert (done.returncode, "complete up to position" in done.stdout) == (0, True), done.stderr
    bundle = empty / "answer.bundle"
    bundle.write_bytes(bundle.read_bytes().replace(b"matrix.", b"matriX.", 1))
    assert run(empty, verify).returncode == 3
