"""The tutorial works as printed: its commands run in order, end as it says, and show the lines that it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-hour.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
ASKS_THE_CODE = "echo $?"
ENDED = re.compile(r"^<<ended (\d+)>>$", re.MULTILINE)


class Step(NamedTuple):
    """A command as printed, and the lines that the page shows below it."""

    command: str
    shown: tuple[str, ...]


def steps(page: str) -> list[Step]:
    found: list[Step] = []
    for block in BLOCK.findall(page):
        command, shown = "", list[str]()
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    found.append(Step(command, tuple(shown)))
                command, shown = line[2:], []
            elif command.endswith("\\"):
                command += "\n" + line
            else:
                shown.append(line)
        found.append(Step(command, tuple(shown)))
    return found


def script(all_steps: list[Step]) -> str:
    """One shell for all, so that a setting made in one step holds in the next."""
    return "".join(f'{step.command}\ncode=$?; echo; echo "<<ended $code>>"; (exit $code)\n' for step in all_steps)


def pattern(line: str) -> str:
    """A shown line as a pattern: `…` stands for anything, and columns may be wider."""
    parts = [re.escape(part) for part in re.split(r"…|\s+", line.strip())]
    gaps = [".*" if "…" in gap else r"\s+" for gap in re.findall(r"…|\s+", line.strip())]
    return "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))


def wanted_codes(all_steps: list[Step]) -> list[int]:
    """0, unless the page asks for the code and shows it."""
    after = [*all_steps[1:], Step("", ())]
    return [int(each.shown[0]) if each.command == ASKS_THE_CODE else 0 for each in after]


def test_the_commands_of_the_tutorial_do_what_it_says(tmp_path: Path) -> None:
    printed = steps(PAGE.read_text(encoding="utf-8"))
    assert len(printed) > 20
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER1540_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    done = subprocess.run(
        ["bash", "-c", script(printed)],
        cwd=tmp_path,
        env={**kept, "PATH": path, "HOME": str(tmp_path), "NO_COLOR": "1", "COLUMNS": "120"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    pieces = ENDED.split(done.stdout)
    outputs, codes = pieces[0:-1:2], [int(code) for code in pieces[1::2]]
    for step, output, code, wanted in zip(printed, outputs, codes, wanted_codes(printed), strict=True):
        told = f"$ {step.command}\n{output}"
        assert code == wanted, told
        place = 0
        for line in step.shown:
            if line.strip() in ("", "…"):
                continue
            found = re.search(pattern(line), output[place:])
            if found is None:
                pytest.fail(f"not shown: {line}\n{told}")
            place += found.end()


def test_a_shown_line_may_leave_something_out() -> None:
    assert re.search(pattern("position … event …"), "  position 12,   event 3f")
    assert not re.search(pattern("position 1 of …"), "position 12 of 3")
