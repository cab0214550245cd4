"""Steps of the 2010 procedure that requests for assistance still have to take, each with its day."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from domain import duty_station
from domain.assistance.going import stream
from domain.assistance.life import Request, request_of
from domain.assistance.request_events import RequestReceived
from domain.assistance.steps import Step, steps
from domain.times import new_york_date
from projections.engine.answering import Asking
from projections.views import references
from projections.worklist.item import Found, found

FIRST, AFTER_A_YEAR = "authenticated", "if-met-asked"
COMMANDS: Mapping[str, str] = {
    FIRST: "record authenticate-request or find-informal",
    "circulated": "record circulate-request",
    "acknowledged": "record acknowledge-request",
    "sent-on": "record send-request-on",
    "summary-posted": "record post-summary",
    AFTER_A_YEAR: "record ask-if-met",
}
"""By what each step is recorded; that an offer is found has no day, and `list requests` and `list offers` show both."""


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield the steps that are to be taken for requests of some States or of whomever."""
    cut = asking.axes.cut
    station = duty_station.working_days(asking.source.history(duty_station.stream(duty_station.NEW_YORK)).standing(cut))
    today = new_york_date(cut.known_at)
    for row, event in asking.read(asking.rows.at(references.VIEW, cut, {"kind": "requests"})):
        if not isinstance(body := event.body, RequestReceived):
            continue
        if states is not None and set(states).isdisjoint(body.requesters):
            continue
        request = request_of(asking.source.history(stream(body.request)).standing(cut))
        if request is None or request.condition == "met":
            continue
        state = body.requesters[0] if len(body.requesters) == 1 else None
        for step in steps(request, station):
            if _to_be_taken(step, request, today):
                do = f"{COMMANDS[step.name]} --request {body.request}"
                yield found(row, state, "step of a request for assistance", body.request, do, _note(step))


def _to_be_taken(step: Step, request: Request, today: date) -> bool:
    """True of the finding before all others, then of the rest; whether it was met is asked when its year is over."""
    if step.name not in COMMANDS or step.done is not None or step.waived:
        return False
    if FIRST not in request.done:
        return step.name == FIRST
    return step.name != AFTER_A_YEAR or (step.on is not None and step.on <= today)


def _note(step: Step) -> str:
    if step.on is None:
        return f"step {step.number}: the holidays that its day depends on are not on record"
    day = f"by {step.on} (internal)" if step.basis == "internal" else f"from {step.on}"
    return f"step {step.number}, {step.name}: {day}"
