"""Profiles: by which the columns of a list are read, built-in, own and proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.refusals import MalformedInput, NotFound
from interfaces.importing.lists import profiles
from interfaces.importing.lists.proposing import proposed
from interfaces.importing.source import Source
from tests.interfaces.lists import MADE_UP, feed_file, requests, write


def test_an_own_profile_joins_columns_maps_values_and_gives_constants(home: Path, tmp_path: Path) -> None:
    folder = home / "profiles"
    folder.mkdir()
    (folder / "ours.toml").write_text(
        """
        command = "request-assistance"
        [members]
        request = { join = ["year", "number"] }
        subject = { constant = "Export controls" }
        needs = { column = "what" }
        received = { column = "when", order = "day-month" }
        [members.requesters]
        column = "who"
        separator = "/"
        values = { "the Republic" = "KEN" }
        """
    )
    path = tmp_path / "ours.csv"
    write(
        path, ("Year", "Number", "Who", "What", "When"), ("2013", "7", "The republic / France", "Training", "3/4/2013")
    )
    feed_file(home, path, "ours")
    (request,) = requests(home)
    assert (request.request, request.requesters, request.subject) == ("2013-7", ("KEN", "FRA"), "Export controls")
    assert request.received_at.startswith("2013-04-04T03:59:59")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('command = "seal"\n[members]\nstate = { column = "a" }', "nothing gives revision"),
        ('command = "import-batch"\n[members]', "files give no command"),
        ('command = "receive"\n[members]\nsubmision = { column = "a" }', "no member 'submision'"),
        ('command = "receive"\n[members]\nsubmission = { }', "does not come from one of"),
        (
            'command = "assess"\n[members]\nstate = { column = "a" }\ncells = { column = "b" }',
            "a list cannot give cells",
        ),
        ("command = 7", "profile p:"),
        ("no toml", "profile p:"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(home: Path, text: str, what: str) -> None:
    (home / "profiles").mkdir()
    (home / "profiles" / "p.toml").write_text(text)
    with pytest.raises(MalformedInput, match=what):
        profiles.named(home, "p")


@pytest.mark.parametrize("name", ["requests", "../profiles/x", "", "a\0b", "x" * 300])
def test_a_profile_that_is_not_there_is_not_found(home: Path, name: str) -> None:
    with pytest.raises(NotFound, match="no profile"):
        profiles.named(home, name)


@pytest.mark.parametrize("name", [each for each, whose in profiles.names(Path("/")).items() if whose == "built-in"])
def test_every_profile_that_comes_along_can_be_used(name: str) -> None:
    assert profiles.named(Path("/nowhere"), name).members


def test_a_profile_is_proposed_from_the_columns_of_a_list(home: Path) -> None:
    with Source(MADE_UP) as source:
        text = proposed(source, "request-assistance")
    assert 'requesters = { column = "requesting state", optional = true }' in text
    assert "# not read: desk" in text
    (home / "profiles").mkdir()
    (home / "profiles" / "mine.toml").write_text(text)
    assert profiles.named(home, "mine").command == "request-assistance"
