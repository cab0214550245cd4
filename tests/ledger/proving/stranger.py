"""A stranger's program in Go, which knows nothing of ours: golang.org/x/mod/sumdb/note and tlog."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "go"


class Stranger:
    """Answers whether something holds; asked by words with tabs between them."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def says(self, *questions: tuple[object, ...]) -> list[str]:
        asked = "".join("\t".join(map(str, words)) + "\n" for words in questions)
        done = subprocess.run([self._program], input=asked, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.splitlines()


def built(folder: Path) -> Stranger:
    """Build the program; where there is no Go the test is left out, but not where everything must run."""
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go is None:
        return _without("there is no Go on this machine")
    program = folder / "stranger"
    done = subprocess.run([go, "build", "-o", program, "."], cwd=SOURCE, capture_output=True, text=True, timeout=300)
    if done.returncode:
        return _without(f"the program in Go cannot be built: {done.stderr}")
    return Stranger(program)


def _without(why: str) -> Stranger:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
