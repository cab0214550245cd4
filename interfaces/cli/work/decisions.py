"""Verbs on decisions and duties: propose, circulate, adopt, authorise, step."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain import decision as d
from domain.actor import ROLES
from domain.canonical import sha256 as hash_of
from domain.content import name_of
from domain.deadline import RecordStep
from domain.document import DocumentRegistered
from domain.document import stream as document_stream
from domain.duty import deadline_of
from domain.matrix.facts import FactsOnRecord
from domain.refusals import MalformedInput, NotFound
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working
from projections.close import close_to

DecisionName = Annotated[str, typer.Argument(metavar="DECISION", help="The decision, by its id.")]
Items = Annotated[list[int] | None, typer.Option("--item", metavar="NUMBER", help="Items by number; by default all.")]


@working
def propose(
    session: Session,
    decision: DecisionName,
    title: Annotated[str, typer.Option("--title", help="What it is about.")],
    items: Annotated[list[str], typer.Option("--item", metavar="TEXT", help="The text of an item; numbered from 1.")],
    rests_on: Annotated[
        list[str] | None,
        typer.Option(
            "--rests-on",
            metavar="[NUMBER:]WHAT",
            help="What an item (else the first) would adopt: a sealed matrix KEN/7, a document's id, or a SHA-256.",
        ),
    ] = None,
) -> d.Propose:
    """Put a proposal with numbered items before the Committee."""
    hashes: dict[int, list[str]] = {}
    for each in rests_on or ():
        number, mark, what = each.partition(":")
        place = int(number) if mark and number.isascii() and number.isdigit() else 1
        if not 1 <= place <= len(items):
            raise MalformedInput(f"there is no item {place}", where="--rests-on", remedy=f"write 1 to {len(items)}")
        hashes.setdefault(place, []).append(_hash(session, what if mark and number.isdigit() else each))
    proposed = tuple(
        d.ProposedItem(number=number, text=text, rests_on=tuple(hashes.get(number, ())))
        for number, text in enumerate(items, 1)
    )
    return d.Propose(**session.said, decision=decision, title=title, items=proposed)


def _hash(session: Session, what: str) -> str:
    """Return the hash that a matrix, a document or a hash stands for."""
    if len(what) == len(hash_of(b"")) and "/" not in what:
        return what
    if "/" in what:
        state, revision = meaning.matrix(session, what)
        sealed = meaning.facts_of(session, state).sealed.get(revision)
        if sealed is None or sealed.manifest is None:
            raise NotFound(f"revision {revision} of {state} is not sealed", where="--rests-on", remedy="seal it first")
        return sealed.manifest
    for event in reversed(session.record.history(document_stream(what)).standing()):
        body = FactsOnRecord(session.record).event(event.id).body
        if isinstance(body, DocumentRegistered):
            return name_of(body.content)
    raise NotFound(f"no document {what} is on record", where="--rests-on", remedy="a matrix is written KEN/7")


@working
def circulate(
    session: Session,
    decision: DecisionName,
    to: Annotated[list[str], typer.Option("--to", metavar="ROLE", help="To whom, by role: member, chair, expert.")],
    documents: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="WHAT", help="With what: a document's id, a sealed matrix, a SHA-256."),
    ] = None,
) -> d.Circulate:
    """Record that a proposal was circulated, to whom and with which documents."""
    for role in to:
        if role not in ROLES:
            remedy = close_to(role, {each: each for each in ROLES}) or f"one of {', '.join(ROLES)}"
            raise MalformedInput(f"{role!r} is no role", where="--to", remedy=remedy)
    hashes = tuple(_hash(session, each) for each in documents or ())
    return d.Circulate(**session.said, decision=decision, recipients=tuple(to), documents=hashes)


@working
def adopt(
    session: Session,
    decision: DecisionName,
    meeting: Annotated[str, typer.Option("--meeting", help="The meeting that took it.")],
    items: Items = None,
    fulfils: Annotated[
        list[str] | None,
        typer.Option(
            "--fulfils",
            metavar="DEADLINE:DUTY:STEP[:DOCUMENT]",
            help="A step that this fulfils: annual-review/2013:REV-2013:adopted.",
        ),
    ] = None,
    without_consensus: Annotated[
        str | None, typer.Option("--not", metavar="REASON", help="There was no consensus, and why.")
    ] = None,
) -> d.Adopt | d.DoNotAdopt:
    """Record that items were adopted by consensus in a meeting, or with --not that they were not."""
    if without_consensus is not None:
        if fulfils:
            raise MalformedInput("what is not adopted fulfils nothing", where="--fulfils", remedy="leave it out")
        return d.DoNotAdopt(
            **session.said, decision=decision, meeting=meeting, reason=without_consensus, items=tuple(items or ())
        )
    steps = tuple(_fulfilment(each) for each in fulfils or ())
    return d.Adopt(**session.said, decision=decision, meeting=meeting, items=tuple(items or ()), fulfils=steps)


def _fulfilment(written: str) -> d.Fulfilment:
    parts = written.split(":")
    if len(parts) not in (3, 4) or not all(parts):
        raise MalformedInput(
            f"{written!r} is no step of a deadline", where="--fulfils", remedy="write DEADLINE:DUTY:STEP[:DOCUMENT]"
        )
    return d.Fulfilment(deadline=parts[0], duty=parts[1], step=parts[2], document=parts[3] if len(parts) == 4 else None)


@working
def authorise(
    session: Session,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="What may be corrected: id, KEY#INDEX or position.")],
    decision: Annotated[str, typer.Option("--decision", help="The name of this authority.")],
    reason: Annotated[str, typer.Option("--reason", help="On what ground.")],
) -> d.AuthoriseCorrection:
    """As a second person, allow that an approved fact be corrected; the correction names this as its --cause."""
    target = session.event(event)
    return d.AuthoriseCorrection(**session.said, decision=decision, target=target.id, reason=reason)


@working
def step(
    session: Session,
    duty: Annotated[str, typer.Argument(metavar="DUTY", help="The duty, as REV-2013; `ledger1540 due` names them.")],
    step: Annotated[str, typer.Argument(metavar="STEP", help="The step that is done, as transmitted.")],
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="The document that shows it; else --decision.")
    ] = None,
    decision: Annotated[str | None, typer.Option("--decision", metavar="ID", help="The decision that did it.")] = None,
    note: Annotated[str, typer.Option("--note", help="A note.")] = "",
) -> RecordStep:
    """Record that a step of a duty is done, by which document or decision."""
    return RecordStep(
        **session.said,
        deadline=deadline_of(duty),
        duty=duty,
        step=step,
        document=document,
        decision=decision,
        note=note,
    )


VERBS: Mapping[str, Callable[..., None]] = {
    "propose": propose,
    "circulate": circulate,
    "adopt": adopt,
    "decide": adopt,
    "authorise": authorise,
    "step": step,
}
