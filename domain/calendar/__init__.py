"""What is due at any past or present date, and by which rule: worked out from the record alone, and stored nowhere."""

from domain.calendar.answering import due, due_of, examinations
from domain.calendar.entries import Due, Progress, Status, StepState, Worded, to_json

__all__ = ["Due", "Progress", "Status", "StepState", "Worded", "due", "due_of", "examinations", "to_json"]
