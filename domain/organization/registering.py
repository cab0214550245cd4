"""Organization: international, regional or subregional, or a committee of the Council, under a name of its own."""

from typing import ClassVar

from domain.audiences import PUBLIC
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Name

KINDS = ("international", "regional", "subregional", "committee")
"""A committee is that of resolution 1267 or 1373."""


class RegisterOrganization(Command, frozen=True, kw_only=True, tag="register-organization"):
    """Put an organization on record, or a committee of the Council with which this one coordinates."""

    organization: Name
    kind: str
    title: str
    title_fr: str


class OrganizationRegistered(Event, frozen=True, kw_only=True):
    """An organization was put on record."""

    TYPE: ClassVar[str] = "organization.registered"
    organization: Name
    kind: str
    title: str
    title_fr: str


def stream(organization: str) -> str:
    """Return the stream of an organization."""
    return f"organization/{organization}"


def register(command: RegisterOrganization, context: Context) -> Decided:
    """Register an organization once."""
    event = OrganizationRegistered(
        organization=command.organization, kind=command.kind, title=command.title, title_fr=command.title_fr
    )
    check(event, context)
    return Decided((Draft(stream=stream(command.organization), event=event, audience=PUBLIC),))


def check(event: OrganizationRegistered, context: Context) -> None:
    """Refuse a second registration, and a kind that is none."""
    if event.kind not in KINDS:
        raise MalformedInput(f"{event.kind!r} is no kind of organization", where="kind", remedy=", ".join(KINDS))
    if fold_of(context.standing(stream(event.organization)), OrganizationRegistered):
        raise Conflict(f"organization {event.organization} is on record already", where="organization")


def check_named(context: Context, *organizations: str | None, where: str = "organization") -> None:
    """Refuse to name organizations that are not on record; late history may name others.

    Raises:
        NotFound: with the first that is not there.
    """
    for name in organizations:
        if name is not None and not context.importing:
            registered(context, name, where=where)


def registered(context: Context, organization: str, *, where: str = "organization") -> Recorded:
    """Return the standing registration of an organization.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(organization)), OrganizationRegistered)
    if not found:
        raise NotFound(
            f"organization {organization} is not on record", where=where, remedy="put it there: `register-organization`"
        )
    return found[-1]
