"""What the pages of `docs/` name is there: verbs, options, and the pages and headings that they link to."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from interfaces.cli.verbs import app

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")


def commands(page: Path) -> list[str]:
    """The commands of a page's console blocks, continued lines joined."""
    blocks = "".join(BLOCK.findall(page.read_text(encoding="utf-8"))).replace("\\\n", " ")
    return [line[2:] for line in blocks.splitlines() if line.startswith("$ ledger1540 ")]


def anchor(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.stem)
def test_the_commands_of_a_page_exist_with_their_options(page: Path) -> None:
    group: Any = typer.main.get_command(app)
    context = group.make_context("ledger1540", [], resilient_parsing=True)
    for written in commands(page):
        _, verb, *words = shlex.split(written.partition(" | ")[0])
        found = group.get_command(context, verb)
        assert found is not None, written
        if isinstance(found, TyperGroup):
            found = found.get_command(context, words[0])
            assert found is not None, written
        known = {name for param in found.params for name in param.opts}
        assert {word for word in words if re.match(r"--[a-z]", word)} <= known, written


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for path, name in LINK.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)):
        if "://" in path:
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        if name:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert name in [anchor(heading) for heading in headings], f"{path}#{name}"
