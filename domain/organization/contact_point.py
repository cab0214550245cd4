"""An organization's point of contact: asked for, designated, confirmed (paragraph 6(c)(iv)).

The Committee encourages, an organization owes nothing and is never overdue. Who the person
is belongs to the contacts; here is only that there is one, since when, and by which letter.
"""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from domain import document, period
from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.organization.registering import registered, stream
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound
from domain.values import Date, Name


class AskContactPoint(Command, frozen=True, kw_only=True, tag="ask-contact-point"):
    """Record that an organization was encouraged to designate a point of contact or coordinator."""

    organization: Name
    dated: Date
    reply_by: Date | None = None
    document: Name | None = None


class DesignateContactPoint(Command, frozen=True, kw_only=True, tag="designate-contact-point"):
    """Record that an organization designated a point of contact or coordinator."""

    organization: Name
    dated: Date
    document: Name | None = None


class ConfirmContactPoint(Command, frozen=True, kw_only=True, tag="confirm-contact-point"):
    """Record that an organization said that its point of contact is still the same."""

    organization: Name
    dated: Date
    document: Name | None = None


class ContactPointAsked(Event, frozen=True, kw_only=True):
    """An organization was encouraged to designate a point of contact."""

    TYPE: ClassVar[str] = "organization.contact-point-asked"
    organization: Name
    dated: Date
    reply_by: Date | None
    document_id: Name | None


class ContactPointDesignated(Event, frozen=True, kw_only=True):
    """An organization designated a point of contact."""

    TYPE: ClassVar[str] = "organization.contact-point-designated"
    organization: Name
    dated: Date
    document_id: Name | None


class ContactPointConfirmed(Event, frozen=True, kw_only=True):
    """The point of contact of an organization is still the same."""

    TYPE: ClassVar[str] = "organization.contact-point-confirmed"
    organization: Name
    dated: Date
    document_id: Name | None


OfContactPoint = ContactPointAsked | ContactPointDesignated | ContactPointConfirmed


class ContactPoint(msgspec.Struct, frozen=True):
    """How far an organization has come: the days on which it was last asked, designated and confirmed."""

    asked: Date | None = None
    reply_by: Date | None = None
    designated: Date | None = None
    confirmed: Date | None = None


def ask(command: AskContactPoint, context: Context) -> Decided:
    """Encourage an organization."""
    event = ContactPointAsked(
        organization=command.organization,
        dated=command.dated,
        reply_by=command.reply_by,
        document_id=command.document,
    )
    return _decided(event, context)


def designate(command: DesignateContactPoint, context: Context) -> Decided:
    """Record a designation; a later one takes the place of an earlier."""
    event = ContactPointDesignated(organization=command.organization, dated=command.dated, document_id=command.document)
    return _decided(event, context)


def confirm(command: ConfirmContactPoint, context: Context) -> Decided:
    """Confirm a point of contact that was designated."""
    event = ContactPointConfirmed(organization=command.organization, dated=command.dated, document_id=command.document)
    return _decided(event, context)


def _decided(event: OfContactPoint, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.organization), event=event, audience=COMMITTEE),))


def check(event: OfContactPoint, context: Context) -> None:
    """Refuse an organization or letter that is not on record, and a confirmation of nobody."""
    registered(context, event.organization)
    period.day_of(event.dated, "dated")
    if event.document_id is not None:
        document.registered(context, event.document_id)
    match event:
        case ContactPointAsked():
            if event.reply_by is not None and period.day_of(event.reply_by, "reply_by").isoformat() < event.dated:
                raise MalformedInput("a reply is hoped for before it is asked", where="reply_by")
        case ContactPointConfirmed():
            designated = contact_point(context.standing(stream(event.organization))).designated
            if not context.importing and (designated is None or event.dated < designated):
                raise NotFound(
                    f"{event.organization} has designated no point of contact by {event.dated}",
                    where="organization",
                    remedy="record the designation first",
                )
        case ContactPointDesignated():
            pass


def contact_point(standing: Iterable[Recorded]) -> ContactPoint:
    """Return how far an organization has come, whatever the order in which its letters became known."""
    bodies = [event.body for event in standing]
    asked = max((each for each in bodies if isinstance(each, ContactPointAsked)), key=_dated, default=None)
    designated = max((each.dated for each in bodies if isinstance(each, ContactPointDesignated)), default=None)
    confirmed = max((each.dated for each in bodies if isinstance(each, ContactPointConfirmed)), default=None)
    return ContactPoint(
        asked=None if asked is None else asked.dated,
        reply_by=None if asked is None else asked.reply_by,
        designated=designated,
        confirmed=confirmed if confirmed is not None and confirmed >= (designated or "") else None,
    )


def _dated(event: ContactPointAsked) -> str:
    return event.dated
