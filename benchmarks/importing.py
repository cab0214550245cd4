"""Importing a large list, as a whole process: how long it takes, and how much memory it needs at most."""

import csv
import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from subprocess import DEVNULL, Popen
from subprocess import run as run_program
from tempfile import TemporaryDirectory

FIRST = date(2004, 10, 28)
DAYS = 7_000
STATES = ("KEN", "FRA", "BRA", "JPN", "NOR")
PAPER = "sim-paper"
COLUMNS = ("submission", "state", "kind", "documents", "received", "note")


def run(sizes: tuple[int, ...]) -> str:
    """Return how long `import` takes for lists of so many rows, a CSV and a workbook of each."""
    rows = [_row(size, suffix) for size in sizes for suffix in (".csv", ".xlsx")]
    head = (
        "\n### Importing a list, whole process\n\n"
        "| | seconds | of the processor | rows a second of it | most memory, MiB |\n|---|---|---|---|---|"
    )
    return "\n".join([head, *rows])


def _row(size: int, suffix: str) -> str:
    with TemporaryDirectory() as folder:
        home, path = str(Path(folder, "home")), Path(folder, f"list{suffix}")
        program = [str(Path(sys.executable).with_name("ledger1540"))]
        said, paper = ("--home", home, "--actor", "sec"), Path(folder, "paper.txt")
        paper.write_text("SIMULATED\n", encoding="utf-8")
        registered = ("--as", PAPER, "--language", "en", "--distribution", "general", "--known", "2004-04-28")
        for before in (["init"], ["register", str(paper), *registered]):
            run_program([*program, *before, *said], check=True, capture_output=True)
        _write(path, size)
        words = [*program, "import", str(path), "--profile", "submissions", *said]
        start = time.perf_counter()
        process = Popen(words, stdout=DEVNULL, stderr=DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if status:
            raise RuntimeError(f"the import of {size} rows ended with {os.waitstatus_to_exitcode(status)}")
        busy = used.ru_utime + used.ru_stime
        memory = used.ru_maxrss / 1024
        return f"| {size:,} rows, `{suffix}` | {taken:,.0f} | {busy:,.0f} | {size / busy:,.0f} | {memory:,.0f} |"


def _write(path: Path, size: int) -> None:
    rows = (
        (
            f"sim-{number}",
            STATES[number % len(STATES)],
            "additional-information",
            PAPER,
            (FIRST + timedelta(days=number % DAYS)).isoformat(),
            f"SIMULATED row {number}",
        )
        for number in range(size)
    )
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([COLUMNS, *rows])
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for row in (COLUMNS, *rows):
        sheet.append(row)
    book.save(path)
