"""A page of the site: where it is, which template makes it, of what; and how it becomes HTML."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interfaces.cli.output import clean
from interfaces.cli.screens.heading import date_words, value_words
from interfaces.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from ledger.record import Record

TEMPLATES = Path(__file__).with_name("templates")
STYLE = TEMPLATES / "style.css"


class Page(NamedTuple):
    """A page; `position` is that of the last event it rests on, so that it stays the same while that is so."""

    path: str
    template: str
    position: int
    synthetic: bool
    values: "Mapping[str, object]"


def html_of(page: Page, record: "Record") -> bytes:
    """Return a page as HTML; in a simulation all is marked."""
    found = _environment().get_template(page.template)
    root = "../" * page.path.count("/")
    here = {
        "root": root,
        "position": page.position,
        "synthetic": page.synthetic or record.simulation,
        "log": record.origin,
    }
    return found.render({**page.values, **here}).encode()


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )
    # A translator of this one word says in which language the others are.
    globals_: dict[str, Any] = made.globals  # Any: the library types it by what is in it at first
    globals_.update(_=_, lang=_("en"), date_words=date_words, value_words=value_words)
    return made


def _printable(value: object) -> object:
    """Return text without characters that no page may hold."""
    from markupsafe import Markup

    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
