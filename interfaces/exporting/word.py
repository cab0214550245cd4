"""A matrix as a document in the official layout, each value under a control by which it is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.exporting import ooxml
from interfaces.exporting.matrix_layout import reference
from interfaces.exporting.wording import aspect_words, legend_lines, section_words, value_words, weapon_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interfaces.exporting.matrix_layout import Line, Obligation
    from interfaces.exporting.wording import Cited
    from interfaces.text import Words
    from projections.citation import Citation

NUMBER, QUESTION, VALUE, REMARKS, EXTRA = 400, 2400, 500, 1600, 1500
ASKED: Mapping[str, Sequence[str]] = {"working": ("reason", "known"), "sent": ("comment",)}
"""What a last column asks for, row by row: of the Committee's experts on a draft, of the State on what it was sent."""


def matrix_docx(cited: Citation, over: Cited, tables: Sequence[Obligation], words: Words, language: str) -> bytes:
    """Return a matrix as a document: the citation on each page, the legend, and the tables of the layout."""
    header = [ooxml.paragraph(ooxml.run(over.title, bold=True))]
    if over.synthetic:
        header.append(ooxml.paragraph(ooxml.run(over.synthetic, bold=True)))
    said = " · ".join(f"{name}: {says}" for name, says in over.lines)
    header += [ooxml.paragraph(ooxml.run(text), style="Small") for text in (said, over.notice) if text]
    body = [ooxml.paragraph(ooxml.run(over.title), style="Title"), _taken(cited, words)]
    body += [ooxml.paragraph(ooxml.run(f"{value}: {meaning}")) for value, meaning in legend_lines(cited, words)]
    for table in tables:
        body.append(ooxml.paragraph())
        body.append(ooxml.paragraph(ooxml.run(section_words(table.section, table.weapon, words)), style="Title"))
        body.append(_table(table, words, cited.standing))
    body.append(ooxml.paragraph())
    return ooxml.document("".join(body), "".join(header), language=language, title=over.title)


def _taken(cited: Citation, words: Words) -> str:
    """Return which matrix the file was made of and at which position, which what comes back is compared with."""
    known = {
        "state": (words("State"), cited.state),
        "revision": (words("Revision"), str(cited.revision or "")),
        "standing": (words("Standing"), cited.standing),
        "taken_at": (words("Taken at position"), str(cited.position)),
    }
    return ooxml.paragraph(
        *(
            piece
            for tag, (name, says) in known.items()
            for piece in (ooxml.run(f"{name}: "), ooxml.control(tag, says), ooxml.run("   "))
        )
    )


def _table(table: Obligation, words: Words, standing: str) -> str:
    asked = ASKED.get(standing, ())
    places = len(table.places)
    rest = ooxml.WIDTH - NUMBER - QUESTION - REMARKS - (EXTRA if asked else 0) - places * VALUE
    source = rest // places
    widths = [NUMBER, QUESTION, *(each for _ in range(places) for each in (VALUE, source)), REMARKS]
    widths += [EXTRA] if asked else []
    rows = [*_heading(table, words, source, asked)]
    rows += [_row(table, line, words, source, asked) for line in table.lines]
    return ooxml.table(widths, rows)


def _asked_words(asked: Sequence[str], words: Words) -> str:
    return words("Comment") if "comment" in asked else words("If changed: reason of a correction, known on")


def _heading(table: Obligation, words: Words, source: int, asked: Sequence[str]) -> Iterator[str]:
    def named(width: int, text: str, *, span: int = 1, merge: str = "") -> str:
        return ooxml.cell(width, ooxml.paragraph(ooxml.run(text, bold=True)), span=span, merge=merge, shaded=True)

    aspects = list(dict.fromkeys(aspect for aspect, _ in table.places))
    groups = [(aspect_words(each, words), sum(aspect == each for aspect, _ in table.places)) for each in aspects]
    before, after = (
        (words("No."), words("Question")),
        (words("Remarks"), *([_asked_words(asked, words)] if asked else [])),
    )
    yield ooxml.row(
        [
            *(named(width, text, merge="restart") for width, text in zip((NUMBER, QUESTION), before, strict=True)),
            *(named(count * (VALUE + source), text, span=2 * count) for text, count in groups),
            *(named(width, text, merge="restart") for width, text in zip((REMARKS, EXTRA), after, strict=False)),
        ],
        heading=True,
    )
    yield ooxml.row(
        [
            *(named(width, "", merge="continue") for width in (NUMBER, QUESTION)),
            *(
                each
                for _, weapon in table.places
                for each in (named(VALUE, weapon_words(weapon, words)), named(source, words("Reference")))
            ),
            *(named(width, "", merge="continue") for width, _ in zip((REMARKS, EXTRA), after, strict=False)),
        ],
        heading=True,
    )


def _row(table: Obligation, line: Line, words: Words, source: int, asked: Sequence[str]) -> str:
    key = row_key(table, line)
    cells = [
        ooxml.cell(NUMBER, ooxml.paragraph(ooxml.run(str(line.item)))),
        ooxml.cell(QUESTION, ooxml.paragraph(ooxml.run(words(line.label)))),
    ]
    for place in table.places:
        shown = line.cells.get(place)
        if shown is None:
            cells += [ooxml.cell(VALUE), ooxml.cell(source)]
        elif shown.withheld:
            cells += [ooxml.cell(VALUE, ooxml.paragraph(ooxml.run(value_words(shown, words)))), ooxml.cell(source)]
        else:
            value = ooxml.control(shown.cell, value_words(shown, words), alias=shown.event_id or "")
            sources = ooxml.control(f"source:{shown.cell}", reference(shown.sources or ()))
            cells += [ooxml.cell(VALUE, ooxml.paragraph(value)), ooxml.cell(source, ooxml.paragraph(sources))]
    cells.append(ooxml.cell(REMARKS, ooxml.paragraph(ooxml.control(f"remark:{key}", line.remark))))
    if asked:
        cells.append(ooxml.cell(EXTRA, *(ooxml.paragraph(ooxml.control(f"{tag}:{key}", "")) for tag in asked)))
    return ooxml.row(cells)


def row_key(table: Obligation, line: Line) -> str:
    """Return what the controls of a row that are on no cell alone are called by: `op3cd-5`, `op3ab-15-nw`."""
    key = f"{line.section.lower()}-{line.item}"
    return key if table.weapon is None else f"{key}-{table.weapon.lower()}"
