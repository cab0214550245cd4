"""Requests for assistance in the simulation, each a story of the procedure of 2010 with its working days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.assistance.dates import a_year_after, allowed_from
from domain.assistance.following import AskDiscussion, DispatchStatus, GiveFeedback, RecordDiscussion
from domain.assistance.procedure import (
    AcknowledgeRequest,
    AnswerIfMet,
    AskIfMet,
    CirculateRequest,
    PostSummary,
    SendRequestOn,
)
from domain.assistance.requests import (
    AuthenticateRequest,
    CloseRequest,
    FindInformal,
    RequestAssistance,
    StateWish,
    WithdrawRequest,
)
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.committee import signing_day
from interfaces.demo.dates import instant, later, weekday
from interfaces.demo.offers import Offers
from interfaces.demo.organizations import MADE_UP
from interfaces.demo.reference import TEMPLATES
from interfaces.demo.working_days import working_days

if TYPE_CHECKING:
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

REQUESTS = 90
FIRST, LAST = date(2010, 11, 2), date(2026, 5, 4)
EXAMPLE = date(2013, 9, 5)
"""When the request that the tour shows is received: its State is the one that the documentation follows."""
STORIES = ("met", "joint", "informal", "withdrawn", "not pursued", "in part")
GROUP = "assistance"


class Assistance:
    """Takes requests through the procedure."""

    def __init__(self, office: Office, committee: Committee) -> None:
        self._office = office
        self._committee = committee
        self._days = working_days()
        self._offers = Offers(office)

    def enter(self) -> None:
        """Enter all requests: one of each story at least, the first of them the example."""
        self._offers.programmes()
        dice, count = self._office.dice, self._office.share(REQUESTS, least=len(STORIES))
        days = [EXAMPLE, *sorted(dice.day(FIRST, LAST) for _ in range(count - 1))]
        for place, day in enumerate(days):
            story = STORIES[place] if place < len(STORIES) else dice.pick(("met", "in part", *STORIES))
            state = self._office.taking_part[0] if place == 0 else dice.pick(self._office.states)
            self._request(f"sim-request-{place + 1}", weekday(day), story, state)
        self._offers.interests()

    def _request(self, name: str, day: date, story: str, state: str) -> None:
        dice, office = self._office.dice, self._office
        key = f"sim/assistance/{name}"
        requesters = tuple(sorted({state, *dice.some(office.states, 2)})) if story == "joint" else (state,)
        office.paper(f"{name}-letter", "request for assistance", day)
        received = RequestAssistance(
            id=key,
            actor=SECRETARIAT,
            request=name,
            subject="SIMULATED: border controls",
            needs="SIMULATED: training of customs officers, and equipment",
            received=instant(day, 14),
            requesters=requesters,
            through=MADE_UP[1] if story == "joint" else None,
            cells=("T2011/op3cd-1-nw-legal",) if TEMPLATES["T2011"] < day < TEMPLATES["T2017"] else (),
            wider_goals=("SIMULATED: safe trade",),
            documents=(f"{name}-letter",),
        )
        office.enter(day, 16, received)
        looked_at = self._days.after(day, 2)
        if story == "informal":
            informal = FindInformal(
                id=f"{key}/informal",
                actor=expert(dice.whole(1, 8)),
                request=name,
                reason="SIMULATED: not addressed to the Committee",
            )
            office.enter(looked_at, 16, informal)
            return
        self._taken_up(name, looked_at)
        if story == "withdrawn":
            self._withdrawn(name, day)
            return
        allowed = allowed_from("after-five-days", instant(day, 14), self._days)
        assert allowed is not None  # noqa: S101 - the wish is not `not`
        self._sent_on(name, signing_day(allowed))
        if day == EXAMPLE:
            self._offers.listed(name, requesters)
        if story == "not pursued":
            self._discussed(name, later(day, 60))
        match = self._offers.matched(name, weekday(later(day, 90)), pursued=story != "not pursued")
        self._followed(name, day, requesters[0], match, "met" if story in ("met", "joint") else "in-part")

    def _taken_up(self, name: str, day: date) -> None:
        """Authenticate a request, circulate it for information, and acknowledge it."""
        key, office = f"sim/assistance/{name}", self._office
        for hour, command in (
            (16, AuthenticateRequest(id=f"{key}/authentic", actor=expert(3), request=name)),
            (17, CirculateRequest(id=f"{key}/circulated", actor=SECRETARIAT, request=name)),
        ):
            office.enter(day, hour, command)
        day = signing_day(self._days.after(day, 2))
        office.paper(f"{name}-acknowledged", "letter of the Chair", day)
        acknowledged = AcknowledgeRequest(
            id=f"{key}/acknowledged", actor=SECRETARIAT, request=name, document=f"{name}-acknowledged"
        )
        office.enter(day, 17, acknowledged)

    def _withdrawn(self, name: str, day: date) -> None:
        """Let the requester say that nothing is to be sent on or posted, and take the request back."""
        key = f"sim/assistance/{name}"
        wish = StateWish(id=f"{key}/wish", actor=SECRETARIAT, request=name, sending="not", posting="not")
        self._office.enter(self._days.after(day, 4), 18, wish)
        withdrawn = WithdrawRequest(
            id=f"{key}/withdrawn", actor=SECRETARIAT, request=name, reason="SIMULATED: met by other means"
        )
        self._office.enter(weekday(later(day, 50)), 18, withdrawn)

    def _sent_on(self, name: str, day: date) -> None:
        """Send a request on to potential providers and post its summary, when five full working days are over."""
        key, dice, office = f"sim/assistance/{name}", self._office.dice, self._office
        sent = SendRequestOn(
            id=f"{key}/sent-on",
            actor=SECRETARIAT,
            request=name,
            states=tuple(dice.some(office.states, 12)),
            organizations=tuple(dice.some(MADE_UP, 3)),
        )
        office.enter(day, 17, sent)
        day = self._days.after(day, 3)
        office.paper(f"{name}-summary", "summary of a request", day, distribution="general")
        posted = PostSummary(id=f"{key}/summary", actor=expert(3), request=name, document=f"{name}-summary")
        office.enter(day, 17, posted)

    def _discussed(self, name: str, day: date) -> None:
        key, day = f"sim/assistance/{name}", weekday(day)
        asked = AskDiscussion(
            id=f"{key}/discussion-asked",
            actor=SECRETARIAT,
            request=name,
            member=self._committee.members(day)[0],
            group=GROUP,
            reason="SIMULATED: several offers are possible",
        )
        self._office.enter(day, 18, asked)
        discussed = RecordDiscussion(
            id=f"{key}/discussed",
            actor=SECRETARIAT,
            request=name,
            group=GROUP,
            outcome="SIMULATED: the experts go on",
        )
        self._office.enter(weekday(later(day, 12)), 18, discussed)

    def _followed(self, name: str, day: date, requester: str, provider: str | None, answer: str) -> None:
        """Send the status every year, ask after one year, hear both sides, and close what has been met."""
        key, office = f"sim/assistance/{name}", self._office
        for number in (1, 2):
            status = DispatchStatus(
                id=f"{key}/status-{number}",
                actor=SECRETARIAT,
                requests=(name,),
                states=(requester,),
                organizations=() if provider is None else (provider,),
            )
            office.enter(weekday(later(day, 180 * number)), 18, status)
        asked_on = signing_day(later(a_year_after(instant(day, 14)), 4))
        asked = AskIfMet(id=f"{key}/asked", actor=SECRETARIAT, request=name)
        office.enter(asked_on, 17, asked)
        answered = AnswerIfMet(id=f"{key}/answered", actor=SECRETARIAT, request=name, answer=answer, note="SIMULATED")
        office.enter(weekday(later(asked_on, 40)), 17, answered)
        if provider is None or answer != "met":
            return
        said = weekday(later(asked_on, 70))
        for state, organization in ((requester, None), (None, provider)):
            feedback = GiveFeedback(
                id=f"{key}/feedback/{state or organization}",
                actor=SECRETARIAT,
                request=name,
                text="SIMULATED: the training was held",
                state=state,
                organization=organization,
            )
            office.enter(said, 17, feedback)
        closed = CloseRequest(id=f"{key}/closed", actor=SECRETARIAT, request=name, reason="SIMULATED: it has been met")
        office.enter(signing_day(later(said, 30)), 17, closed)
