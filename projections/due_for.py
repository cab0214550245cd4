"""What is due of one role, working group or State: asked of it, encouraged, voluntary, and with the Committee."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

import msgspec

from domain import programme
from domain.access import may
from domain.calendar.asked import Words, of_group, of_office, of_states
from domain.calendar.ladders import OF_THE_YEAR, OFFICES
from domain.committee.groups import STREAM as GROUPS
from domain.committee.groups import GroupEstablished
from domain.contact.file import file_of
from domain.contact.file import stream as contact_stream
from domain.correspondence.awaiting import Awaited, asked_of_us, awaited, letters
from domain.correspondence.letters import stream as letter_stream
from domain.deciding import stands_at
from domain.refusals import NotFound
from domain.times import new_york_date
from projections.duties import duties
from projections.engine.answering import Answered, Asking, answer, over
from projections.states import NamedStreams, find
from projections.told import told

Kind = Literal["role", "group", "state"]


class PointOfContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact of a State, and when it was last confirmed; who it is, `contacts` shows to whom it may."""

    contact: str
    seat: str
    confirmed_on: date | None
    to_be_asked: bool


class DueFor(Answered, frozen=True, kw_only=True):
    """What is due of one: duties as `due` gives them, replies awaited of it, and those that the Committee owes it."""

    of: str
    what: Kind
    duties: tuple[Mapping[str, object], ...]
    asked: tuple[Awaited, ...]
    with_the_committee: tuple[Awaited, ...]
    contacts: tuple[PointOfContact, ...]


def due_for(asking: Asking, record: NamedStreams, written: str) -> DueFor:
    """Return what is due of a role, a working group or a State.

    Raises:
        NotFound: it is none of those.
    """
    kind, of, asks = _meant(asking, record, written)
    words = _words(asking)
    listed = duties(asking, record)
    found = [each for each in listed if asks(words.get(str(each["duty"]), Words(str(each["owes"]), OF_THE_YEAR)))]
    party = f"{kind}:{of}"
    events, withheld = told(record, letter_stream(""), asking.reader, asking.axes.cut, asking.now)
    register = letters(sorted(events, key=lambda event: (event.header.known_at, event.position)))
    contacts, hidden = _contacts(asking, record, of if kind == "state" else None)
    return answer(
        DueFor,
        over(asking, withheld + hidden, synthetic=any(event.header.synthetic for event in events)),
        of=of,
        what=kind,
        duties=tuple(found),
        asked=tuple(each for each in awaited(register) if each.party == party),
        with_the_committee=tuple(each for each in asked_of_us(register) if each.party == party),
        contacts=contacts,
    )


def _meant(asking: Asking, record: NamedStreams, written: str) -> tuple[Kind, str, Callable[[Words], bool]]:
    """Return the kind and the name of who is meant, and which words of duties ask something of it."""
    office = next((each for each in OFFICES.values() if written in (each, each.removesuffix("s"))), None)
    if office is not None:
        return "role", office, lambda words: of_office(words, office)
    bodies = (event.body for event in record.history(GROUPS).standing(asking.axes.cut))
    groups = {body.group: body for body in bodies if isinstance(body, GroupEstablished)}
    if written in groups:
        names = (written, groups[written].title)
        return "group", written, lambda words: of_group(words, names)
    try:
        return "state", find(record, written), of_states
    except NotFound as refusal:
        offices = ", ".join(sorted(set(OFFICES.values())))
        raise NotFound(
            f"{written!r} is no role, no working group and no State on record",
            where="--for",
            remedy=f"{refusal.remedy}; roles: {offices}",
        ) from None


def _words(asking: Asking) -> Mapping[str, Words]:
    """Return the words of each duty of the programmes that are known, as the last has them."""
    year = new_york_date(asking.axes.cut.known_at).year
    known = programme.adopted(stands_at(asking.source, asking.axes.cut), year)
    return {duty.duty: Words(duty.owes, duty.remind) for each in known for duty in each.duties}


def _contacts(asking: Asking, record: NamedStreams, state: str | None) -> tuple[tuple[PointOfContact, ...], int]:
    """Return the contacts of a State that the reader may see, and how many of all are withheld."""
    found: list[PointOfContact] = []
    withheld, day = 0, new_york_date(asking.axes.cut.known_at)
    for name in record.stream_names(contact_stream("")):
        standing = record.history(name).standing(asking.axes.cut)
        file = file_of(standing)
        if not standing or file.shown is None:
            continue
        if not may(asking.reader, standing[-1].header, asking.now):
            withheld += 1
        elif file.shown.state == state is not None:
            found.append(
                PointOfContact(
                    contact=file.shown.contact,
                    seat=file.shown.seat,
                    confirmed_on=None if file.confirmed_at is None else file.confirmed_on,
                    to_be_asked=file.to_be_asked(day),
                )
            )
    return tuple(found), withheld
