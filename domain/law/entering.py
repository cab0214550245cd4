"""How laws are entered, amended and repealed: each on record once, its days in order, its text where it can be read."""

from typing import cast

from domain import document, period, state
from domain.audiences import with_state
from domain.deciding import Command, Context, fold_of
from domain.law.file import Law
from domain.law.file import law as law_of
from domain.law.records import AmendLaw, Article, LawAmended, LawEntered, LawRepealed, RecordLaw, RepealLaw, stream
from domain.mandate import Decide
from domain.recorded import Decided, Draft
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal


class AlreadyRepealed(Refusal):
    """What is repealed is neither amended nor repealed again."""


class NoText(Refusal):
    """A law is on record with a document in which it, or an article of it, can be read."""


def enter(command: RecordLaw, context: Context) -> Decided:
    """Enter a law."""
    event = LawEntered(
        law=command.law,
        state=command.state,
        topics=command.topics,
        title=command.title,
        number=command.number,
        documents=command.documents,
        articles=command.articles,
        in_force_from=command.in_force_from,
        in_force_to=command.in_force_to,
    )
    return _decided(event, context)


def amend(command: AmendLaw, context: Context) -> Decided:
    """Enter another version of a law."""
    event = LawAmended(
        law=command.law,
        version=command.version,
        in_force_from=command.in_force_from,
        text=command.text,
        title=command.title,
        number=command.number,
        documents=command.documents,
        articles=command.articles,
    )
    return _decided(event, context)


def repeal(command: RepealLaw, context: Context) -> Decided:
    """Record a repeal."""
    event = LawRepealed(
        law=command.law,
        in_force_to=command.in_force_to,
        repealed_articles=command.repealed_articles,
        repealed_by=command.repealed_by,
        documents=command.documents,
    )
    return _decided(event, context)


def _decided(event: LawEntered | LawAmended | LawRepealed, context: Context) -> Decided:
    check(event, context)
    state_code = event.state if isinstance(event, LawEntered) else on_record(context, event.law).state
    return Decided((Draft(stream=stream(event.law), event=event, audience=with_state(state_code)),))


def on_record(context: Context, name: str, *, where: str = "law") -> Law:
    """Return a law on record.

    Raises:
        NotFound: it is not; `where` says which member named it.
    """
    found = law_of(context.standing(stream(name)))
    if found is None:
        raise NotFound(f"law {name} is not on record", where=where, remedy="record it first, with `record-law`")
    return found


def check(event: LawEntered | LawAmended | LawRepealed, context: Context) -> None:
    """Refuse a law entered twice or without its text, days out of order, and what follows the repeal of a law."""
    for name in event.documents:
        document.registered(context, name, where="documents")
    match event:
        case LawEntered():
            _check_entered(event, context)
        case LawAmended():
            _check_text(event.documents, event.articles, context)
            _check_amended(event, on_record(context, event.law))
        case LawRepealed():
            _check_repealed(event, on_record(context, event.law), context)


def _check_text(documents: tuple[str, ...], articles: tuple[Article, ...], context: Context) -> None:
    for place, article in enumerate(articles):
        document.registered(context, article.document_id, where=f"articles[{place}].document_id")
        if article in articles[:place]:
            raise MalformedInput(f"{article.article} is named twice at one place", where=f"articles[{place}]")
    if not (articles or documents or context.importing):
        raise NoText("no document holds this law", where="documents", remedy="name one, or articles with their places")


def _check_entered(event: LawEntered, context: Context) -> None:
    standing = context.standing(stream(event.law))
    if fold_of(standing, LawEntered):
        raise Conflict(f"law {event.law} is on record already", where="law", remedy="amend it, or use another id")
    state.registered(context, event.state)
    if not event.topics:
        raise MalformedInput("a law is kept under a topic", where="topics", remedy="name one, such as op3cd")
    _check_text(event.documents, event.articles, context)
    period.check(event.in_force_from, event.in_force_to, where="in_force_{}")
    for each in standing:
        if isinstance(each.body, LawAmended):
            _check_order(event.in_force_from, each.body.in_force_from, "in_force_from")
        elif isinstance(each.body, LawRepealed):
            _check_order(event.in_force_from, each.body.in_force_to, "in_force_from")


def _check_amended(event: LawAmended, law: Law) -> None:
    day = period.day_of(event.in_force_from, "in_force_from").isoformat()
    if event.version in {each.number for each in law.versions}:
        raise Conflict(
            f"version {event.version} of {event.law} is on record already", where="version", remedy="use another number"
        )
    _check_order(law.versions[0].in_force_from, day, "in_force_from")
    ended = law.ended(day)
    if ended is not None:
        raise AlreadyRepealed(f"{event.law} was in force until {ended.in_force_to}", where="in_force_from")


def _check_repealed(event: LawRepealed, law: Law, context: Context) -> None:
    last = period.day_of(event.in_force_to, "in_force_to").isoformat()
    named, known = set(event.repealed_articles), {each.article for one in law.versions for each in one.articles}
    if known and named - known:
        raise NotFound(
            f"{min(named - known)} is no article of {event.law} on record",
            where="repealed_articles",
            remedy=f"one of {', '.join(sorted(known))}",
        )
    for before in law.repeals:
        if not before.articles if not named else named & set(before.articles):
            raise AlreadyRepealed(f"that of {event.law} was repealed as of {before.in_force_to}", where="law")
    for version in law.versions if not named else law.versions[:1]:
        _check_order(version.in_force_from, last)
    if event.repealed_by is not None:
        if event.repealed_by == event.law:
            raise Conflict(f"{event.law} cannot repeal itself", where="repealed_by")
        on_record(context, event.repealed_by, where="repealed_by")


def _check_order(first: str | None, last: str | None, where: str = "in_force_to") -> None:
    """Refuse days that do not exist, or that are not in order."""
    begins = None if first is None else period.day_of(first, "in_force_from")
    ends = None if last is None else period.day_of(last, "in_force_to")
    if begins is not None and ends is not None and ends < begins:
        raise MalformedInput(f"{ends} is before {begins}, when the law came into force", where=where)


DECISIONS: dict[type[Command], Decide] = {
    RecordLaw: cast("Decide", enter),
    AmendLaw: cast("Decide", amend),
    RepealLaw: cast("Decide", repeal),
}
