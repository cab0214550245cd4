"""A document that we exported, come back edited: what stands in its content controls, whoever saved it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput
from interfaces.exporting.ooxml import W
from interfaces.importing.office import damage_refused
from interfaces.importing.returned import REMEDY, RemarkGiven, Returned, as_given, tidy
from interfaces.importing.wordprocessing import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

    from interfaces.importing.faults import Faults

_CELL = re.compile(r"[A-Za-z0-9.]+/(?P<row>[a-z0-9_]+-[0-9]+)-(?P<weapon>[a-z]+)-[a-z]+")
_REMARK = re.compile(r"remark:(?P<section>[a-z0-9_]+)-(?P<item>[0-9]{1,9})(-[a-z]+)?")
TAKEN = ("state", "revision", "taken_at")


def read_document(archive: ZipFile, name: str, faults: Faults) -> Returned:
    """Return what the controls of a document say; one that stands twice is a fault.

    Raises:
        MalformedInput: it has not the controls of an exported matrix.
    """
    from defusedxml.ElementTree import fromstring

    with damage_refused(name):
        root = fromstring(archive.read("word/document.xml"))
    texts: dict[str, str] = {}
    acts: dict[str, str] = {}
    for number, (tag, act, text) in enumerate(_controls(root), 1):
        if tag in texts:
            faults.add(name, number, tag, "its content control stands twice", "keep one of them")
        texts[tag], acts[tag] = text, act
    missing = [tag for tag in TAKEN if not texts.get(tag)]
    if missing and not texts and any(root.iter(f"{{{W}}}sdt")):
        raise MalformedInput(
            "its content controls have lost their names: the program that saved it does not keep them",
            where=name,
            remedy="edit the .xlsx instead, or `import` it as a matrix of another hand, with --state",
        )
    if missing:
        raise MalformedInput(f"no content control {missing[0]!r} says something", where=name, remedy=REMEDY)
    named = [(tag, match) for tag in texts if (match := _CELL.fullmatch(tag))]
    cells = [
        as_given(number, _members(tag, match, texts, acts), faults, name)
        for number, (tag, match) in enumerate(named, 1)
    ]
    rows: dict[str, list[str]] = {}
    for tag, match in named:
        for key in (match["row"], f"{match['row']}-{match['weapon']}"):
            rows.setdefault(key, []).append(tag)
    return Returned(cells=tuple(cell for cell in cells if cell is not None), remarks=tuple(_remarks(texts, rows)))


def _members(tag: str, named: re.Match[str], texts: Mapping[str, str], acts: Mapping[str, str]) -> dict[str, object]:
    alone = f"{named['row']}-{named['weapon']}"
    row = alone if f"remark:{alone}" in texts else named["row"]
    source = f"source:{tag}"
    return {
        **{each: texts[each] for each in TAKEN},
        "cell": tag,
        "act": acts[tag] or None,
        "withheld": False,
        "of_row": row,
        "says": {"value": texts[tag]} | ({"reference": texts[source]} if source in texts else {}),
        **{each: texts.get(f"{each}:{row}", "") for each in ("known", "reason", "comment")},
    }


def _remarks(texts: Mapping[str, str], rows: Mapping[str, list[str]]) -> Iterator[RemarkGiven]:
    for number, (tag, text) in enumerate(texts.items(), 1):
        found = _REMARK.fullmatch(tag)
        if found is not None:
            yield RemarkGiven(
                row=number,
                section=found["section"],
                item=int(found["item"]),
                remark=text,
                cells=tuple(rows.get(tag.partition(":")[2], ())),
            )


def _controls(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, the alias and the text of each control."""
    for control in root.iter(f"{{{W}}}sdt"):
        about = control.find(f"{{{W}}}sdtPr")
        content = control.find(f"{{{W}}}sdtContent")
        if about is None or content is None:
            continue
        tag, alias = (_value(about, each) for each in ("tag", "alias"))
        if tag:
            placeholder = about.find(f"{{{W}}}showingPlcHdr") is not None
            yield tag, alias, "" if placeholder else tidy("".join(text_of(content)))


def _value(about: Element, name: str) -> str:
    found = about.find(f"{{{W}}}{name}")
    return "" if found is None else found.get(f"{{{W}}}val", "")
