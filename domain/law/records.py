"""What is recorded of a law: its first version as it came to the Committee, its amendments, its repeal."""

from typing import ClassVar

import msgspec

from domain.deciding import Command
from domain.recorded import Event, RecordedInError
from domain.values import Date, Name, Position, StateCode


class Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article of a law, and where its text stands: a document on record and the place in it."""

    article: str
    document_id: Name
    locator: str


class RecordLaw(Command, frozen=True, kw_only=True, tag="record-law"):
    """Record a law of a State; `documents` hold nothing but the law, `articles` stand in any document."""

    law: Name
    state: StateCode
    topics: tuple[str, ...]
    title: str
    number: str = ""
    documents: tuple[Name, ...] = ()
    articles: tuple[Article, ...] = ()
    in_force_from: Date | None = None
    in_force_to: Date | None = None


class AmendLaw(Command, frozen=True, kw_only=True, tag="amend-law"):
    """Record that a law has a new version from a day on."""

    law: Name
    version: Position
    in_force_from: Date
    text: str
    title: str = ""
    number: str = ""
    documents: tuple[Name, ...] = ()
    articles: tuple[Article, ...] = ()


class RepealLaw(Command, frozen=True, kw_only=True, tag="repeal-law"):
    """Record the last day on which a law, or some articles of it, were in force."""

    law: Name
    in_force_to: Date
    repealed_articles: tuple[str, ...] = ()
    repealed_by: Name | None = None
    documents: tuple[Name, ...] = ()


class LawEntered(Event, frozen=True, kw_only=True):
    """A law of a State is on record in its first version."""

    TYPE: ClassVar[str] = "law.entered"
    law: Name
    state: StateCode
    topics: tuple[str, ...]
    title: str
    number: str
    documents: tuple[Name, ...]
    articles: tuple[Article, ...]
    in_force_from: Date | None
    in_force_to: Date | None


class LawAmended(Event, frozen=True, kw_only=True):
    """A law has a new version; its title and number are those of that version."""

    TYPE: ClassVar[str] = "law.amended"
    law: Name
    version: Position
    in_force_from: Date
    text: str
    title: str
    number: str
    documents: tuple[Name, ...]
    articles: tuple[Article, ...]


class LawRepealed(Event, frozen=True, kw_only=True):
    """A law was repealed, or the articles that are named; `in_force_to` is its last day."""

    TYPE: ClassVar[str] = "law.repealed"
    law: Name
    in_force_to: Date
    repealed_articles: tuple[str, ...]
    repealed_by: Name | None
    documents: tuple[Name, ...]


class LawRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a law should never have been recorded."""

    TYPE: ClassVar[str] = "law.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (LawEntered, LawAmended, LawRepealed, LawRecordedInError)


def stream(law: str) -> str:
    """Return the stream of a law."""
    return f"law/{law}"
