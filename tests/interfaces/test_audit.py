"""`ledger1540 audit`: what it ends with, who reads what of it, and working papers that anybody can draw again."""

import csv
import hashlib
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from interfaces.bootstrap import opened, settings
from interfaces.cli import app
from projections.audit import papers
from projections.audit.catalogue import CHECKS
from projections.audit.sample import POPULATIONS, Sample
from tests.interfaces.planted import make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("audited") / "home"
    make(home).close()
    return home


@pytest.fixture(autouse=True)
def surroundings(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_HOME", str(made))
    monkeypatch.setenv("LEDGER1540_ACTOR", "auditor")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["audit", *words])


def answer(*words: str, exit_code: int = 0) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == exit_code, done.stderr
    return json.loads(done.stdout)


def findings(*words: str) -> dict[str, list[Any]]:
    return {each["name"]: each["findings"] for each in answer(*words, exit_code=1)["checks"]}


def test_every_check_is_asked_unless_some_are_named() -> None:
    assert list(findings()) == list(CHECKS)
    assert list(findings("late-history", "skipped-by-view")) == ["late-history", "skipped-by-view"]
    assert set(answer("--list")) == set(CHECKS)
    assert "sample" not in CHECKS


def test_it_ends_with_1_where_something_is_found_and_with_0_where_nothing_is() -> None:
    assert run("late-history").exit_code == 1
    assert run("corrected-alone").exit_code == 0
    done = run("corrected-aloen")
    assert (done.exit_code, "did you mean corrected-alone?" in done.stderr) == (2, True)


def test_what_an_import_claims_is_told_apart_from_live_entries() -> None:
    found = answer("approved-without-decision", "recorded-late", exit_code=1)
    approvals, late = found["checks"]
    assert (approvals["live"], approvals["imported"]) == (0, 2)
    assert {each["claimed_by_import"] for each in approvals["findings"]} == {"history"}
    assert [each["batch"] for each in found["batches"]] == ["history"]
    assert late["imported"] == 1
    assert "claimed [1]" in run("approved-without-decision").stdout


def test_a_finding_says_where_to_look() -> None:
    (approval, _) = findings("approved-without-decision")["approved-without-decision"]
    assert CliRunner().invoke(app, approval["look"].split()[1:]).exit_code == 0


def test_days_between_known_and_recorded_are_the_auditors_choice() -> None:
    assert answer("recorded-late", "--days", "36500")["gap_days"] == 36500


def test_who_may_not_read_an_event_is_told_only_that_a_finding_is_withheld() -> None:
    found = answer("approved-without-decision", "--actor", "someone", exit_code=1)
    assert (found["withheld"], found["checks"][0]["findings"]) == (2, [])
    assert "2 rows are withheld from you" in run("approved-without-decision", "--actor", "someone").stderr


def test_at_a_past_position_only_what_was_there_is_found() -> None:
    (began, *_) = findings("late-history")["late-history"]
    before = str(began["position"] - 1)
    assert answer("late-history", "--recorded-by", before)["checks"][0]["findings"] == []


def drawn(*words: str) -> Any:
    return answer("sample", "--of", "cells", "--seed", "7", "--size", "4", *words)


def test_the_same_seed_draws_the_same_and_it_can_be_drawn_again_by_hand() -> None:
    found = drawn()
    assert found["items"] == drawn()["items"]
    with opened(settings()) as record:
        cells = [e.id for e in record.recorded() if e.header.type in ("matrix.cell-assessed", "matrix.cell-corrected")]
    by_hand = sorted(cells, key=lambda each: hashlib.sha256(f"7:{each}".encode()).hexdigest())
    struck = found["population_size"] != len(cells)
    assert struck
    expected = [each for each in by_hand if each in {item["event_id"] for item in found["items"]}]
    assert [item["event_id"] for item in found["items"]] == expected
    other = answer("sample", "--of", "cells", "--seed", "8", "--size", "4")
    assert [item["event_id"] for item in other["items"]] != expected


def test_the_command_in_the_papers_gives_the_key() -> None:
    first = drawn()["items"][0]
    words = ["sh", "-c", f"printf '%s' '7:{first['event_id']}' | sha256sum"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == first["key"]


@pytest.mark.parametrize("of", POPULATIONS)
def test_every_kind_is_drawn_whole_where_the_sample_is_larger(of: str) -> None:
    found = answer("sample", "--of", of, "--seed", "1", "--size", "1000")
    assert found["size"] == found["population_size"] == len(found["items"]) > 0
    assert [item["key"] for item in found["items"]] == sorted(item["key"] for item in found["items"])


def test_papers_are_written_in_three_forms_and_say_how_they_were_drawn(tmp_path: Path) -> None:
    for ending in ("xlsx", "csv", "json"):
        done = run("sample", "--of", "cells", "--seed", "7", "--size", "4", "--to", str(tmp_path / f"p.{ending}"))
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "4 items written\n")
    data = json.loads((tmp_path / "p.json").read_text("utf-8"))
    book = load_workbook(tmp_path / "p.xlsx")
    said = {row[0]: row[1] for row in book["How it was drawn"].values}
    assert (said["seed"], said["population size"]) == ("7", str(data["population_size"]))
    assert said["root"] == data["root"]
    assert said["notice"] == data["notice"]
    header, *items = book["Items"].values
    assert [row[header.index("event id")] for row in items] == [item["event_id"] for item in data["items"]]
    assert header[-6:] == papers.TO_FILL
    lines = list(csv.reader(io.StringIO((tmp_path / "p.csv").read_text("utf-8"))))
    assert lines[lines.index([]) + 1] == list(header)


def test_papers_that_are_there_are_not_written_over(tmp_path: Path) -> None:
    there = tmp_path / "papers.csv"
    there.write_text("filled in")
    words = ("sample", "--of", "cells", "--seed", "7", "--to", str(there))
    done = run(*words)
    assert (done.exit_code, "is there already" in done.stderr) == (2, True)
    assert there.read_text() == "filled in"
    assert run(*words, "--force").exit_code == 0
    assert there.read_text() != "filled in"


@pytest.mark.parametrize(
    "words",
    [
        ("sample", "--of", "cells"),
        ("sample", "--seed", "7"),
        ("sample", "--of", "cells", "--seed", "7", "--to", "papers.doc"),
        ("late-history", "--seed", "7"),
    ],
)
def test_half_of_a_sample_is_refused(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_no_paper_holds_a_formula_and_long_text_is_shortened_with_a_word_about_it() -> None:
    found = answer("sample", "--of", "cells", "--seed", "7", "--size", "1")
    found["items"][0] |= {"says": "=1+1", "quotations": ["x" * 40_000]}
    sample = msgspec.convert(found, Sample)
    book = load_workbook(io.BytesIO(papers.papers_xlsx(sample)))
    header, item = book["Items"].values
    assert item[header.index("says")] == "'=1+1"
    assert str(item[header.index("quotations")]).endswith("… (40000 characters; whole in JSON)")
    assert "'=1+1" in papers.papers_csv(sample).decode()


def test_what_is_made_up_is_marked_on_both_sheets() -> None:
    found = answer("sample", "--of", "cells", "--seed", "7", "--size", "1") | {"synthetic": True}
    book = load_workbook(io.BytesIO(papers.papers_xlsx(msgspec.convert(found, Sample))))
    assert {sheet["A1"].value for sheet in book.worksheets} == {"SYNTHETIC"}


def test_of_what_a_reader_may_not_see_the_papers_have_only_the_header() -> None:
    found = answer("sample", "--of", "cells", "--seed", "7", "--size", "1000", "--actor", "someone")
    hidden = [item for item in found["items"] if item["withheld"]]
    assert found["withheld"] == len(hidden) > 0
    assert all(item["says"] is None and not item["documents"] and item["position"] for item in hidden)
    whole = answer("sample", "--of", "cells", "--seed", "7", "--size", "1000")
    assert [item["event_id"] for item in whole["items"]] == [item["event_id"] for item in found["items"]]
