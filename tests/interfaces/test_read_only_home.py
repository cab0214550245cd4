"""A home that cannot be written, as an auditor's copy is: it is read as any other, and nothing is recorded in it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger.archive import DATABASE
from tests.projections.kenya import make

WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Root may write whatever a file says, unless it gives that up."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if os.geteuid() == 0 and shutil.which(WITHOUT_PRIVILEGE[0]) is None:
        pytest.skip("as root this needs `setpriv`, to give up the right to write anything")
    found = tmp_path_factory.mktemp("read-only") / "home"
    make(found).close()
    with sqlite3.connect(found / DATABASE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with read_only(found):
        yield found


@contextmanager
def read_only(home: Path) -> Generator[None]:
    everything = [home, *home.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    for path in everything:
        path.chmod(0o755 if path.is_dir() else 0o644)


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    before = WITHOUT_PRIVILEGE if os.geteuid() == 0 else ()
    program = [*before, sys.executable, "-m", "interfaces.cli", *words]
    settings = {**os.environ, "LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": "sec"}
    return subprocess.run(program, capture_output=True, text=True, check=False, env=settings)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "KEN", "--json"),
        ("log", "KEN", "T2011/op3cd-5-nw-legal"),
        ("due",),
        ("documents", "--json"),
        ("submissions",),
        ("export", "--log"),
        ("verify",),
    ],
)
def test_a_home_that_cannot_be_written_is_read(home: Path, words: tuple[str, ...]) -> None:
    done = run(home, *words)
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr
    assert not list(home.glob("*-wal")) + list(home.glob("views*"))


def test_nothing_is_recorded_in_it_and_that_is_no_damage(home: Path) -> None:
    done = run(home, "grant", "someone", "expert")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written: it, its folder or its file system is read-only" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_lies_in_a_log_beside_the_file_is_not_left_out_in_silence(home: Path, tmp_path: Path) -> None:
    written, copied = tmp_path / "written", tmp_path / "copied"
    make(written).close()
    with closing(sqlite3.connect(written / DATABASE)) as other:
        other.execute("SELECT count(*) FROM events").fetchone()
        with closing(sqlite3.connect(written / DATABASE)) as writer, writer:
            writer.execute("DELETE FROM pages")
        shutil.copytree(written, copied, ignore=shutil.ignore_patterns("*-shm"))
    assert (copied / f"{DATABASE}-wal").stat().st_size > 0
    with read_only(copied):
        done = run(copied, "show", "KEN")
    assert (done.returncode, done.stdout) == (2, "")
    assert "copy the whole folder to where you may write" in done.stderr
