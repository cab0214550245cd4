"""The verb that disposes: on record first, then what was named goes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

import typer

from domain import document as documents
from domain.content import name_of
from domain.deciding import Command
from domain.decision import stream as decision_stream
from domain.disposal import AuthoriseDisposal
from domain.disposed import STREAM, RecordDisposed
from domain.document import DocumentRegistered
from interfaces.cli.output import talk
from interfaces.cli.work.doing import Session, working
from interfaces.text import _
from interfaces.vaults import document_keys_of
from interfaces.views import stored_views


@working
def dispose(
    session: Session,
    disposal: Annotated[str, typer.Argument(metavar="DISPOSAL", help="What was proposed with propose-disposal.")],
    authority: Annotated[
        str, typer.Option("--authority", metavar="ID", help="The decision or the document that allows it.")
    ],
) -> Command | Sequence[Command]:
    """As a second person, dispose of what was proposed; run it again if it was cut short after it was on record."""

    def carry_out() -> None:
        found = _disposed(session, disposal)
        if found is not None:
            _carry_out(session, found)
            talk(_("{} is disposed of").format(disposal))

    session.afterwards(carry_out)
    if _disposed(session, disposal) is not None:
        return []
    decided = bool(session.record.history(decision_stream(authority)).events)
    return AuthoriseDisposal(
        **session.said,
        disposal=disposal,
        decision=authority if decided else None,
        document=None if decided else authority,
    )


def _disposed(session: Session, disposal: str) -> RecordDisposed | None:
    bodies = (each.body for each in session.record.history(STREAM).standing())
    return next((each for each in bodies if isinstance(each, RecordDisposed) and each.disposal == disposal), None)


def _carry_out(session: Session, found: RecordDisposed) -> None:
    from projections.forgetting import forget

    record, registered = session.record, list[int]()
    if found.registered is not None:
        document_keys_of(record.home).destroy(found.registered)
        for event in record.history(documents.stream(found.registered)).events:
            if isinstance(event.body, DocumentRegistered):
                record.documents.destroy(name_of(event.body.content))
                registered.append(event.position)
    if found.positions:
        record.dispose(found.positions)
    with stored_views(session.settings) as store:
        forget(store, found.positions, registered)


VERBS: Mapping[str, Callable[..., None]] = {"dispose": dispose}
