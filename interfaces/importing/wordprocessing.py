"""Text of documents as a person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def text_of(content: Element) -> Iterator[str]:
    """Yield the text of runs, a line for each paragraph; what a tracked change struck out is kept apart by its tag."""
    begun = False
    for each in content.iter():
        match each.tag.rpartition("}")[2]:
            case "t":
                yield each.text or ""
            case "br" | "cr":
                yield "\n"
            case "tab":
                yield "\t"
            case "p":
                if begun:
                    yield "\n"
                begun = True
            case _:
                pass
