"""Verbs on who may do and see what: grant, consent, publish, unpublish."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import typer

from domain.actor import DelegateRole, GrantRole, RegisterActor
from domain.actor import stream as actor_stream
from domain.deciding import Command
from domain.matrix.commands import GiveConsent, PublishMatrix, UnpublishMatrix
from domain.refusals import MalformedInput, NotFound
from interfaces.cli.work import meaning
from interfaces.cli.work.doing import Session, working
from interfaces.cli.work.matrices import Matrix
from interfaces.cli.work.publishing import publish_log
from projections.states import find

From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day it holds.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day it holds.")]

Partners = Annotated[
    list[str] | None,
    typer.Option(
        "--partner", metavar="PARTY", help="With whom: state:FRA, organization:wco, sector:industry; may be repeated."
    ),
]


class Period(TypedDict):
    """From when until when a role is held."""

    valid_from: str | None
    valid_to: str | None


@working
def grant(
    session: Session,
    to: Annotated[str, typer.Argument(metavar="ACTOR", help="Who gets it: an opaque id, never a name.")],
    role: Annotated[
        str,
        typer.Argument(
            metavar="ROLE", help="auditor, chair, expert, member, organization, public, secretariat or state."
        ),
    ],
    scope: Annotated[
        str,
        typer.Option("--scope", metavar="STATE", help="For the role `state` or `organization`: which."),
    ] = "",
    valid_from: From = None,
    valid_to: To = None,
    kind: Annotated[
        Literal["person", "office", "system"], typer.Option("--kind", help="What a new actor is.")
    ] = "person",
    delegate: Annotated[bool, typer.Option("--delegate", help="Pass on a role of your own instead.")] = False,
) -> Sequence[Command]:
    """Grant a role, and register its holder if they are not on record yet; or pass on one of your own to an actor."""
    of = find(session.record, scope) if scope and role != "organization" else scope
    period = Period(valid_from=valid_from, valid_to=valid_to)
    if delegate:
        if not session.record.history(actor_stream(to)).events:
            raise NotFound(
                f"actor {to} is not registered",
                where="ACTOR",
                remedy=f"the Secretariat registers it first: `ledger1540 grant {to} public`",
            )
        return [DelegateRole(**session.said, to=to, delegated_role=role, scope=of, **period)]
    granted = GrantRole(**session.said, to=to, granted_role=role, scope=of, **period)
    if session.record.history(actor_stream(to)).events:
        return [granted]
    return [RegisterActor(**session.step("register"), name=to, kind=kind), granted]


@working
def consent(
    session: Session,
    what: Annotated[str, typer.Argument(metavar="STATE[/REVISION]", help="The State, or one revision of its matrix.")],
    scope: Annotated[
        Literal["publish", "share", "official-list", "direct-contact"],
        typer.Option(
            "--scope", help="To what it consents; `ledger1540 preview` says what that would open, and to whom."
        ),
    ] = "publish",
    partners: Partners = None,
    valid_from: From = None,
    valid_to: To = None,
    letter: Annotated[
        str | None, typer.Option("--letter", metavar="YEAR/NUMBER", help="The letter that says so.")
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="The document that says so.")] = None,
) -> GiveConsent:
    """Record that a State consents to publication, sharing, listing or direct contact, of one revision or of all."""
    name, mark, number = what.partition("/")
    return GiveConsent(
        **session.said,
        state=find(session.record, name),
        scope=scope,
        revision=meaning.revision(number) if mark else None,
        partners=tuple(partners or ()),
        valid_from=valid_from,
        valid_to=valid_to,
        letter=letter,
        document=document,
    )


@working
def publish(
    session: Session,
    matrix: Annotated[
        str | None, typer.Argument(metavar="[MATRIX]", help="A revision that the State consented to, as KEN/7 or KEN.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Publish the log itself: its checkpoint and tiles, as files."),
    ] = None,
    entries: Annotated[bool, typer.Option("--entries", help="With --to: all headers too, as entry bundles.")] = False,
    mirror: Annotated[
        bool, typer.Option("--mirror", help="With --to: the events too, bodies as far as you may read them.")
    ] = False,
) -> PublishMatrix | Sequence[PublishMatrix]:
    """Record the publication of an approved revision; or with --to publish the log itself for any file server."""
    if (matrix is None) == (to is None):
        raise MalformedInput("either a matrix or the log is published", where="MATRIX", remedy="KEN/7, or --to DIR")
    if to is not None:
        folder = to
        session.afterwards(lambda: publish_log(session, folder, entries=entries, mirror=mirror), tells=True)
        return []
    state, number = meaning.matrix(session, matrix or "")
    return PublishMatrix(**session.said, state=state, revision=number)


@working
def unpublish(session: Session, matrix: Matrix) -> UnpublishMatrix:
    """Record that a published revision was taken down."""
    state, number = meaning.matrix(session, matrix)
    return UnpublishMatrix(**session.said, state=state, revision=number)


VERBS: Mapping[str, Callable[..., None]] = {
    "grant": grant,
    "consent": consent,
    "publish": publish,
    "unpublish": unpublish,
}
