"""What serves the yearly duties: papers of a programme of work, the preparation of a review and its priorities."""

from domain import programme
from domain.closing.rules import Asked, Item, Judged
from domain.deadline import StepDone
from domain.mandate import FIRST_PROGRAMME, occurrence
from domain.programme_papers import ProgrammeDrafted, SymbolRecorded
from domain.review import preparing
from domain.review.priorities import PrioritySetAside, PriorityStated, PriorityTakenUp
from domain.review.priorities import priorities as stated_in

PAPERS = (ProgrammeDrafted, SymbolRecorded)
PREPARATION = (*preparing.EVENTS, PriorityStated)


def papers(asked: Asked) -> Judged:
    """Show the draft and the symbol of the programme that is due; its steps alone close the duty."""
    number = 0 if asked.due is None else asked.due.year - FIRST_PROGRAMME
    events = asked.facts.standing(programme.stream(number))
    return Judged(acts=tuple(event for event in events if isinstance(event.body, PAPERS)))


def preparation(asked: Asked) -> Judged:
    """Show the cut-off, input, drafts and priorities of the review that is due; its steps alone close the duty."""
    year = 0 if asked.due is None else asked.due.year
    events = asked.facts.standing(preparing.stream(year))
    return Judged(acts=tuple(event for event in events if isinstance(event.body, PREPARATION)))


def priorities(asked: Asked) -> Judged:
    """Ask what became of the priorities of each annual review: of each that is on record, else of all together."""
    listed = [
        (each, f"{each.stated.year} {name}")
        for _, body in asked.facts.told(PriorityStated)
        for name, each in stated_in(asked.facts.standing(preparing.stream(body.year))).items()
        if name == body.priority
    ]
    singly = {each.stated.year for each, _ in listed}
    open_ones = [Item(of=named, opened=each.event) for each, named in listed if each.settled is None]
    steps = asked.facts.told(StepDone)
    settled = [event for event, body in steps if body.duty == "PRIORITIES"]
    adopted = [(event, body.duty) for event, body in steps if body.step == "adopted" and _review(body.duty)]
    reviews = [(event, duty) for event, duty in adopted if _year(duty) not in singly]
    last = max((event.header.known_at for event in settled), default="")
    together = [Item(of=duty, opened=event) for event, duty in reviews if event.header.known_at > last]
    return Judged(
        openings=tuple(each.event for each, _ in listed),
        acts=asked.acts(PriorityTakenUp, PrioritySetAside),
        items=(*open_ones, *together),
    )


def _review(duty: str) -> bool:
    yearly = occurrence(duty)
    return yearly is not None and yearly[0] == "REV"


def _year(duty: str) -> int:
    yearly = occurrence(duty)
    return 0 if yearly is None else yearly[1]
