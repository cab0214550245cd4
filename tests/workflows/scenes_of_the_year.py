"""What the yearly work may live through: a review drafted twice, moved or adopted early, a programme step by step."""

from collections.abc import Awaitable, Callable, Mapping

from domain.deadline import ExtendDeadline, RecordStep
from domain.decision import Adopt, Propose, ProposedItem
from domain.review.preparing import SetCutOff
from tests.workflows.serving import Working
from tests.workflows.year import Office
from tests.workflows.yearly import begin, cycle_of, paper
from workflows.deadline.kind import Deadlines
from workflows.mail.composing import Letterhead
from workflows.notes.kind import Notes
from workflows.review.kind import Reviews

Scene = Callable[[Office, Working], Awaitable[None]]
HEAD = Letterhead("secretariat@committee.example")
REVIEWS, NOTES, DEADLINES = Reviews(), Notes(HEAD), Deadlines(HEAD)


async def _review_is_drafted_and_drafted_again(found: Office, at_work: Working) -> None:
    year = begin(found)
    found.give(SetCutOff, "cut-off", year=year, cut_off=f"{year}-11-30")
    await at_work.start(cycle_of(found, REVIEWS, str(year)))


async def _review_is_adopted_before_its_cut_off(found: Office, at_work: Working) -> None:
    year = begin(found)
    found.give(SetCutOff, "cut-off", year=year, cut_off=f"{year}-11-30")
    cycle = cycle_of(found, REVIEWS, str(year))
    paper(found)
    about = {"deadline": f"annual-review/{year}", "duty": f"REV-{year}"}
    found.give(RecordStep, "adopted", step="adopted", document="paper", **about)
    await at_work.start(cycle)


async def _programme_is_missing_step_by_step(found: Office, at_work: Working) -> None:
    year = begin(found)
    await at_work.start(cycle_of(found, NOTES, f"deadline/programme-of-work/{year + 1}"))


async def _review_is_extended_over_new_year(found: Office, at_work: Working) -> None:
    year = begin(found)
    cycle = cycle_of(found, DEADLINES, f"annual-review/{year}")
    found.give(Propose, "propose", decision="d-1", title="", items=(ProposedItem(number=1, text=""),))
    found.give(Adopt, "adopt", decision="d-1", meeting="m-1")
    about = {"deadline": f"annual-review/{year}", "duty": f"REV-{year}", "decision": "d-1", "reason": "as decided"}
    found.give(ExtendDeadline, "extend", due=f"{year + 1}-02-28", **about)
    await at_work.start(cycle)


SCENES: Mapping[str, Scene] = {
    "review/is-drafted-and-drafted-again": _review_is_drafted_and_drafted_again,
    "review/is-adopted-before-its-cut-off": _review_is_adopted_before_its_cut_off,
    "note/programme-is-missing-step-by-step": _programme_is_missing_step_by_step,
    "deadline/is-extended-over-new-year": _review_is_extended_over_new_year,
}
