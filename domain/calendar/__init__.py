"""What is due at any past or present date, and by which rule: worked out from the record alone, and stored nowhere."""

from domain.calendar.answering import due, due_of
from domain.calendar.entries import Act, Due, Opened, Served, Status, StepState, Worded, to_json
from domain.calendar.examining import examinations
from domain.calendar.story import Deed, story
from domain.closing import Facts, Progress

__all__ = [
    "Facts",
    "Deed",
    "story",
    "Act",
    "Due",
    "Opened",
    "Progress",
    "Served",
    "Status",
    "StepState",
    "Worded",
    "due",
    "due_of",
    "examinations",
    "to_json",
]
