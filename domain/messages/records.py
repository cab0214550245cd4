"""The decisions that commands on messages ask for."""

from typing import cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.messages import commands, handling, intending

DECISIONS: dict[type[Command], Decide] = {
    commands.IntendMessage: cast("Decide", intending.intend),
    commands.HoldMessage: cast("Decide", handling.hold),
    commands.ApproveMessage: cast("Decide", handling.approve),
    commands.CancelMessage: cast("Decide", handling.cancel),
    commands.BeginAttempt: cast("Decide", handling.begin),
    commands.EndAttempt: cast("Decide", handling.end),
    commands.ReturnMessage: cast("Decide", handling.take_back),
    commands.SuppressMessage: cast("Decide", handling.suppress),
}
