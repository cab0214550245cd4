"""An independent look at HTML pages: what is open and not closed, where links lead, and what a page says of itself."""

from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Looked(HTMLParser):
    """A page as a parser sees it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.unscoped = 0
        self.lang: str | None = None
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(data.decode("utf-8"))
        self.wrong += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        self.links += [target for name in ("href", "src") if (target := given.get(name)) is not None]
        self.ids += [name for name in (given.get("id"),) if name is not None]
        if tag == "th" and not given.get("scope"):
            self.unscoped += 1
        if tag == "html":
            self.lang = given.get("lang")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def pages(folder: Path) -> dict[str, Looked]:
    """Return the pages in a folder by their paths."""
    return {path.relative_to(folder).as_posix(): Looked(path.read_bytes()) for path in sorted(folder.rglob("*.html"))}


def astray(folder: Path) -> list[tuple[str, str]]:
    """Return the links of pages that lead to no file in their folder, or to no place in a page."""
    found = pages(folder)
    lost: list[tuple[str, str]] = []
    for path, page in found.items():
        for link in page.links:
            if "://" in link:
                continue
            target, _, place = link.partition("#")
            file = (folder / path).parent / target if target else folder / path
            if not file.is_file() or (place and place not in Looked(file.read_bytes()).ids):
                lost.append((path, link))
    return lost
