import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tour(home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LEDGER1540_HOME": str(home), "NO_COLOR": "1"}
    environment.pop("LEDGER1540_ACTOR", None)
    return subprocess.run(
        [sys.executable, "-m", "interfaces.run.tour", "--states", "8"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_the_tour_makes_both_records_and_the_second_time_finds_them(tmp_path: Path) -> None:
    home = tmp_path / "record"
    first = tour(home)
    assert first.returncode == 0, first.stderr
    again = tour(home)
    assert again.returncode == 0, again.stderr
    assert "are there already" in again.stdout
    assert "is there already" in again.stderr

    shown = first.stdout
    assert f"export LEDGER1540_HOME={home}-demo" in shown
    assert "$ ledger1540 show KEN --as-of 2013-12-31 --standing working --reading stood" in shown
    assert "Believed then" in shown
    assert "The matrix is not a tool for measuring compliance." in shown
    assert "SYNTHETIC" in shown
    assert "$ ledger1540 log KEN T2011/" in shown
    assert "sim-request-1 of KEN, received on 2013-09-05" in shown
    assert re.search(r"sent-on +2013-09-13 +text +2013-09-13", shown)
    assert re.search(r"sim-meeting-2014-03-20-paper +15 of 15", shown)
    assert re.search(r"sim-meeting-2014-03-20-paper-late +0 of 15", shown)
    assert "organization:sim-org-1: 389 cells would be opened" in shown
    assert "repealed, in force until 2015-06-30" in shown
    assert shown.count("Everything is as it was recorded.") == 2
    assert "- Paragraph 3 of the resolution:" in shown
    assert "Tue, 17 Dec 2013 09:00:00 -0500  <annual-review-2013.role-chair.T-14.r0@" in shown
    assert re.search(r"1 +adopted +2013-12-26 17:00 EST", shown)
    assert "$ ledger1540 log deadline/annual-review/2013" in shown
    assert "reminder T-7 to role:chair <annual-review-2013.role-chair.T-7.r0@" in shown
    assert not (tmp_path / "record-december" / "temporal" / "address").exists(), "the server was stopped"
    assert _status(shown, "REV-2013") == "open"
    assert _status(shown, "ODA-REP") == "done"
    assert _status(shown, "MATRIX-ALL") == "open"
    assert shown.split("3. One matrix")[1] == again.stdout.split("3. One matrix")[1]


def _status(shown: str, duty: str) -> str:
    (line,) = [each for each in shown.splitlines() if f"  {duty}  " in each]
    return line.split(duty)[0].split()[-1]
