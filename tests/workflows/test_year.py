"""The yearly work on a server: when a cut-off is over, then a review is drafted; what is missing is told on its day."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.correcting import Correct
from domain.deadline import RecordStep
from domain.decision import Adopt, Propose, ProposedItem
from domain.document import DocumentRegistered
from domain.duty_station import DeclareClosure
from domain.programme_papers import DraftProgramme
from domain.review.preparing import SetCutOff, preparation
from domain.review.priorities import StatePriority
from projections.outbox import messages
from tests.workflows.serving import working
from tests.workflows.year import Office
from tests.workflows.yearly import autumn, cycle_of, paper
from workflows.kinds import At, Kind
from workflows.mail.composing import Letterhead
from workflows.notes.kind import Notes
from workflows.review.kind import Reviews

NOTES = Notes(Letterhead("secretariat@committee.example"))
Year = tuple[Office, int]


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A Committee on 1 October, before its review."""
    with autumn(tmp_path / "home") as found:
        yield found


class Meanwhile(Reviews):
    """Somebody records something after the first draft."""

    def __init__(self, does: Callable[[], object]) -> None:
        super().__init__()
        self._does = does

    def act(self, name: str, rung: str, at: At) -> None:
        super().act(name, rung, at)
        if rung == "draft-1":
            self._does()


def runs(found: Office, kind: Kind, name: str) -> None:
    """Have a thing waited for until it is over."""

    async def run() -> None:
        async with working(found.record, found.clock, (kind,)) as at_work:
            await at_work.start(cycle_of(found, kind, name))
            await at_work.ends(f"{kind.name}/{name}")

    asyncio.run(run())


def drafts(found: Office, year: int) -> list[str]:
    """Return the drafts on record, as texts, in order."""
    listed = preparation(found.record.history(f"review/{year}").standing()).drafts
    return [text(found, each.document_id) for each in listed]


def text(found: Office, document: str) -> str:
    (event,) = found.record.history(f"document/{document}").standing()
    assert isinstance(event.body, DocumentRegistered)
    assert event.body.content.sha256 is not None
    data = found.record.document(event.body.content.sha256)
    assert data is not None
    return data.decode()


def decides(found: Office, name: str) -> None:
    found.give(Propose, f"propose-{name}", decision=name, title="", items=(ProposedItem(number=1, text=""),))
    found.give(Adopt, f"adopt-{name}", decision=name, meeting="m")


def told(found: Office) -> list[str]:
    listed = sorted((each.intended for each in messages(found.record)), key=lambda each: each.composed_at)
    return [(each.rung or "").partition(".")[0] for each in listed]


def test_a_review_is_drafted_at_its_cut_off_and_again_before_its_adoption_with_what_came_since(year: Year) -> None:
    def goes_on() -> None:
        decides(found, "after")
        found.give(StatePriority, "border", year=this, priority="border", text="SIMULATED: border control")

    found, this = year
    decides(found, "before")
    found.give(SetCutOff, "cut-off", year=this, cut_off=f"{this}-11-30")
    runs(found, Meanwhile(goes_on), str(this))
    first, second = drafts(found, this)
    adopted = found.record.history("decision/before").standing()[-1].position
    later = found.record.history("decision/after").standing()[-1].position
    for draft in (first, second):
        assert draft.startswith("SYNTHETIC")
        assert f"- decisions-adopted: 1 [{adopted}]" in draft
        for part in ("1. All aspects of paragraphs 1 to 3", "2. Efforts", "3. Progress", "4. Priorities", "5. Input"):
            assert f"\n{part}" in draft
    assert "Nothing that is counted." in first
    assert f"- decisions-adopted: 1 [{later}]" in second.partition("Since the cut-off")[2]
    assert "- border: SIMULATED: border control" in second


def test_a_cut_off_that_is_moved_has_a_draft_of_its_own(year: Year) -> None:
    found, this = year
    found.give(SetCutOff, "cut-off", year=this, cut_off=f"{this}-11-30")
    cut_off = found.record.history(f"review/{this}").standing()[-1]
    found.give(Correct, "moved", target=cut_off.id, reason="as agreed", changes={"cut_off": f"{this}-12-05"})
    runs(found, Reviews(), str(this))
    assert all(f"the data cut-off {this}-12-05" in draft for draft in drafts(found, this))


def test_a_review_that_is_adopted_is_not_drafted_again(year: Year) -> None:
    def adopts() -> None:
        paper(found)
        about = {"deadline": f"annual-review/{this}", "duty": f"REV-{this}"}
        found.give(RecordStep, "adopted", step="adopted", document="paper", **about)

    found, this = year
    found.give(SetCutOff, "cut-off", year=this, cut_off=f"{this}-11-30")
    runs(found, Meanwhile(adopts), str(this))
    assert len(drafts(found, this)) == 1


def test_the_cut_off_of_a_review_that_was_entered_late_starts_nothing(year: Year) -> None:
    found, this = year
    found.give(SetCutOff, "cut-off", year=this - 1, cut_off=f"{this - 1}-11-30", known=f"{this - 1}-11-01")
    assert list(Reviews().cycles(At(found.record, found.record.now(), "sec"))) == []


def test_looked_at_twice_a_review_is_drafted_once(year: Year) -> None:
    found, this = year
    found.give(SetCutOff, "cut-off", year=this, cut_off=f"{this}-11-30")
    found.clock.set(f"{this}-12-01T12:00:00.000000Z")
    for _ in range(2):
        Reviews().act(str(this), "draft-1", At(found.record, found.record.now(), "sec"))
    assert len(drafts(found, this)) == 1


def test_what_a_review_lacks_is_told_on_its_days(year: Year) -> None:
    found, this = year
    runs(found, NOTES, f"deadline/annual-review/{this}")
    assert told(found) == ["cut-off", "drafted", "adopted", "transmitted"]


def test_what_a_programme_lacks_is_told_on_its_days_across_new_year(year: Year) -> None:
    found, this = year
    runs(found, NOTES, f"deadline/programme-of-work/{this + 1}")
    assert told(found) == ["drafted", "adopted", "transmitted"]


def test_of_a_programme_that_is_drafted_no_draft_is_asked_for(year: Year) -> None:
    found, this = year
    paper(found)
    found.give(DraftProgramme, "draft", programme=this + 1 - 2001, document="paper")
    runs(found, NOTES, f"deadline/programme-of-work/{this + 1}")
    assert told(found) == ["adopted", "transmitted"]


def test_a_closure_declared_meanwhile_moves_the_day_on_which_something_is_told(year: Year) -> None:
    found, this = year
    name = f"deadline/annual-review/{this}"
    before = cycle_of(found, NOTES, name).rungs[1]
    found.give(DeclareClosure, "storm", day=before.at[:10], reason="a storm")
    after = cycle_of(found, NOTES, name).rungs[1]
    assert after.name.partition(".")[0] == before.name.partition(".")[0]
    assert after.at < before.at
