"""What has become of a request: its wishes, its form, which steps were taken when, and whether it has been met."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from domain.assistance.following import DiscussionAsked, FeedbackGiven, RequestDiscussed
from domain.assistance.matches import MatchProposed
from domain.assistance.procedure import (
    IfMetAnswered,
    IfMetAsked,
    RequestAcknowledged,
    RequestCirculated,
    RequestSentOn,
    SummaryPosted,
)
from domain.assistance.request_events import (
    RequestAuthenticated,
    RequestClosed,
    RequestFoundInformal,
    RequestReceived,
    RequestWithdrawn,
    WishStated,
)
from domain.recorded import Event, Recorded
from domain.values import Instant

Condition = Literal["open", "in-part", "met", "withdrawn", "closed"]
MET: Mapping[str, Condition] = {"met": "met", "in-part": "in-part", "not-met": "open"}
STEPS: Mapping[type[Event], str] = {
    RequestAuthenticated: "authenticated",
    RequestFoundInformal: "found-informal",
    RequestCirculated: "circulated",
    RequestAcknowledged: "acknowledged",
    RequestSentOn: "sent-on",
    SummaryPosted: "summary-posted",
    MatchProposed: "match-proposed",
    IfMetAsked: "if-met-asked",
    DiscussionAsked: "discussion-asked",
    RequestDiscussed: "discussed",
}


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it stands: `done` says when each step was first taken."""

    received: RequestReceived
    sending: str
    posting: str
    condition: Condition = "open"
    done: Mapping[str, Instant] = msgspec.field(default_factory=dict[str, Instant])

    @property
    def informal(self) -> bool:
        """True where it was found informal and not authentic since."""
        return "found-informal" in self.done and "authenticated" not in self.done


def evolve(state: Request, event: Recorded) -> Request:
    """Return a request after one more standing event; what is over stays so, whatever is answered."""
    body = event.body
    name = STEPS.get(type(body))
    if name is not None:
        return replace(state, done={name: event.header.known_at, **state.done})
    match body:
        case WishStated():
            return replace(state, sending=body.sending, posting=body.posting)
        case RequestWithdrawn():
            return replace(state, condition="withdrawn")
        case RequestClosed() if state.condition != "withdrawn":
            return replace(state, condition="closed")
        case IfMetAnswered() | FeedbackGiven() if state.condition not in ("withdrawn", "closed"):
            return state if body.answer is None else replace(state, condition=MET[body.answer])
        case _:
            return state


def request_of(standing: Iterable[Recorded]) -> Request | None:
    """Return a request by its standing events, None where it was never received.

    Its receipt comes first whatever its date: one known only to the year stands behind what was known to the day.
    """
    events = tuple(standing)
    state: Request | None = None
    for event in events:
        if isinstance(event.body, RequestReceived):
            state = Request(received=event.body, sending=event.body.sending, posting=event.body.posting)
    if state is not None:
        for event in events:
            state = evolve(state, event)
    return state
