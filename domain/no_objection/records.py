"""The commands of the no-objection procedure with the decisions that they ask for."""

from typing import cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.no_objection import closing, opening, voices
from domain.no_objection import commands as c
from domain.no_objection.events import EVENTS

__all__ = ["DECISIONS", "EVENTS"]

DECISIONS: dict[type[Command], Decide] = {
    c.OpenProcedure: cast("Decide", opening.open_procedure),
    c.InformIncoming: cast("Decide", opening.inform_incoming),
    c.Object: cast("Decide", voices.object_to),
    c.PlaceOnHold: cast("Decide", voices.place_on_hold),
    c.ReleaseHold: cast("Decide", voices.release_hold),
    c.AskTime: cast("Decide", voices.ask_time),
    c.AnswerTime: cast("Decide", voices.answer_time),
    c.CloseProcedure: cast("Decide", closing.close_procedure),
}
