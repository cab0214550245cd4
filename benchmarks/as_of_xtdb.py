"""XTDB 1 as a peer: it keeps both dates of every fact, in a Java program of its own that Maven fetches."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.peer import Found
from benchmarks.versions import BEGINNING, EVERY, Question, Versions

PROGRAM = Path(__file__).with_name("as_of_xtdb.clj")
LARGEST = 1_000_000
"""It keeps all in memory, and takes in some thousand versions a second."""
_PROJECT = """<project><modelVersion>4.0.0</modelVersion><groupId>benchmark</groupId><artifactId>peer</artifactId>
<version>1</version><dependencies>
<dependency><groupId>com.xtdb</groupId><artifactId>xtdb-core</artifactId><version>1.24.5</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
</dependencies></project>"""
_START = int(BEGINNING.timestamp() * 1000)


@cache
def _classpath() -> str | None:
    """Return where Maven has put the program's parts, or None where it cannot fetch them."""
    with TemporaryDirectory() as folder:
        Path(folder, "pom.xml").write_text(_PROJECT, encoding="utf-8")
        words = ["mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=classpath"]
        done = subprocess.run(words, cwd=folder, check=False, capture_output=True)
        return Path(folder, "classpath").read_text(encoding="utf-8") if done.returncode == 0 else None


def _milliseconds(since_beginning: int) -> int:
    return _START + since_beginning // 1000  # its dates have three digits


class XTDB:
    """XTDB 1 in memory: a look-up for each cell, all in one snapshot."""

    name = "XTDB 1, a look-up for each cell"

    @staticmethod
    def lacks(versions: Versions) -> str | None:
        """Return what is missing to measure it here."""
        if versions.count > LARGEST:
            return "it would load for the better part of an hour, into memory"
        if not (which("java") and which("mvn")):
            return "it needs `java` and `mvn`"
        return None if _classpath() else "Maven could not fetch it"

    def __init__(self, folder: Path, versions: Versions) -> None:
        self._recorded = versions.recorded
        facts = folder / "xtdb.tsv"
        with facts.open("w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in _lines(versions))
        words = ["java", "-Xmx4g", "-cp", str(_classpath()), "clojure.main", str(PROGRAM), str(facts)]
        self._program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._heard() == "ready"
        facts.unlink()

    def _heard(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().rstrip("\n")

    def _found(self, asked: Question, state: int) -> Found:
        assert self._program.stdin is not None
        recorded = self._recorded[asked.position // EVERY]
        self._program.stdin.write(f"{_milliseconds(asked.known)} {_milliseconds(recorded)} {state}\n")
        self._program.stdin.flush()
        return [(int(c), int(p), int(v)) for c, p, v in (each.split(",") for each in self._heard().split())]

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        return self._found(asked, asked.state)

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        return self._found(asked, -1)

    def close(self) -> None:
        """End the program."""
        self._program.communicate()


def _lines(versions: Versions) -> Iterator[str]:
    """Yield the versions in the order of recording, and behind each thousand when they were recorded."""
    size = versions.cells * versions.each
    order = sorted(range(versions.count), key=versions.position.__getitem__)
    for count, place in enumerate(order, 1):
        state, cell = place // size, place % size // versions.each
        known, value = _milliseconds(versions.known[place]), versions.value[place]
        yield f"{state}\t{cell}\t{known}\t{count}\t{value}"
        if count % EVERY == 0:
            yield str(_milliseconds(versions.recorded[count // EVERY]))
    yield str(_milliseconds(versions.recorded[-1]) + 1)
