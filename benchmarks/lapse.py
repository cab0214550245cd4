"""Time-lapse: years of the Committee with everything that falls due done by the office at work."""

import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from interfaces.demo.timelapse import timelapse

FIRST = date(2013, 6, 1)


def run(years: int) -> str:
    """Return the table of seconds."""
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        looks: list[str] = []
        timelapse(
            Path(folder) / "home", FIRST, date(FIRST.year + years, 5, 31), seed=1540, states=1, progress=looks.append
        )
        taken = time.perf_counter() - begun
    lines = ["\n### Time-lapse, seconds", "", "| years | looks | seconds |", "|---|---|---|"]
    return "\n".join([*lines, f"| {years} | {len(looks):,} | {taken:,.0f} |"])
