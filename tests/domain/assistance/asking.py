"""Requests and offers of assistance as tests make them, in December 2013 with its holidays on record."""

from typing import Any

from domain.assistance.life import Request, request_of
from domain.assistance.offers import OfferAssistance
from domain.assistance.procedure import AskIfMet
from domain.assistance.requests import AuthenticateRequest, RequestAssistance
from domain.duty_station import Holiday, ListHolidays
from domain.recorded import Recorded
from tests.committee import Committee
from tests.domain.foundations import names_organizations

MONDAY = "2013-12-16"
"""The day of the request."""
FROM = "2013-12-24"
"""The day after five full working days: 17, 18, 19, 20 and 23 December."""


def at_work(day: str = MONDAY) -> Committee:
    """Return a Committee with France and Uganda on record besides Kenya, and the holidays of 2013 to 2015."""
    committee = Committee().on(day)
    committee.registers("UGA")
    names_organizations(committee, "wco", "iaea", "caricom", "eac")
    for year in (2013, 2014, 2015):
        christmas = Holiday(day=f"{year}-12-25", name="Christmas Day")
        committee.one(
            ListHolidays, year=year, holidays=(Holiday(day=f"{year}-01-01", name="New Year's Day"), christmas)
        )
    return committee


def requests(committee: Committee, request: str = "border", **members: Any) -> Recorded:
    """Record a request of Kenya, received on that Monday."""
    said: dict[str, Any] = {
        "requesters": ("KEN",),
        "subject": "border control",
        "needs": "training",
        "received": f"{MONDAY}T12:00:00Z",
    }
    return committee.one(RequestAssistance, request=request, **said | members)


def authentic(committee: Committee, request: str = "border", **members: Any) -> Recorded:
    """Record a request and find it authentic."""
    received = requests(committee, request, **members)
    committee.one(AuthenticateRequest, request=request)
    return received


def offers(committee: Committee, offer: str = "training", **members: Any) -> Recorded:
    """Record an offer of France."""
    said: dict[str, Any] = {"subject": "border control", "text": "a course", "received": f"{MONDAY}T12:00:00Z"}
    provider: dict[str, Any] = {} if "organization" in members else {"state": "FRA"}
    return committee.one(OfferAssistance, offer=offer, **said | provider | members)


def asked_if_met(committee: Committee, request: str = "border") -> Recorded:
    """Ask whether a request has been met, a year after it."""
    committee.on("2014-12-16")
    return committee.one(AskIfMet, request=request)


def stands(committee: Committee, request: str = "border") -> Request:
    """Return a request as it stands."""
    found = request_of(committee.record.history(f"assistance/request/{request}").standing())
    assert found is not None
    return found
