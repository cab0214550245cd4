"""The verb `withdraw`: what is given up or taken back as a new fact, which is no error."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from domain.actor import WithdrawRole
from domain.deciding import Command
from domain.document import WithdrawDocument
from domain.matrix.commands import WithdrawConsent, WithdrawRevision
from domain.refusals import MalformedInput
from domain.submission import WithdrawSubmission
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working
from projections.states import find

KINDS = ("revision", "submission", "document", "role", "consent")


@working
def withdraw(
    session: Session,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="revision, submission, document, role or consent.")],
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="KEN/7; a submission; a document; an actor's role; a State, or KEN/7.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; a withdrawn consent needs none.")] = "",
    of: Annotated[str | None, typer.Option("--of", metavar="ACTOR", help="Of a role: who holds it.")] = None,
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            help="Of a role: the State or organization; of consent: publish, share, official-list, direct-contact.",
        ),
    ] = "",
    replaced_by: Annotated[
        str | None, typer.Option("--replaced-by", metavar="ID", help="Of a document: the one that replaces it.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Of consent: the document that says so.")
    ] = None,
) -> Command:
    """Record that a revision, submission, document, role or consent is withdrawn."""
    if kind not in KINDS:
        raise MalformedInput(f"{kind!r} cannot be withdrawn", where="KIND", remedy=f"one of {', '.join(KINDS)}")
    if not reason and kind != "consent":
        raise MalformedInput("no reason is given", where="--reason", remedy="say why it is withdrawn")
    match kind:
        case "revision":
            state, number = meaning.matrix(session, what)
            return WithdrawRevision(**session.said, state=state, revision=number, reason=reason)
        case "submission":
            return WithdrawSubmission(**session.said, submission=what, reason=reason)
        case "document":
            return WithdrawDocument(**session.said, document=what, reason=reason, replaced_by=replaced_by)
        case "role":
            if of is None:
                raise MalformedInput("nobody is named who holds it", where="--of", remedy="name the actor")
            return WithdrawRole(**session.said, of=of, withdrawn_role=what, scope=scope, reason=reason)
        case _:
            return _consent(session, what, scope, document)


def _consent(session: Session, what: str, scope: str, document: str | None) -> WithdrawConsent:
    name, mark, number = what.partition("/")
    return WithdrawConsent(
        **session.said,
        state=find(session.record, name),
        scope=scope or "publish",
        revision=meaning.revision(number) if mark else None,
        document=document,
    )


VERBS: Mapping[str, Callable[..., None]] = {"withdraw": withdraw}
