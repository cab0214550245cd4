"""The few elements of WordprocessingML that a matrix needs, and the parts of a document around them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from interfaces.exporting.package import APP, CORE, packed
from projections.sheets import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = f'xmlns:w="{W}" xmlns:r="{_R}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WIDTH = 15_704
"""Between the margins of an A4 page in landscape, in twentieths of a point."""


def run(text: str, *, bold: bool = False, size: int = 0) -> str:
    """Return text as a run, its lines as lines."""
    shape = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{size}"/>' if size else "")
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(each)}</w:t>' for each in lines)
    return f"<w:r>{f'<w:rPr>{shape}</w:rPr>' if shape else ''}{pieces}</w:r>"


def paragraph(*content: str, style: str = "") -> str:
    """Return runs and controls as a paragraph."""
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}{''.join(content)}</w:p>"


def control(tag: str, text: str, *, alias: str = "") -> str:
    """Return a content control: text that can be edited, under a tag by which it is found again."""
    named = f"<w:alias w:val={quoteattr(alias)}/>" if alias else ""
    return (
        f"<w:sdt><w:sdtPr>{named}<w:tag w:val={quoteattr(tag)}/>"
        f'<w:lock w:val="sdtLocked"/><w:text w:multiLine="1"/></w:sdtPr>'
        f"<w:sdtContent>{run(text or NOTHING)}</w:sdtContent></w:sdt>"
    )


NOTHING = "\N{NO-BREAK SPACE}"
"""What stands in a control that is empty, so that it can be clicked into."""


def cell(width: int, *paragraphs: str, span: int = 1, merge: str = "", shaded: bool = False) -> str:
    """Return a cell of a table; `merge` is `restart` or `continue` where it is one with the cell above or below."""
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        shape += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        shape += f'<w:vMerge w:val="{merge}"/>'
    if shaded:
        shape += '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{''.join(paragraphs) or paragraph()}</w:tc>"


def row(cells: Iterable[str], *, heading: bool = False) -> str:
    """Return a row of a table; one of its heading stands again on every page."""
    shape = "<w:cantSplit/>" + ("<w:tblHeader/>" if heading else "")
    return f"<w:tr><w:trPr>{shape}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: Iterable[str]) -> str:
    """Return rows as a table with lines between its cells."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    shape = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(body: str, header: str, *, language: str, title: str) -> bytes:
    """Return a document with a heading on each page and the number of the page below."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="567" w:header="284" w:footer="284" w:gutter="0"/>'
        "</w:sectPr>"
    )
    numbers = " / ".join(
        f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    ).replace(" / ", run(" / "))
    core = CORE.decode().replace(
        "/>", f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )
    return packed(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                (f"{_R}/officeDocument", "word/document.xml"),
                ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", _CORE_NAME),
                (f"{_R}/extended-properties", "docProps/app.xml"),
            ),
            _CORE_NAME: core.encode(),
            "docProps/app.xml": APP,
            "word/document.xml": f"{HEAD}<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": _relations(
                *((f"{_R}/{name}", f"{part}.xml") for name, part in _PARTS.items())
            ),
            "word/styles.xml": _styles(language).encode(),
            "word/header1.xml": f"{HEAD}<w:hdr {_NAMES}>{header}</w:hdr>".encode(),
            "word/footer1.xml": f"{HEAD}<w:ftr {_NAMES}>{paragraph(numbers)}</w:ftr>".encode(),
        }
    )


_CORE_NAME = "docProps/core.xml"
_PARTS = {"styles": "styles", "header": "header1", "footer": "footer1"}


def _content_types() -> bytes:
    parts = [
        ("/word/document.xml", f"{_TYPE}.document.main+xml"),
        *((f"/word/{part}.xml", f"{_TYPE}.{name}+xml") for name, part in _PARTS.items()),
        (f"/{_CORE_NAME}", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts)
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    ).encode()


def _relations(*related: tuple[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_RELATED}">{listed}</Relationships>'.encode()


def _styles(language: str) -> str:
    def style(name: str, shape: str, *, default: bool = False) -> str:
        first = ' w:default="1"' if default else ""
        return (
            f'<w:style w:type="paragraph"{first} w:styleId="{name}"><w:name w:val="{name}"/>'
            f'<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:rPr>{shape}</w:rPr></w:style>'
        )

    return (
        f"{HEAD}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="14"/><w:lang w:val="{language}"/>'
        f"</w:rPr></w:rPrDefault></w:docDefaults>{style('Normal', '', default=True)}"
        f"{style('Title', '<w:b/>' + SIZE_OF_TITLE)}{style('Small', SIZE_OF_NOTICE)}</w:styles>"
    )


SIZE_OF_TITLE = '<w:sz w:val="20"/>'
SIZE_OF_NOTICE = '<w:sz w:val="11"/>'
