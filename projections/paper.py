"""A sheet of a workbook on paper: across the page, rows as high as what they say, and above each what it is of."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

LINE = 15.0
"""Points of a line of text, and of a row that nothing is said of."""
HIGHEST = 409.0
"""Points of the highest row that a spreadsheet takes."""
A4 = 9
"""The number of the paper in a workbook."""


def laid_out(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Give columns their widths, and each row the height of its longest text: not every program works that out."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    merged = {each.min_row: sum(widths[each.min_col - 1 : each.max_col]) for each in sheet.merged_cells.ranges}
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=len(widths)), 1):
        lines = max(
            (
                _lines(str(text), merged.get(number, width))
                for text, width in zip(row, widths, strict=False)
                if text is not None
            ),
            default=1,
        )
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * LINE, HIGHEST)


def on_paper(sheet: Worksheet, above: Sequence[str], below: str = "") -> None:
    """Have a sheet printed across the page, with words above and below, and the number of the page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text = _plain(" - ".join(each for each in above if each))
    foot.left.text = _plain(below)
    foot.right.text = "&P / &N"
    sheet.oddHeader, sheet.oddFooter = head, foot


def _plain(text: str) -> str | None:
    """Return text in which nothing is an order to a printer, as long as a spreadsheet takes it; None for none."""
    return text[:200].replace("&", "&&") or None


def _lines(text: str, width: float) -> int:
    return sum(max(1, len(wrap(each, max(int(width), 1)))) for each in text.split("\n"))
