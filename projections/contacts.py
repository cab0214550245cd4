"""The directory of contacts at any past date, for a reader; who they are is opened now, or was erased."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from domain.access import may
from domain.contact.events import ContactProposed
from domain.contact.file import INTERNAL_INTERVAL, ContactFile, file_of
from domain.contact.proposing import FIELDS
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.sealed import Sealed
from domain.times import new_york_date
from domain.values import Date
from projections.disposed_bodies import disposed_bodies
from projections.engine.answering import Answered, AskingRecord, answer, over
from projections.origin import Itself

Unseal = Callable[[str, str, Sealed], str | None]
"""Returns the text of a field of a person, or None where it cannot be opened here."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as it holds, or as it was proposed while nobody has confirmed it.

    `waits` is the number of a proposal that waits for a second person; `to_be_asked` says that nobody has confirmed
    the contact for longer than the internal interval.
    """

    contact: str
    party: str
    state: str | None
    organization: str | None
    seat: str
    language: str
    name: str | None
    title: str | None
    email: str | None
    phone: str | None
    address: str | None
    valid_from: Date | None
    last_day: Date | None
    holds: bool
    waits: int | None
    confirmed_on: Date | None
    to_be_asked: bool
    bounced: str | None
    erased_on: Date | None
    event_id: str
    synthetic: bool


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A contact of whom a body was disposed of, and on which day."""

    contact: str
    disposed: Date


class Contacts(Answered, frozen=True, kw_only=True):
    """Contacts in order of their ids; the interval in days is internal: the programme names no number."""

    internal_interval: int
    contacts: tuple[Contact, ...]
    disposed: tuple[Gone, ...]


class AskingContacts(AskingRecord, frozen=True, kw_only=True):
    """Who asks for contacts, and what opens their fields."""

    unseal: Unseal


def contacts(asking: AskingContacts, *, state: str | None = None) -> Contacts:
    """Return the contacts, of one State if so asked, that the reader may see."""
    listed: list[Contact] = []
    withheld = 0
    for shown, found in _files(asking):
        if state not in (None, _body(shown).state):
            continue
        if may(asking.reader, shown.header, asking.now):
            listed.append(_contact(asking, shown, found))
        else:
            withheld += 1
    gone: dict[str, Gone] = {}
    for event, day in disposed_bodies(asking.source, asking.axes.cut, ("contact",)):
        name = event.header.stream.partition("/")[2]
        if state is not None and f"state:{state}" not in event.header.audience:
            continue
        if may(asking.reader, event.header, asking.now):
            gone[name] = Gone(contact=name, disposed=day)
        else:
            withheld += 1
    heading = over(asking, withheld, any(each.synthetic for each in listed))
    return answer(
        Contacts,
        heading,
        internal_interval=INTERNAL_INTERVAL,
        contacts=tuple(listed),
        disposed=tuple(gone.values()),
    )


def shown_of(asking: AskingContacts, contact: str) -> Recorded:
    """Return the proposal that is shown of a contact.

    Raises:
        NotFound: nothing of it is on record by then that the reader may see.
    """
    for shown, _ in _files(asking):
        if _body(shown).contact == contact and may(asking.reader, shown.header, asking.now):
            return shown
    raise NotFound(f"no contact {contact!r} is on record", where="CONTACT", remedy="`ledger1540 contacts` lists them")


def erased_on(source: Itself, contact: str) -> Date | None:
    """Return the day on which a person was erased, whatever date is asked about."""
    erased = file_of(source.history(f"contact/{contact}").standing()).erased
    return None if erased is None else new_york_date(erased.header.known_at).isoformat()


def _files(asking: AskingContacts) -> Iterator[tuple[Recorded, ContactFile]]:
    """Yield each contact that there is something to show of, with its file at the place asked."""
    for name in asking.source.stream_names("contact/"):
        standing = asking.source.history(name).standing(asking.axes.cut)
        found = file_of(standing)
        for event in standing:
            if found.shown is not None and event.body is found.shown:
                yield event, found


def _body(shown: Recorded) -> ContactProposed:
    assert isinstance(shown.body, ContactProposed)  # noqa: S101 - what is shown of a file is a proposal
    return shown.body


def _contact(asking: AskingContacts, shown: Recorded, found: ContactFile) -> Contact:
    body, erased = _body(shown), erased_on(asking.source, _body(shown).contact)
    members: Mapping[str, object] = {name: _text(asking, body, name, erased) for name in FIELDS}
    of_proposal = ("contact", "party", "state", "organization", "seat", "language", "valid_from")
    return msgspec.convert(
        {
            **members,
            **{name: getattr(body, name) for name in of_proposal},
            "last_day": found.last_day(),
            "holds": found.holds is not None,
            "waits": None if found.pending is None else found.pending.proposal,
            "confirmed_on": None if found.confirmed_at is None else found.confirmed_on.isoformat(),
            "to_be_asked": found.to_be_asked(new_york_date(asking.axes.cut.known_at)),
            "bounced": None if found.bounced is None else getattr(found.bounced.body, "status", None),
            "erased_on": erased,
            "event_id": shown.id,
            "synthetic": shown.header.synthetic,
        },
        Contact,
    )


def _text(asking: AskingContacts, body: ContactProposed, field: str, erased: Date | None) -> str | None:
    """Return what is shown of a field: its text, or why there is none."""
    sealed: Sealed | None = getattr(body.details, field)
    if sealed is None:
        return None
    if erased is not None:
        return f"[{field} erased {erased}]"
    text = asking.unseal(body.contact, field, sealed)
    return f"[{field} sealed]" if text is None else text
