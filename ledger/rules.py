"""What the record asks of the domain; the real answers are `domain.catalogue`'s, tests may bring their own."""

from collections.abc import Callable

import msgspec

from domain.deciding import Command, Context
from domain.recorded import Decided, Event


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How commands are decided and written down, and which struct an event type has."""

    decide: Callable[[Command, Context], Decided]
    body_type: Callable[[str, int], type[Event]]
    encode_command: Callable[[Command], bytes]


def catalogue() -> Rules:
    """Return the Committee's rules, imported when first needed."""
    from domain import catalogue as found

    return Rules(decide=found.decide, body_type=found.body_type, encode_command=found.encode_command)
