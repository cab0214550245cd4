"""Makes docs/reference/soak.md of what the long campaigns reported, and says when what they cover has changed since."""

import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "soak.md"
COVERED = ("ledger", "schemas", "verifier", "workflows", "tests/ledger", "tests/verifier", "tests/workflows")
_COMMIT = re.compile(r"commit `([0-9a-f]{40})`")
HEAD = """# What the long campaigns did

`make soak` writes this page. A campaign is done again with the seed that is shown, in `LEDGER1540_SOAK_SEED`. Each
names the commit that it ran on, on {machine}.
"""


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def page(report: Path) -> str:
    """Return the page: a table for each campaign of how often what was done."""
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    parts = [HEAD.format(machine=machine)]
    for line in report.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        what, counts = said["what"], said["counts"]
        rows = "".join(f"| {name} | {count} |\n" for name, count in counts.items())
        parts.append(
            f"\n## {what[0].upper()}{what[1:]}\n\nSeed {said['seed']}, {sum(counts.values())} times, "
            f"commit `{said['commit']}`.\n\n"
            f"| step | times |\n|---|---|\n{rows}"
        )
    return "".join(parts)


def changed() -> str | None:
    """Return what is to be said if what the campaigns cover has changed since they ran."""
    found = set(_COMMIT.findall(PAGE.read_text(encoding="utf-8"))) if PAGE.exists() else set()
    if not found:
        return "the long campaigns have not been run: `make soak`"
    files: set[str] = set()
    for commit in sorted(found):
        try:
            files.update(git("diff", "--name-only", commit, "--", *COVERED).splitlines())
        except subprocess.CalledProcessError:
            return f"commit {commit} of docs/reference/soak.md is not in this history: `make soak`"
    return f"{len(files)} files changed since the long campaigns ran: `make soak`" if files else None


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--check"]:
            said = changed()
            if said is not None:
                print(said, file=sys.stderr)  # noqa: T201 - said, and no failure
        case [report]:
            PAGE.write_text(page(Path(report)), encoding="utf-8")
        case _:
            raise SystemExit("give the report of a run, or --check")
