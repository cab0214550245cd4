"""Outreach in the simulation: the monthly calendar of events, and the log of activities, each kind in its turn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.activity.kinds import KINDS
from domain.activity.records import FollowActivityUp, LogActivity
from domain.matrix.commands import GiveConsent
from domain.outreach_calendar import OutreachEvent, PublishEvents, months_after
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.dates import END, instant, later, weekday
from interfaces.demo.organizations import COMMITTEES, MADE_UP

if TYPE_CHECKING:
    from interfaces.demo.office import Office

CALENDAR_SINCE, LOG_SINCE = date(2013, 6, 1), date(2011, 9, 1)
EVERY = 32
"""Days between two activities of the log."""
HORIZON = 7
"""Months ahead that the calendar looks."""
ORGANIZERS = ("1540 Committee", "1267 Committee", "Counter-Terrorism Committee", "SIMULATED organization 3")
CONSENTED = date(2011, 8, 1)


def enter(office: Office) -> None:
    """Enter calendar and log."""
    day = CALENDAR_SINCE
    years = office.years(CALENDAR_SINCE.year)
    while day.year in years:
        _published(office, weekday(later(day, 19)))
        day = months_after(day, 1)
    day, number = LOG_SINCE, 0
    _consented(office)
    _briefings(office)
    while day <= END:
        _activity(office, number, tuple(KINDS)[number % len(KINDS)], weekday(day))
        day, number = later(day, EVERY), number + 1


def _published(office: Office, day: date) -> None:
    entries = [_event(months_after(date(day.year, day.month, 9), ahead)) for ahead in range(1, HORIZON)]
    published = PublishEvents(
        id=f"sim/calendar/events/{day}",
        actor=SECRETARIAT,
        published=instant(day, 16),
        covers_to=months_after(day, HORIZON).isoformat(),
        entries=tuple(entries),
    )
    office.enter(day, 18, published)


def _event(day: date) -> OutreachEvent:
    return OutreachEvent(
        title=f"SIMULATED workshop of {day:%B %Y}",
        first_day=day.isoformat(),
        last_day=later(day, 1).isoformat(),
        place="SIMULATED",
        organizer=ORGANIZERS[day.month % len(ORGANIZERS)],
        open_to="all States",
        url=None,
        document_id=None,
    )


def _consented(office: Office) -> None:
    """Have one State consent to direct contact with sectors, so that such contacts may be logged of it."""
    consent = GiveConsent(
        id="sim/consent/direct-contact",
        actor=SECRETARIAT,
        state=office.taking_part[0],
        scope="direct-contact",
        partners=("sector:industry", "sector:academia", "sector:civil-society"),
    )
    office.enter(CONSENTED, 16, consent)


def _briefings(office: Office) -> None:
    """Have the experts brief the Committee on requests and offers every two months, as the procedure of 2010 says."""
    day = LOG_SINCE
    while (briefed := weekday(later(day, 13))) <= END:
        name = f"sim-assistance-briefing-{day:%Y-%m}"
        office.paper(f"{name}-paper", "paper: requests and offers", briefed)
        logged = LogActivity(
            id=f"sim/activity/briefing/{day:%Y-%m}",
            actor=expert(1),
            activity=name,
            kind="assistance-briefed",
            first_day=briefed.isoformat(),
            text="SIMULATED: the experts briefed the Committee on requests and offers of assistance",
            documents=(f"{name}-paper",),
        )
        office.enter(briefed, 19, logged)
        day = months_after(day, 2)


def _activity(office: Office, number: int, name: str, day: date) -> None:
    kind, dice = KINDS[name], office.dice
    activity, document = f"sim-activity-{number}", f"sim-activity-{number}-paper"
    papers: tuple[str, ...] = ()
    if "document" in kind.needs:
        office.paper(document, f"paper: {name}", day)
        papers = (document,)
    states: tuple[str, ...] = ()
    if kind.sector:
        states = (office.taking_part[0],)
    elif "state" in kind.needs:
        states = (dice.pick(office.states),)
    logged = LogActivity(
        id=f"sim/activity/{number}",
        actor=expert(dice.whole(1, 8)),
        activity=activity,
        kind=name,
        first_day=day.isoformat(),
        text=f"SIMULATED: {name}",
        goal="SIMULATED: a wider commitment" if "goal" in kind.needs else "",
        reached="SIMULATED: some thirty participants",
        states=states,
        organizations=(dice.pick((*COMMITTEES, *MADE_UP)),) if "party" in kind.needs else (),
        documents=papers,
        decision="sim-working-groups" if "decision" in kind.needs else None,
    )
    office.enter(day, 19, logged)
    if number % 3 == 0 or len(kind.outcomes) > 1:
        followed_up = FollowActivityUp(
            id=f"sim/activity/{number}/after",
            actor=expert(dice.whole(1, 8)),
            activity=activity,
            outcome=kind.outcomes[0],
            text="SIMULATED",
        )
        office.enter(weekday(later(day, 60)), 19, followed_up)
