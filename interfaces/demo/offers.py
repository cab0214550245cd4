"""Offers of assistance in the simulation: programmes of providers, interest, matches, and the official list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.assistance.interests import ExpressInterest, FollowUpInterest, LapseInterest
from domain.assistance.listing import ListOfficially, TakeOffList
from domain.assistance.matches import AgreeMatch, DropMatch, ProposeMatch
from domain.assistance.offers import AcknowledgeOffer, CirculateOffer, OfferAssistance, TellRequester, WithdrawOffer
from domain.assistance.programmes import EndProviderProgramme, RegisterProviderProgramme
from domain.matrix.commands import GiveConsent
from interfaces.demo.cast import SECRETARIAT, expert
from interfaces.demo.committee import signing_day
from interfaces.demo.dates import instant, later, weekday
from interfaces.demo.organizations import MADE_UP

if TYPE_CHECKING:
    from interfaces.demo.office import Office

PROGRAMMES = 3
SINCE = date(2010, 11, 1)
LISTED = date(2013, 11, 4)


class Offers:
    """Takes offers from their receipt to a match."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._made = 0

    def programmes(self) -> None:
        """Enter standing programmes of providers; the first ends early."""
        for number in range(1, PROGRAMMES + 1):
            registered = RegisterProviderProgramme(
                id=f"sim/provider-programme/{number}",
                actor=SECRETARIAT,
                standing_programme=f"sim-provider-programme-{number}",
                title=f"SIMULATED assistance programme {number}",
                text="SIMULATED: training, on request",
                valid_from=SINCE.isoformat(),
                valid_to="2030-12-31",
                organization=MADE_UP[number],
            )
            self._office.enter(SINCE, 17, registered)
        ended = EndProviderProgramme(
            id="sim/provider-programme/1/ended",
            actor=SECRETARIAT,
            standing_programme="sim-provider-programme-1",
            valid_to="2018-06-29",
            reason="SIMULATED: its funds are used up",
        )
        self._office.enter(date(2018, 6, 29), 17, ended)

    def matched(self, request: str, day: date, *, pursued: bool) -> str | None:
        """Have an offer made for a request and matched with it; return whose it is where the two agree."""
        provider = self._office.dice.pick(MADE_UP)
        offer = self._offer(day, provider, request)
        key, proposed = f"sim/match/{request}", weekday(later(day, 20))
        proposal = ProposeMatch(
            id=key, actor=expert(4), request=request, offer=offer, reason="SIMULATED: the subject is the same"
        )
        self._office.enter(proposed, 17, proposal)
        outcome = (
            AgreeMatch(id=f"{key}/agreed", actor=expert(4), request=request, offer=offer)
            if pursued
            else DropMatch(
                id=f"{key}/dropped", actor=expert(4), request=request, offer=offer, reason="SIMULATED: too late"
            )
        )
        self._office.enter(weekday(later(proposed, 30)), 17, outcome)
        if not pursued:
            self._withdrawn(offer, weekday(later(proposed, 60)))
        return provider if pursued else None

    def _offer(self, day: date, provider: str, request: str) -> str:
        """Receive an offer, which the Chair circulates, acknowledges, and tells the requester of."""
        self._made += 1
        name = f"sim-offer-{self._made}"
        key, office = f"sim/assistance/{name}", self._office
        offered = OfferAssistance(
            id=key,
            actor=SECRETARIAT,
            offer=name,
            subject="SIMULATED: border controls",
            text="SIMULATED: a course for customs officers",
            received=instant(day, 14),
            organization=provider,
            for_request=request,
        )
        office.enter(day, 16, offered)
        handled = signing_day(later(day, 3))
        for command in (
            CirculateOffer(id=f"{key}/circulated", actor=SECRETARIAT, offer=name),
            AcknowledgeOffer(id=f"{key}/acknowledged", actor=SECRETARIAT, offer=name),
            TellRequester(id=f"{key}/told", actor=SECRETARIAT, offer=name, request=request),
        ):
            office.enter(handled, 17, command)
        return name

    def _withdrawn(self, offer: str, day: date) -> None:
        withdrawn = WithdrawOffer(
            id=f"sim/assistance/{offer}/withdrawn", actor=SECRETARIAT, offer=offer, reason="SIMULATED: not taken up"
        )
        self._office.enter(day, 18, withdrawn)

    def listed(self, request: str, states: tuple[str, ...]) -> None:
        """Put a request on the official list with the consent of its States, and later take it off."""
        for state in states:
            consent = GiveConsent(
                id=f"sim/consent/{state}/official-list", actor=SECRETARIAT, state=state, scope="official-list"
            )
            self._office.enter(LISTED, 16, consent)
        listed = ListOfficially(id=f"sim/listed/{request}", actor=SECRETARIAT, request=request)
        self._office.enter(later(LISTED, 1), 16, listed)
        taken_off = TakeOffList(
            id=f"sim/listed/{request}/off", actor=SECRETARIAT, request=request, reason="SIMULATED: it has been met"
        )
        self._office.enter(weekday(later(LISTED, 700)), 16, taken_off)

    def interests(self) -> None:
        """Enter expressions of interest: one is followed up, the next lapses."""
        for number in range(1, self._office.share(12, least=2) + 1):
            name, key = f"sim-interest-{number}", f"sim/interest/{number}"
            day = weekday(self._office.dice.day(date(2011, 2, 1), date(2024, 2, 1)))
            expressed = ExpressInterest(
                id=key,
                actor=expert(5),
                interest=name,
                interest_in="assistance" if number % 2 else "providing",
                text="SIMULATED: said at an event",
                received=instant(day, 14),
                state=self._office.dice.pick(self._office.states),
            )
            self._office.enter(day, 17, expressed)
            after = (
                FollowUpInterest(id=f"{key}/after", actor=expert(5), interest=name, note="SIMULATED: a form was sent")
                if number % 2
                else LapseInterest(id=f"{key}/after", actor=expert(5), interest=name, reason="SIMULATED: no reply")
            )
            self._office.enter(weekday(later(day, 100)), 17, after)
