"""What is recorded of annual reviews: their events, and the decisions that their commands ask for."""

from typing import ClassVar, cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.recorded import Event, RecordedInError
from domain.review import preparing, priorities


class ReviewRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of an annual review should never have been recorded."""

    TYPE: ClassVar[str] = "review.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (*preparing.EVENTS, *priorities.EVENTS, ReviewRecordedInError)
DECISIONS: dict[type[Command], Decide] = {
    preparing.SetCutOff: cast("Decide", preparing.set_cut_off),
    preparing.GiveInput: cast("Decide", preparing.give_input),
    preparing.DraftReview: cast("Decide", preparing.draft),
    priorities.StatePriority: cast("Decide", priorities.state),
    priorities.TakePriorityUp: cast("Decide", priorities.take_up),
    priorities.SetPriorityAside: cast("Decide", priorities.set_aside),
}
