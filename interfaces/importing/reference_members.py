"""What a member means in one command where it means another thing in others."""

from __future__ import annotations

from typing import Final

from domain.activity.kinds import KINDS as ACTIVITIES
from domain.organization import dialogue, registering
from interfaces.importing.reference_words import MEANING

OF_ONE: Final[dict[str, dict[str, str]]] = {
    "amend-law": {
        "number": "the number of that version, as its State writes it",
        "text": "what became of it, in words",
        "title": "the title of that version",
    },
    "answer-clarification": {"text": "what the State answered", "cells": "the cells that it speaks of"},
    "appraise-objective": {"text": "what was found"},
    "ask-clarification": {"text": "what is asked", "cells": "the cells that are asked about"},
    "assess": {"cells": "what the cells say, one by one"},
    "confirm": {"cells": "the cells that were looked at and stand as they are"},
    "confirm-directory": {"entries": "who is in it, by ids of registered actors"},
    "log-activity": {"kind": f"the kind of activity: {', '.join(ACTIVITIES)}", "text": "what was done, in words"},
    "log-dialogue": {"kind": f"the kind of exchange: {', '.join(dialogue.KINDS)}", "text": "what was said, in words"},
    "prune-access": {"through": "the last day that is given up, included"},
    "publish-events": {"entries": "the events of this version of the calendar"},
    "record-law": {"number": "the number of the law, as its State writes it", "title": "the title of the law"},
    "register-organization": {"kind": f"the kind of organization: {', '.join(registering.KINDS)}"},
    "request-assistance": {
        "cells": "the cells that it concerns, such as `T2011/op3cd-5-nw-legal`",
        "requesters": "a State that requests, by its ISO 3166 alpha-3 code, as KEN, not by its name; all that request"
        " jointly",
        "through": "the regional or other organization through which it came, by its id on record",
    },
    "seal-access": {"entries": "how many entries the day has", "root": "the root over its entries: RFC 6962"},
}
"""What members mean, by command."""


def meaning(command: str | None, member: str) -> str:
    """Return what a member of a command means, in one line; of what stands inside several, what it means there."""
    return OF_ONE.get(command or "", {}).get(member) or MEANING[member]
