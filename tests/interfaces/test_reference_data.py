from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

REFERENCE = files("interfaces.reference")
SCAN = "twelfth-programme-of-work.fr.txt"
MAPPINGS = [("T2005", "T2011"), ("T2011", "T2017")]
CONFIDENCES = ["low", "medium", "high"]


def text(name: str) -> str:
    return REFERENCE.joinpath(name).read_bytes().decode("utf-8")


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(name), newline="")))


def parsed(name: str) -> Any:
    return json.loads(text(name))


def cell_of(field: dict[str, str]) -> str:
    aspect = field["aspect"].replace("legal_framework", "legal")
    row = f"{field['section'].lower()}-{field['item_no']}-{field['weapon'].lower()}"
    return f"{field['template']}/{row}-{aspect}"


FIELDS = {cell_of(field): field for field in table("matrix-fields.csv")}


def mapping(old: str, new: str) -> list[tuple[str, list[str], list[str], str]]:
    return [
        (row["kind"], row["from_cells"].split(), row["to_cells"].split(), row["confidence"])
        for row in table(f"mapping-{old}-{new}.csv")
    ]


def test_there_are_193_member_states_each_with_its_own_code() -> None:
    assert len({row["iso3"] for row in table("member-states.csv")}) == len(table("member-states.csv")) == 193


def test_the_three_templates_have_382_and_389_and_277_fields() -> None:
    assert Counter(field["template"] for field in FIELDS.values()) == {
        "T2005": 382,
        "T2011": 389,
        "T2017": 277,
    }
    assert len(FIELDS) == len(table("matrix-fields.csv"))


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_a_mapping_names_every_cell_of_both_templates_exactly_once(old: str, new: str) -> None:
    rows = mapping(old, new)
    for template, named in (
        (old, [cell for _, sources, _, _ in rows for cell in sources]),
        (new, [cell for _, _, targets, _ in rows for cell in targets]),
    ):
        assert sorted(named) == sorted(cell for cell, field in FIELDS.items() if field["template"] == template)


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_each_kind_of_mapping_joins_as_many_cells_as_it_says(old: str, new: str) -> None:
    for kind, sources, targets, _ in mapping(old, new):
        match kind:
            case "kept" | "renamed":
                assert (len(sources), len(targets)) == (1, 1)
            case "split":
                assert len(sources) == 1 < len(targets)
            case "merged":
                assert len(sources) > 1 == len(targets)
            case "dropped":
                assert (len(sources), len(targets)) == (1, 0)
            case _:
                assert (kind, len(sources), len(targets)) == ("new", 0, 1)


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_no_cell_is_mapped_to_another_weapon_or_aspect_or_section(old: str, new: str) -> None:
    for _, sources, targets, _ in mapping(old, new):
        joined = [FIELDS[cell] for cell in sources + targets]
        assert len({(field["section"], field["weapon"], field["aspect"]) for field in joined}) == 1


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_a_kept_cell_has_the_same_label_and_number_and_a_renamed_one_has_not(old: str, new: str) -> None:
    for kind, sources, targets, _ in mapping(old, new):
        if kind in {"kept", "renamed"}:
            before, after = FIELDS[sources[0]], FIELDS[targets[0]]
            same = all(before[column] == after[column] for column in ("item_label", "item_no"))
            assert same == (kind == "kept")


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_a_mapping_is_never_surer_than_its_rows_unless_the_labels_are_identical(old: str, new: str) -> None:
    for _, sources, targets, confidence in mapping(old, new):
        joined = [FIELDS[cell] for cell in sources + targets]
        lowest = min(CONFIDENCES.index(field["confidence"].replace("verified", "high")) for field in joined)
        identical = bool(sources and targets) and len({field["item_label"] for field in joined}) == 1
        assert identical or CONFIDENCES.index(confidence) <= lowest


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_every_mapping_says_why(old: str, new: str) -> None:
    assert all(row["ground"].strip() for row in table(f"mapping-{old}-{new}.csv"))


def test_licensing_provisions_and_the_licensing_authority_are_merged_in_t2017() -> None:
    assert (
        "merged",
        ["T2011/op3cd-6-nw-legal", "T2011/op3cd-11-nw-legal"],
        ["T2017/op3cd-6-nw-legal"],
        "medium",
    ) in mapping("T2011", "T2017")


def test_the_corrections_applied_to_the_scan_give_the_corrected_reading() -> None:
    scan, position, pieces = text(SCAN), 0, []
    for correction in parsed("twelfth-programme-of-work.fr.corrections.json"):
        start, end = correction["start"], correction["end"]
        assert position <= start < end
        assert scan[start:end] == correction["original"] != correction["corrected"]
        pieces += [scan[position:start], correction["corrected"]]
        position = end
    assert "".join([*pieces, scan[position:]]) == text("twelfth-programme-of-work.fr.corrected.txt")


def test_the_corrected_reading_keeps_the_line_breaks_and_leaves_no_sign_of_the_scanner() -> None:
    corrected = text("twelfth-programme-of-work.fr.corrected.txt")
    assert corrected.count("\n") == text(SCAN).count("\n")
    assert not re.search(r"[|&@%€¥?\"']|\w’ |\b[Ii]’|larésolution|\bgue\b", corrected)


def test_every_duty_has_a_passage() -> None:
    duties = [row["id"] for row in table("duties.csv")]
    assert len(duties) == 55
    assert list(dict.fromkeys(row["duty"] for row in table("duty-words.csv"))) == duties


def test_every_quotation_is_what_the_scan_says_at_its_offsets() -> None:
    scan = text(SCAN)
    for row in table("duty-words.csv"):
        assert scan[int(row["start"]) : int(row["end"])] == row["quotation"] != ""


def test_every_passage_is_in_a_paragraph_that_its_duty_names() -> None:
    paragraphs = {row["id"]: row["para"] for row in table("duties.csv")}
    for row in table("duty-words.csv"):
        letters = re.match(r"\d(\(\w\))?", row["paragraph"])
        assert letters is not None
        assert letters.group().split("(")[0] in paragraphs[row["duty"]]
        assert (letters.group(1) or "") in paragraphs[row["duty"]]


def test_passages_of_a_later_paragraph_stand_later_in_the_text() -> None:
    spans: dict[str, tuple[int, int]] = {}
    for row in table("duty-words.csv"):
        first, last = spans.get(row["paragraph"], (int(row["start"]), int(row["end"])))
        spans[row["paragraph"]] = (min(first, int(row["start"])), max(last, int(row["end"])))
    in_order = sorted(spans.values())
    assert all(before[1] <= after[0] for before, after in pairwise(in_order))


def test_each_template_explains_its_five_values_and_carries_the_notice() -> None:
    templates = parsed("templates.json")
    assert [template["template"] for template in templates] == ["T2005", "T2011", "T2017"]
    for template in templates:
        assert [entry["value"] for entry in template["legend"]] == ["X", "?", "NA", "YES", ""]
        assert all(entry["meaning"] for entry in template["legend"])
        assert "not a tool for measuring compliance" in template["notice"]
        assert template["known_precision"] == "year"
        assert re.fullmatch(r"\d{4}", template["known"])


def test_x_is_what_the_state_asserts_in_t2005_and_what_the_committee_considers_later() -> None:
    meaning = {template["template"]: template["legend"][0]["meaning"] for template in parsed("templates.json")}
    assert "the reporting State asserts" in meaning["T2005"]
    assert all("the Committee considers" in meaning[template] for template in ("T2011", "T2017"))


def test_every_mandate_names_its_resolution_and_dates_and_provisions() -> None:
    mandates = parsed("mandates.json")
    names = ["1540", "1673", "1810", "1977", "2055", "2118", "2325", "2572", "2622", "2663"]
    assert [mandate["mandate"] for mandate in mandates] == names
    for mandate in mandates:
        assert mandate["resolution"] == f"S/RES/{mandate['mandate']} ({mandate['date'][:4]})"
        assert mandate["to"] is None or mandate["from"] < mandate["to"]
        assert mandate["provisions"]
        assert all(provision["says"] for provision in mandate["provisions"])
        assert all(provision["confidence"] in CONFIDENCES for provision in mandate["provisions"])


def test_the_programme_is_due_before_the_end_of_may_under_1977_and_of_january_under_2325() -> None:
    says = {
        (mandate["mandate"], provision["paragraph"]): provision["says"]
        for mandate in parsed("mandates.json")
        for provision in mandate["provisions"]
    }
    assert "before the end of May" in says["1977", "4"]
    assert "before the end of January" in says["2325", "2"]


def test_a_changed_country_name_belongs_to_a_member_state_and_ends_in_its_name_of_today() -> None:
    today = {row["iso3"]: row["name_en_un"] for row in table("member-states.csv")}
    changes = parsed("country-names.json")
    assert {change["state"] for change in changes} == {"CPV", "CZE", "SWZ", "MKD", "TUR"}
    for change in changes:
        assert change["name"] == today[change["state"]] != change["former_name"]
        assert len(change["known"]) == {"year": 4, "month": 7}[change["known_precision"]]
