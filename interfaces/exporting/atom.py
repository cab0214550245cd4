"""A feed in Atom (RFC 4287) of what was published."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from domain.values import Instant
from interfaces.cli.output import clean

ATOM = "http://www.w3.org/2005/Atom"


class Entry(NamedTuple):
    """One thing that was published: by which event, under which address of the site, on which page."""

    event_id: str
    title: str
    summary: str
    path: str
    published: Instant
    updated: Instant


def feed(entries: Iterable[Entry], *, log: str, title: str, lang: str, url: str | None, begun: Instant) -> bytes:
    """Return a feed, the last first; without an address of the site its links are relative to the feed itself.

    Its id is made of the log's name, those of its entries are of their events, so that they never change.
    """
    listed = sorted(entries, key=lambda entry: (entry.published, entry.event_id), reverse=True)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    if url is not None:
        root.set("xml:base", f"{url.rstrip('/')}/")
    _put(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'ledger1540:{log}:feed')}")
    _put(root, "title", title)
    _put(root, "updated", _instant(max((entry.updated for entry in listed), default=begun)))
    _put(_put(root, "author"), "name", log)
    _put(root, "link", rel="self", type="application/atom+xml", href="feed.atom")
    _put(root, "link", rel="alternate", type="text/html", href="index.html")
    for entry in listed:
        item = _put(root, "entry")
        _put(item, "id", f"urn:uuid:{entry.event_id}")
        _put(item, "title", entry.title)
        _put(item, "published", _instant(entry.published))
        _put(item, "updated", _instant(entry.updated))
        _put(item, "link", rel="alternate", type="text/html", href=entry.path)
        _put(item, "summary", entry.summary)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _put(above: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    found = ET.SubElement(above, name, attributes)
    found.text = None if text is None else clean(text)
    return found


def _instant(written: Instant) -> str:
    """Return an instant as RFC 3339 has it, in whole seconds."""
    return datetime.fromisoformat(written).strftime("%Y-%m-%dT%H:%M:%SZ")
