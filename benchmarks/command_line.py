"""The command line as a user meets it: whole processes, from start to exit."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import milliseconds


def run(rounds: int, states: int) -> str:
    """Return how long `show` takes as a whole process, on the simulated record of some States or of all."""
    with TemporaryDirectory() as folder:
        home = str(Path(folder, "home"))
        program = [str(Path(sys.executable).with_name("ledger1540"))]
        subprocess.run([*program, "demo", "--home", home, "--states", str(states)], check=True, capture_output=True)
        rows: list[str] = []
        shows = (["show", "KEN"], ["show", "KEN", "--json"], ["show", "KEN", "--as-of", "2013-12-31", "--json"])
        for words in (*shows, ["--version"]):

            def once(words: list[str] = words) -> None:
                where = [] if words == ["--version"] else ["--home", home]
                subprocess.run([*program, *words, *where], check=True, capture_output=True)

            middle, least, most = milliseconds(once, rounds)
            rows.append(f"| `ledger1540 {' '.join(words)}` | {middle:,.0f} | {least:,.0f} to {most:,.0f} |")
    head = "\n### Command line, whole process\n\n| | milliseconds, median | spread |\n|---|---|---|"
    return "\n".join([head, *rows])
