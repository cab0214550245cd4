"""What is checked of the options of working verbs, and the key of a command that was given none."""

from domain.refusals import MalformedInput
from domain.times import parse, period_of


def acting_actor(actor: str) -> str:
    """Return who acts.

    Raises:
        MalformedInput: nobody is named.
    """
    if not actor:
        raise MalformedInput(
            "nobody is named as acting", where="--actor", remedy="give --actor or set LEDGER1540_ACTOR"
        )
    return actor


def begins(written: str, option: str) -> str:
    """Return the first instant that a date can mean.

    Raises:
        MalformedInput: it is no date.
    """
    try:
        latest, precision = parse(written)
    except MalformedInput as refusal:
        raise refusal.at(option) from None
    return latest if precision == "instant" else period_of(latest, precision)[0]


def fresh_key() -> str:
    """Return a key that no command has had."""
    from uuid import UUID

    from ledger.randomness import SystemNonces

    return str(UUID(bytes=SystemNonces().at(0), version=4))
