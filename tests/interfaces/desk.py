"""Someone at a desk who types verbs at a record of Kenya's matrix."""

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from typer.testing import CliRunner

from interfaces.cli import app
from interfaces.cli.work.beginning import begin
from ledger.record import Record


@cache
def founded() -> Path:
    home = Path(mkdtemp(prefix="ledger1540-founded-")) / "home"
    begin(home, "example.org/ledger1540/1", "sec")
    return home


class Desk:
    def __init__(self, home: Path, actor: str = "sec") -> None:
        self.home = Path(shutil.copytree(founded(), home)) if not home.exists() else home
        self.runner = CliRunner(env={"LEDGER1540_HOME": str(home), "LEDGER1540_ACTOR": actor})

    def run(self, *words: str, code: int = 0) -> Any:
        done = self.runner.invoke(app, list(words))
        assert done.exit_code == code, (words, done.output, done.exception)
        return done

    def give(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json").stdout)

    def refused(self, *words: str) -> str:
        before = self.position()
        done = self.run(*words, code=2)
        assert self.position() == before
        return str(done.stderr)

    def position(self) -> int:
        with Record.open(self.home) as record:
            return record.last_position

    def export(self, path: Path, *options: str) -> Path:
        self.run("export", "KEN", "--to", str(path), *options)
        return path

    def values(self, standing: str = "working") -> dict[str, Any]:
        cells = self.give("show", "KEN", "--standing", standing)["cells"]
        return {each["cell"].partition("/")[2]: each for each in cells}


def kenya(home: Path) -> Desk:
    """Return a desk with a draft of Kenya's matrix, two of its cells and one remark."""
    shutil.copytree(_kenya(), home)
    return Desk(home)


@cache
def _kenya() -> Path:
    home = Path(mkdtemp(prefix="ledger1540-kenya-")) / "home"
    desk = Desk(home)
    law = home.parent / "law.txt"
    law.write_text("The law says no.\n")
    for document in ("ken-law", "ken-decree"):
        desk.run("register", str(law), "--language", "en", "--as", document, "--known", "2013-01-02")
    desk.run("open", "KEN", "--template", "T2011", "--known", "2013-02-01")
    source = ("--document", "ken-law", "--page", "p. 1", "--language", "en")
    desk.run(
        "assess",
        "KEN",
        "op3cd-5-nw-legal=X",
        "op2-1-cw-enforcement=?",
        *source,
        "--quotation",
        "=1+1",
        "--known",
        "2013-02-02",
    )
    desk.run("remark", "KEN", "op2-1", "See the decree too", "--known", "2013-02-03")
    return home


def sent(desk: Desk) -> Desk:
    desk.run("seal", "KEN", "--known", "2013-03-01")
    desk.run("send", "KEN/1", "--known", "2013-03-02")
    return desk
