"""What witnesses said of a checkpoint, told to people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from interfaces.cli.output import talk
from interfaces.text import _

if TYPE_CHECKING:
    from ledger.proving.witnessing import Witnessed


def tell(witnessed: Witnessed) -> None:
    """Say who cosigned and when, who did not and why, and whether they are enough."""
    for each in witnessed.answers:
        if each.seconds is None:
            talk(_("{} did not cosign: {}").format(each.witness, each.said))
        else:
            when = datetime.fromtimestamp(each.seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            talk(_("{} cosigned at {}").format(each.witness, when))
            if each.said:
                talk(_("{} was asked again: {}").format(each.witness, each.said))
    if not witnessed.enough:
        talk(_("fewer cosigned than the policy asks for"))
