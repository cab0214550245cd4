"""The pages on commands and verbs are made from the code, complete, and up to date."""

import json
import re

import pytest

from domain.catalogue import COMMANDS, decode_command
from domain.deciding import Command
from interfaces.cli.work import page as cli_page
from interfaces.importing import reference_page
from interfaces.importing.commands import OUT_OF_PLACE, command_of
from interfaces.importing.reading import Given

PAGE = reference_page.PAGE.read_text("utf-8")
CLI = cli_page.PAGE.read_text("utf-8")


def test_the_page_on_commands_is_up_to_date() -> None:
    assert reference_page.page() == PAGE, "run `python -m interfaces.importing.reference_page`"


def test_the_page_on_the_command_line_is_up_to_date() -> None:
    assert cli_page.page() == CLI, "run `python -m interfaces.cli.work.page`"


@pytest.mark.parametrize("tag", sorted(COMMANDS))
def test_every_command_is_on_the_page_with_a_line_that_decodes(tag: str) -> None:
    section = PAGE.split(f"\n### `{tag}`\n")[1].split("\n### ")[0]
    (line,) = re.findall(r"```json\n(.*)\n```", section)
    assert type(decode_command(line.encode())) is COMMANDS[tag]
    if tag not in OUT_OF_PLACE:
        command, _ = command_of(line, Given(actor="sec"), None)
        assert command == decode_command(line.encode())
    for name in COMMANDS[tag].__struct_fields__:
        assert name in Command.__struct_fields__ or f"| `{name}` |" in section


def test_every_member_of_every_command_has_a_meaning() -> None:
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            assert line.count("|") >= 4
            assert line.rstrip(" |").rsplit("|", 1)[1].strip()


@pytest.mark.parametrize("verb", [name for name, _, _ in cli_page.verbs()])
def test_every_verb_is_on_the_page_with_its_help_and_every_option_has_its_own(verb: str) -> None:
    ((_, says, given),) = (each for each in cli_page.verbs() if each[0] == verb)
    assert says
    assert f"\n### `{verb}`\n\n{says}" in CLI
    assert all(each.says for each in given), verb


def test_the_example_lines_are_one_line_each() -> None:
    for tag in COMMANDS:
        assert json.loads(reference_page.example(tag))["command"] == tag
