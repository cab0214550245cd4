"""What followed from a decision: given a record, then all that rests on it is told, and whether that stands."""

from domain.consequences import Consequence, consequences
from domain.content import Content
from domain.deadline import DeadlineExtended
from domain.decision import DecisionAdopted, DecisionProposed, Item
from domain.messages.events import MessageIntended
from tests.domain.given import InMemory
from tests.domain.twelfth import the_twelfth_programme

DEADLINE = "deadline/annual-review/2013"


def moved() -> InMemory:
    """Return a record in which a decision moved the annual review."""
    record = the_twelfth_programme()
    item = Item(number=1, text="more time", rests_on=())
    record.given("decision/d-1", DecisionProposed(decision="d-1", title="more time", items=(item,)), "2013-12-01")
    record.given("decision/d-1", DecisionAdopted(decision="d-1", items=(1,), meeting="m"), "2013-12-02")
    extended = DeadlineExtended(
        deadline="annual-review/2013", duty="REV-2013", due="2014-01-31", decision_id="d-1", reason="as decided"
    )
    record.given(DEADLINE, extended, "2013-12-03")
    return record


def told(record: InMemory, decision: str = "d-1") -> list[Consequence]:
    return list(consequences(record, decision, record.after(0)))


def reminder(record: InMemory) -> None:
    intended = MessageIntended(
        message="m-1",
        message_id="<m-1@committee.example>",
        composed_at="2014-01-02T14:00:00.000000Z",
        addressee="role:chair",
        kind="deadline-reminder",
        template_version=1,
        language="en",
        content=Content(kind="plain", sha256="0" * 64, commitment=None),
        size=1,
        filled_at=1,
        about=DEADLINE,
        duty="REV-2013",
        rung="T-30",
        paragraph="2",
        first=None,
        approval_needed=False,
        when_uncertain="send-again",
    )
    record.given("message/m-1", intended, "2014-01-02")


def test_a_deadline_that_a_decision_moved_is_told() -> None:
    (found,) = told(moved())
    assert (found.what, found.stands) == ("moved", True)
    assert found.through == "the adoption of decision d-1"


def test_messages_about_what_it_moved_are_told_and_those_before_are_not() -> None:
    record = moved()
    reminder(record)
    assert [each.what for each in told(record)] == ["moved", "sent"]
    before = the_twelfth_programme()
    reminder(before)
    assert told(before) == []


def test_of_another_decision_nothing_is_told() -> None:
    assert told(moved(), "d-2") == []
