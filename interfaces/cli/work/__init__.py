"""The verbs that work on the record: each gives commands, and says what became of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def register(app: "typer.Typer") -> None:
    """Put the working verbs on the command line."""
    from interfaces.cli.work import (
        accesses,
        answers,
        beginning,
        bringing,
        decisions,
        disposals,
        entering,
        matrices,
        operating,
        persons,
        repairs,
        rights,
        submissions,
        withdrawals,
    )

    for module in (
        beginning,
        bringing,
        submissions,
        matrices,
        entering,
        decisions,
        answers,
        repairs,
        withdrawals,
        rights,
        persons,
        accesses,
        disposals,
        operating,
    ):
        for name, verb in module.VERBS.items():
            app.command(name)(verb)
