"""Direct contact with industry, academia and civil society: only with the consent of the State (6(d)(vii))."""

from collections.abc import Iterable, Iterator

from domain import ids
from domain.activity.kinds import KINDS
from domain.activity.records import ActivityLogged
from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.deciding import Context, RecordView
from domain.foreseen import Foreseen
from domain.matrix.consented import live_consents
from domain.matrix.consenting import DIRECT_CONTACT
from domain.matrix.publishing import NoConsent
from domain.period import day_of
from domain.recorded import Recorded
from domain.standing import NO_LIMIT, Cut
from domain.times import start_of
from domain.undermining import RestsOnIt


def covered(acts: Iterable[Recorded], contact: ActivityLogged) -> bool:
    """True where a State's standing acts consent to a contact on its first day: to its sector, or to all whom it names.

    A consent that names nobody is to all. One that names others under an opaque name covers whoever was met, because
    an activity does not name them.
    """
    live = [event.body for event in live_consents(acts, DIRECT_CONTACT, None, contact.first_day)]
    consents = [body.partners for body in live if isinstance(body, ConsentGiven)]
    named = frozenset(party for partners in consents for party in partners)
    met = frozenset(f"organization:{name}" for name in contact.organizations)
    return (
        not all(consents)
        or f"sector:{KINDS[contact.kind].sector}" in named
        or any(party.startswith("other:") for party in named)
        or (bool(met) and met <= named)
    )


def consented(record: RecordView, state: str, contact: ActivityLogged, position: int = NO_LIMIT) -> bool:
    """True where a State's consent to a contact was known before its first day."""
    before = Cut(known_at=start_of(day_of(contact.first_day, "first_day")), position=position)
    return covered(record.history(ids.consent(state)).standing(before), contact)


def check_consent(context: Context, contact: ActivityLogged) -> None:
    """Refuse a contact to which a State had not consented before its first day.

    Raises:
        NoConsent: with that State.
    """
    sector = KINDS[contact.kind].sector
    for state in contact.states:
        if not consented(context.record, state, contact, context.before):
            raise NoConsent(
                f"{state} had not consented to direct contact with sector:{sector} before {contact.first_day}",
                where="states",
                remedy=f"record its consent with scope {DIRECT_CONTACT}, or log outreach to the State itself",
            )


def check_contacts(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which a contact that a State had consented to would stand without its consent.

    Raises:
        RestsOnIt: with that contact.
    """
    for struck in then.struck.values():
        family = context.record.history(struck.header.stream).family(struck.id)
        states = {
            each.body.state
            for each in family.members
            if isinstance(each.body, ConsentGiven | ConsentWithdrawn) and each.body.scope == DIRECT_CONTACT
        }
        for state in states:
            for event, contact in _contacts(context.record, state, family.root.position):
                if consented(context.record, state, contact) and not consented(then, state, contact):
                    raise RestsOnIt(
                        f"{event.header.type} {event.id} (position {event.position}) would stand without the "
                        f"consent of {state} that it rests on",
                        remedy="void that first, or enter the consent as it was given",
                    )


def _contacts(record: RecordView, state: str, since: int) -> Iterator[tuple[Recorded, ActivityLogged]]:
    """Yield the standing contacts that needed a State's consent, recorded since a position."""
    for event in record.after(since):
        match event.body:
            case ActivityLogged() as body if state in body.states and KINDS[body.kind].sector:
                if record.history(event.header.stream).family(event.id).stands == event:
                    yield event, body
            case _:
                pass
