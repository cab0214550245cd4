"""Direct contact with industry, academia and civil society: only with the consent of the State (6(d)(vii))."""

from collections.abc import Iterable, Iterator

from domain import ids
from domain.activity.kinds import KINDS
from domain.activity.records import ActivityLogged
from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.deciding import Context, RecordView
from domain.foreseen import Foreseen
from domain.matrix.consenting import DIRECT_CONTACT, live_consent
from domain.matrix.publishing import NoConsent
from domain.period import day_of
from domain.recorded import Recorded
from domain.standing import NO_LIMIT, Cut
from domain.times import start_of
from domain.undermining import RestsOnIt


def consented(record: RecordView, state: str, day: str, position: int = NO_LIMIT) -> bool:
    """True where a State's consent to direct contact was known before a day and covers it."""
    before = Cut(known_at=start_of(day_of(day, "first_day")), position=position)
    return live_consent(record.history(ids.consent(state)).standing(before), DIRECT_CONTACT, None, day) is not None


def check_consent(context: Context, states: Iterable[str], day: str) -> None:
    """Refuse a contact on a day for which a State had not consented before.

    Raises:
        NoConsent: with that State.
    """
    for state in states:
        if not consented(context.record, state, day, context.before):
            raise NoConsent(
                f"{state} had not consented to direct contact before {day}",
                where="states",
                remedy=f"record its consent with scope {DIRECT_CONTACT}, or log outreach to the State itself",
            )


def check_contacts(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which a contact that a State had consented to would stand without its consent.

    Raises:
        RestsOnIt: with that contact.
    """
    for event in then.struck.values():
        family = context.record.history(event.header.stream).family(event.id)
        states = {
            each.body.state
            for each in family.members
            if isinstance(each.body, ConsentGiven | ConsentWithdrawn) and each.body.scope == DIRECT_CONTACT
        }
        for state in states:
            for contact, day in _contacts(context.record, state, family.root.position):
                if consented(context.record, state, day) and not consented(then, state, day):
                    raise RestsOnIt(
                        f"{contact.header.type} {contact.id} (position {contact.position}) would stand without the "
                        f"consent of {state} that it rests on",
                        remedy="void that first, or enter the consent as it was given",
                    )


def _contacts(record: RecordView, state: str, since: int) -> Iterator[tuple[Recorded, str]]:
    """Yield the standing contacts that needed a State's consent, recorded since a position, with their first days."""
    for event in record.after(since):
        match event.body:
            case ActivityLogged() as body if state in body.states and "consent" in KINDS[body.kind].needs:
                if record.history(event.header.stream).family(event.id).stands == event:
                    yield event, body.first_day
            case _:
                pass
