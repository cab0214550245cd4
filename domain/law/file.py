"""A law as its standing events have it: its versions, what was repealed of it, and what rests on either."""

from collections.abc import Iterable

import msgspec

from domain.law.records import Article, LawAmended, LawEntered, LawRepealed
from domain.recorded import Recorded
from domain.values import Date, Name, StateCode


class Version(msgspec.Struct, frozen=True):
    """A version of a law, from the day on which it was in force; None where that is not known."""

    number: int
    in_force_from: Date | None
    title: str
    law_number: str
    documents: tuple[Name, ...]
    articles: tuple[Article, ...]


class Repeal(msgspec.Struct, frozen=True):
    """The last day of a law, or of the articles that are named."""

    in_force_to: Date
    articles: tuple[str, ...]
    by: Name | None


class Law(msgspec.Struct, frozen=True):
    """A law: its versions in the order in which they were in force, and its repeals in that of their last days."""

    law: Name
    state: StateCode
    topics: tuple[str, ...]
    in_force_to: Date | None
    versions: tuple[Version, ...]
    repeals: tuple[Repeal, ...]

    def ended(self, day: str) -> Repeal | None:
        """Return the repeal by which no part of the law is in force any more on a day."""
        return next((each for each in self.repeals if not each.articles and each.in_force_to < day), None)

    def repealed_articles(self, day: str) -> frozenset[str]:
        """Return the articles that are repealed on a day, while the law goes on."""
        return frozenset(_same(name) for each in self.repeals if each.in_force_to < day for name in each.articles)

    def version(self, day: str) -> Version | None:
        """Return the version in force on a day, None before the first and after the last."""
        over = self.ended(day) is not None or (self.in_force_to is not None and self.in_force_to < day)
        begun = [each for each in self.versions if (each.in_force_from or "") <= day]
        return None if over or not begun else begun[-1]

    @property
    def documents(self) -> tuple[Name, ...]:
        """Every document in which the law, or an article of it, stands in some version."""
        named = [name for each in self.versions for name in each.documents]
        cited = [article.document_id for each in self.versions for article in each.articles]
        return tuple(dict.fromkeys((*named, *cited)))

    def bears(self, document: str, locator: str) -> bool:
        """True where a citation of a document, at a place in it, is of this law."""
        return any(document in each.documents for each in self.versions) or bool(self.articles_at(document, locator))

    def articles_at(self, document: str, locator: str) -> frozenset[str]:
        """Return the articles that stand in a document at a place, or that the place names, one or several."""
        places = _parts(locator) | {_same(locator)}
        return frozenset(
            _same(article.article)
            for each in self.versions
            for article in each.articles
            if article.document_id == document and places & {_same(article.locator), _same(article.article)}
        )

    def dead(self, document: str, locator: str, day: str) -> bool:
        """True where what a citation rests on is repealed on a day: the law, or every article that it is of."""
        if not self.bears(document, locator):
            return False
        articles = self.articles_at(document, locator) or _parts(locator)
        return self.ended(day) is not None or articles <= self.repealed_articles(day)


def _same(written: str) -> str:
    """Return words as they are compared: without regard to capitals and spaces."""
    return " ".join(written.split()).casefold()


def _parts(locator: str) -> frozenset[str]:
    return frozenset(_same(part) for part in locator.replace(";", ",").split(","))


def law(standing: Iterable[Recorded]) -> Law | None:
    """Return a law as standing events have it, in whatever order they became known; None where it is not on record."""
    bodies = [event.body for event in standing]
    entered = [body for body in bodies if isinstance(body, LawEntered)]
    if not entered:
        return None
    first = entered[-1]
    amended = sorted(
        (body for body in bodies if isinstance(body, LawAmended)), key=lambda body: (body.in_force_from, body.version)
    )
    repealed = sorted((body for body in bodies if isinstance(body, LawRepealed)), key=lambda body: body.in_force_to)
    return Law(
        first.law,
        first.state,
        first.topics,
        first.in_force_to,
        (
            Version(1, first.in_force_from, first.title, first.number, first.documents, first.articles),
            *(_version(first, body) for body in amended),
        ),
        tuple(Repeal(body.in_force_to, body.repealed_articles, body.repealed_by) for body in repealed),
    )


def _version(first: LawEntered, body: LawAmended) -> Version:
    title, number = body.title or first.title, body.number or first.number
    return Version(body.version, body.in_force_from, title, number, body.documents, body.articles)
