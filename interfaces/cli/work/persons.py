"""Verbs on persons: propose a contact with its fields sealed, erase a person."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from domain import ids
from domain.canonical import nfc
from domain.contact.commands import Details, EraseContact, Party, ProposeContact, Seat
from domain.contact.events import ContactProposed
from domain.contact.file import file_of, stream
from domain.contact.proposing import FIELDS
from domain.deciding import Command
from domain.decision import stream as decision_stream
from domain.refusals import MalformedInput
from domain.sealed import Sealed
from interfaces.cli.output import talk
from interfaces.cli.work.doing import Session, working
from interfaces.text import _
from interfaces.vaults import keys_of, vault_of
from projections.states import find

LONGEST = 64 * 1024


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Personal fields as they are typed; an empty text takes a field away, and what is left out stays as it is."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


@working
def propose_contact(
    session: Session,
    details: Annotated[
        str,
        typer.Option(
            "--details",
            metavar="FILE",
            help="JSON with name, title, email, phone, address; - is stdin. They are sealed.",
        ),
    ],
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="ID", help="One on record, to change it; else a new opaque id.")
    ] = None,
    state: Annotated[str | None, typer.Option("--state", metavar="STATE", help="Of which State.")] = None,
    mission: Annotated[bool, typer.Option("--mission", help="Of its Mission to the United Nations.")] = False,
    organization: Annotated[str | None, typer.Option("--organization", metavar="ID", help="Of which one.")] = None,
    seat: Annotated[
        Literal["capital", "new-york", "headquarters"] | None, typer.Option("--seat", help="Where the contact is.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="ISO 639 code: en unless it is said.")] = None,
    valid_from: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day.")] = None,
    valid_to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day.")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="The letter that names it.")] = None,
) -> ProposeContact:
    """Propose a contact or a change of one; a second person confirms it with `record confirm-contact`."""
    given = _given(details)
    own = ids.command_id(session.said["id"])
    name = contact or f"c-{own.replace('-', '')[:16]}"
    # A retry is worked out from what stood before its own event, so that it is the same command.
    events = [e for e in session.record.history(stream(name)).standing() if e.header.command_id != own]
    before = next((e.body for e in reversed(events) if isinstance(e.body, ContactProposed)), None)
    if contact is not None and before is None:
        raise MalformedInput(
            f"contact {contact} is not on record", where="--contact", remedy="leave it out for a new one"
        )
    code = find(session.record, state) if state is not None else None if before is None else before.state
    party: Party = "organization" if code is None else "mission" if mission or _is_mission(before) else "state"
    return ProposeContact(
        **session.said,
        contact=name,
        party=party,
        state=code,
        organization=organization or (None if before is None else before.organization),
        seat=seat or _seat(before),
        language=language or ("en" if before is None else before.language),
        valid_from=valid_from or (None if before is None else before.valid_from),
        valid_to=valid_to or (None if before is None else before.valid_to),
        details=_sealed(session, name, given, None if before is None else before.details),
        document=document,
    )


def _is_mission(before: ContactProposed | None) -> bool:
    return before is not None and before.party == "mission"


def _seat(before: ContactProposed | None) -> Seat:
    return "capital" if before is None else msgspec.convert(before.seat, Seat)


def _given(written: str) -> Given:
    try:
        data = sys.stdin.buffer.read(LONGEST) if written == "-" else Path(written).read_bytes()
        return msgspec.json.decode(data, type=Given)
    except (msgspec.DecodeError, UnicodeDecodeError):  # its message may quote what is in the file
        raise MalformedInput(
            "not an object of texts", where="--details", remedy=f"JSON with some of {', '.join(FIELDS)}"
        ) from None


def _sealed(session: Session, person: str, given: Given, before: Details | None) -> Details:
    """Return the personal fields sealed; what is not given stays as it is."""
    new = not session.record.history(stream(person)).events
    command = ids.command_id(session.said["id"])
    found: dict[str, Sealed | None] = {}
    for field in FIELDS:
        text: str | None = getattr(given, field)
        if text is None:
            found[field] = None if before is None else getattr(before, field)
        elif not text:
            found[field] = None
        elif session.dry_run:
            from ledger.vault.vault import throwaway

            found[field] = throwaway(person, field, command, nfc(text))
        else:
            found[field] = vault_of(session.record).seal(person, field, command, nfc(text), new=new)
    return Details(**found)


@working
def erase(
    session: Session,
    contact: Annotated[str, typer.Argument(metavar="PERSON", help="The contact, by its id.")],
    authority: Annotated[
        str, typer.Option("--authority", metavar="ID", help="The decision or the document that allows it.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; name nobody here.")],
) -> Command | Sequence[Command]:
    """Erase a person: an event on record, then the key is destroyed; run it again if it was cut short between them."""
    keys = keys_of(session.record.home)

    def destroy() -> None:
        if keys.destroy(contact):
            talk(_("the key of {} is destroyed").format(contact))

    session.afterwards(destroy)
    if file_of(session.record.history(stream(contact)).standing()).erased is not None:
        return []
    decided = bool(session.record.history(decision_stream(authority)).events)
    return EraseContact(
        **session.said,
        contact=contact,
        reason=reason,
        decision=authority if decided else None,
        document=None if decided else authority,
    )


VERBS: Mapping[str, Callable[..., None]] = {"propose-contact": propose_contact, "erase": erase}
