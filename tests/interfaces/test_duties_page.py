"""The page on the duties is made from the code, has no empty cell, and links to commands and verbs that there are."""

import re

from domain.catalogue import COMMANDS, TYPES
from domain.closing import RULES
from domain.mandate import occurrence
from interfaces.cli.work import page as cli_page
from interfaces.importing import reference_page
from interfaces.initialise import duties, duties_page

PAGE = duties_page.PAGE.read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]


def test_the_page_on_the_duties_is_up_to_date() -> None:
    assert duties_page.page() == PAGE, "run `python -m interfaces.initialise.duties_page`"


def test_each_of_the_55_duties_has_a_row_and_no_cell_is_empty() -> None:
    assert [row[0] for row in ROWS] == [f"`{duty.duty}`" for duty in duties()]
    assert len(ROWS) == 55
    assert all(len(row) == 7 for row in ROWS)
    assert all(re.search(r"\w", cell) for row in ROWS for cell in row)


def test_the_table_has_no_row_that_no_duty_uses() -> None:
    used = {yearly[0] if (yearly := occurrence(duty.duty)) else duty.duty for duty in duties()}
    assert used == set(RULES)


def test_the_page_names_event_types_that_there_are_and_links_to_what_the_other_pages_have() -> None:
    types = {kind.TYPE for kind in TYPES.values()}
    for row in ROWS:
        named = set(re.findall(r"`([a-z]+\.[a-z-]+)`", row[4] + row[5]))
        assert named <= types, named - types
        assert named or row[0] == "`PRINCIPLES`"
        assert re.search(r"\]\((commands|cli)\.md#", row[6])
    for page, anchor in re.findall(r"\((commands|cli)\.md#([a-z-]+)\)", PAGE):
        text = (reference_page if page == "commands" else cli_page).PAGE.read_text("utf-8")
        assert f"\n### `{anchor}`\n" in text
        assert page == "cli" or anchor in COMMANDS


def test_a_row_that_something_closes_names_a_command() -> None:
    for name, rule in RULES.items():
        assert bool(rule.commands) is bool(rule.closes), name
