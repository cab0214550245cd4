"""States, templates, mappings and mandates, as commands."""

from collections.abc import Iterator
from typing import TypedDict, cast

from domain.deciding import Command
from domain.mandate import AdoptMandate, Rule
from domain.mapping import AdoptMapping, MappedRow
from domain.state import RegisterState, RenameState
from domain.template import AdoptTemplate, Field, LegendEntry
from interfaces.initialise.files import json_of, rows_of

FORMER_NAMES_FR = {
    "CZE": "République tchèque",
    "MKD": "ex-République yougoslave de Macédoine",
    "SWZ": "Swaziland",
}
"""Where the former name differs in French too; the file of changed names has the English ones only."""

RULES: dict[str, tuple[Rule, ...]] = {
    "1977": (
        Rule(duty="PoW", wording="before the end of each May", paragraph="4", month=5, policy="before the end of"),
        Rule(
            duty="REV",
            wording="before the end of each December",
            paragraph="9",
            month=12,
            policy="before the end of",
        ),
    ),
    "2325": (
        Rule(
            duty="PoW",
            wording="before the end of each January",
            paragraph="2",
            month=1,
            policy="before the end of",
        ),
    ),
}
"""The yearly rules among the provisions of the mandates: 1977 (2011) OP4 and OP9, 2325 (2016) OP2."""


class _Change(TypedDict):
    state: str
    former_name: str
    name: str
    known: str


class _Template(TypedDict):
    template: str
    known: str
    legend: list[dict[str, str]]
    notice: str


_Mandate = TypedDict("_Mandate", {"mandate": str, "resolution": str, "date": str, "from": str, "to": str | None})


def states(actor: str) -> Iterator[Command]:
    """Yield the 193 Member States, each under its first name on file from its admission, and what was renamed."""
    changes = {change["state"]: change for change in cast("list[_Change]", json_of("country-names.json"))}
    for row in rows_of("member-states.csv"):
        code = row["iso3"]
        change = changes.get(code)
        yield RegisterState(
            id=f"init:state:{code}",
            actor=actor,
            known=row["un_admission_year"],
            state=code,
            iso2=row["iso2"],
            m49=row["m49"],
            name=row["name_en_un"] if change is None else change["former_name"],
            name_fr=row["name_fr_cldr"] if change is None else FORMER_NAMES_FR.get(code, row["name_fr_cldr"]),
            regional_group=row["un_regional_group"],
            admitted=int(row["un_admission_year"]),
        )
        if change is not None:
            yield RenameState(
                id=f"init:name:{code}",
                actor=actor,
                known=change["known"],
                state=code,
                name=change["name"],
                name_fr=row["name_fr_cldr"],
            )


def templates(actor: str) -> Iterator[Command]:
    """Yield the three templates; T2011 is the one in force for the twelfth programme."""
    rows = rows_of("matrix-fields.csv")
    for each in cast("list[_Template]", json_of("templates.json")):
        name = each["template"]
        yield AdoptTemplate(
            id=f"init:template:{name}",
            actor=actor,
            known=each["known"],
            template=name,
            legend=tuple(LegendEntry(value=entry["value"], meaning=entry["meaning"]) for entry in each["legend"]),
            notice=each["notice"],
            fields=tuple(_field(row) for row in rows if row["template"] == name),
        )


def _field(row: dict[str, str]) -> Field:
    section, weapon, aspect = row["section"].lower(), row["weapon"].lower(), row["aspect"].removesuffix("_framework")
    return Field(
        cell=f"{row['template']}/{section}-{row['item_no']}-{weapon}-{aspect}",
        label=row["item_label"],
        section=section,
        item=int(row["item_no"]),
        weapon=weapon,
        aspect=aspect,
        allowed=("X", "?", "NA", "") if row["value_type"].startswith("X") else ("YES", ""),
        confidence=row["confidence"],
    )


def mappings(actor: str) -> Iterator[Command]:
    """Yield what became of each row, known when the later template was."""
    for old, new in (("T2005", "T2011"), ("T2011", "T2017")):
        yield AdoptMapping(
            id=f"init:mapping:{old}-{new}",
            actor=actor,
            known=new.removeprefix("T"),
            from_template=old,
            to_template=new,
            rows=tuple(
                MappedRow(
                    became=row["kind"],
                    from_cells=tuple(row["from_cells"].split()),
                    to_cells=tuple(row["to_cells"].split()),
                    ground=row["ground"],
                    confidence=row["confidence"],
                )
                for row in rows_of(f"mapping-{old}-{new}.csv")
            ),
        )


def mandates(actor: str) -> Iterator[Command]:
    """Yield the resolutions that made, changed and extended the mandate."""
    for each in cast("list[_Mandate]", json_of("mandates.json")):
        name = each["mandate"]
        yield AdoptMandate(
            id=f"init:mandate:{name}",
            actor=actor,
            known=each["date"],
            mandate=name,
            resolution=each["resolution"],
            adopted=each["date"],
            valid_from=each["from"],
            valid_to=each["to"],
            rules=RULES.get(name, ()),
        )
