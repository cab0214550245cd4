"""Campaigns: points of contact are asked whether they are unchanged, States without a first report are invited to it.

The programme says neither how often nor by when, so the intervals are internal and shown as such.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain import ids
from domain.calendar.due_letters import DueLetter, Post, morning, written
from domain.contact import file as contact
from domain.contact.events import ContactConfirmed, ContactProposed, NoChangeOfContact
from domain.contact.file import ContactFile
from domain.deciding import fold_of
from domain.duty_station import WorkingDays
from domain.exchange.non_reporting import MatrixPrefilled
from domain.organization import registering as organization
from domain.organization.contact_point import contact_point
from domain.recorded import Recorded
from domain.standing import Stands
from domain.times import new_york_date

CONFIRMATION = "contact-confirmation"
REMINDER = "contact-confirmation-reminder"
INVITATION = "first-report-invitation"
ANSWERED_WITHIN = timedelta(days=45)
"""By when an answer is hoped for; who has given none is reminded once, so long after the letter went out."""
INVITED_AGAIN_AFTER = timedelta(days=180)
"""How long after an invitation went out a State that has still not reported is invited again."""


def of_contact(standing: Stands, name: str, station: WorkingDays) -> Iterator[DueLetter]:
    """Yield when a point of contact is asked whether it is unchanged, and once more when no answer has come.

    Not one to which mail came back, or of which a change waits for a second person: that is on the worklist. Where it
    has no address, the letter goes to its Mission or organization.
    """
    about = contact.stream(name)
    events = standing(about)
    file = contact.file_of(events)
    if file.holds is None or file.confirmed_at is None or file.bounced is not None or file.pending is not None:
        return
    day = confirmed_on(standing, file) + timedelta(days=contact.INTERNAL_INTERVAL + 1)
    if not file.goes_on(day):
        return
    since = fold_of(events, ContactConfirmed, NoChangeOfContact)[-1].header.recorded_at
    here, rung = f"contact:{name}", day.isoformat()
    letter = written(standing, about, rung, (here, party_of(file.holds)))
    to = here if file.holds.details.email is not None else party_of(file.holds)
    yield DueLetter(
        kind=CONFIRMATION,
        about=about,
        addressee=to if letter is None else letter.intended.addressee,
        rung=rung,
        at=morning(day, station),
        since=since,
        language=file.holds.language,
    )
    if letter is None or letter.gone_at is None:
        return
    again = new_york_date(letter.gone_at) + ANSWERED_WITHIN + timedelta(days=1)
    if file.goes_on(again):
        yield DueLetter(
            kind=REMINDER,
            about=about,
            addressee=letter.intended.addressee,
            rung=again.isoformat(),
            at=morning(again, station),
            since=since,
            language=file.holds.language,
            first=letter.name,
        )


def confirmed_on(standing: Stands, file: ContactFile) -> date:
    """Return when a contact was last confirmed, itself or by what its organization wrote."""
    holds = file.holds
    point = None if holds is None or holds.organization is None else organization.stream(holds.organization)
    wrote = None if point is None else contact_point(standing(point)).confirmed
    return file.confirmed_on if wrote is None else max(file.confirmed_on, date.fromisoformat(wrote))


def party_of(holds: ContactProposed) -> str:
    """Return the State or organization whose contact it is, as an addressee."""
    return f"organization:{holds.organization}" if holds.state is None else f"state:{holds.state}"


def of_state(standing: Stands, state: str, post: Post, station: WorkingDays) -> Iterator[DueLetter]:
    """Yield when a State that has not reported is invited: after a pre-filled matrix, and again after each letter.

    The first invitation is in place on the working day after that matrix was sent.
    """
    events = standing(ids.exchange(state))
    prefilled = fold_of(events, MatrixPrefilled)
    if not prefilled:
        return
    about, header = ids.exchange(state), prefilled[-1].header
    day, first = new_york_date(header.known_at) + timedelta(days=1), None
    while True:
        rung = day.isoformat()
        letter = written(standing, about, rung, post.ever)
        yield DueLetter(
            kind=INVITATION,
            about=about,
            addressee=post.to if letter is None else letter.intended.addressee,
            rung=rung,
            at=morning(day, station),
            since=header.recorded_at,
            language=post.language,
            first=first,
        )
        if letter is None or letter.gone_at is None:
            return
        day, first = new_york_date(letter.gone_at) + INVITED_AGAIN_AFTER, first or letter.name


def prefilled_matrix(events: Sequence[Recorded]) -> str | None:
    """Return the manifest of the last matrix that was pre-filled for a State, of the events of its exchange."""
    found = [event.body.manifest for event in events if isinstance(event.body, MatrixPrefilled)]
    return found[-1] if found else None
