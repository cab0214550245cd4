"""The decisions that commands on contacts ask for."""

from typing import cast

from domain.contact import commands, keeping, proposing
from domain.deciding import Command
from domain.mandate import Decide

DECISIONS: dict[type[Command], Decide] = {
    commands.ProposeContact: cast("Decide", proposing.propose),
    commands.ConfirmContact: cast("Decide", proposing.confirm),
    commands.ReaffirmContact: cast("Decide", keeping.reaffirm),
    commands.BounceContact: cast("Decide", keeping.bounce),
    commands.EndContact: cast("Decide", keeping.end),
    commands.EraseContact: cast("Decide", keeping.erase),
}
