"""`ledger1540 disclose CONTACT FIELD`: one personal field, with what proves that the record holds it."""

from typing import Annotated, Literal

import msgspec
import typer

from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading

Field = Literal["name", "title", "email", "phone", "address"]


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """A text and r, whose hash is the commitment in the body of the event; the key stays in the vault."""

    contact: str
    field: str
    text: str
    r: str
    commitment: str
    event_id: str
    position: int


@reading(OF_THE_RECORD)
def disclose(
    request: Request,
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="The contact, by its id.")],
    field: Annotated[Field, typer.Argument(metavar="FIELD", help="name, title, email, phone or address.")],
) -> Answer:
    """Give one personal field with r: SHA-256 of r then the text is the commitment on record, which was checked."""
    from domain.contact.events import ContactProposed
    from domain.refusals import NotFound
    from interfaces.cli.output import line
    from interfaces.vaults import vault_of
    from ledger.vault.refusals import KeyAbsent
    from projections.contacts import erased_on, shown_of

    shown = shown_of(request.contacts, contact)
    assert isinstance(shown.body, ContactProposed)  # noqa: S101 - what is shown of a contact is a proposal
    sealed = getattr(shown.body.details, field)
    if sealed is None:
        raise NotFound(f"contact {contact} has no {field}", where="FIELD")
    erased = erased_on(request.record, contact)
    if erased is not None:
        raise KeyAbsent(f"{contact} was erased on {erased}", where="CONTACT")
    blinding, text = vault_of(request.record).unseal(contact, field, sealed)
    found = Disclosure(
        contact=contact,
        field=field,
        text=text,
        r=blinding.hex(),
        commitment=sealed.commitment,
        event_id=shown.id,
        position=shown.position,
    )

    def screen() -> None:
        for name in Disclosure.__struct_fields__:
            line(f"{name:<10}  {getattr(found, name)}")

    return Answer(found, screen)
