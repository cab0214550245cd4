"""Verbs of more than one word: `outbox list`, `witness serve`."""

from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from interfaces.cli.plain import make_plain


class Words(TyperGroup):
    """The words behind a verb, whose parameters are turned into values as those of every verb."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # Any: the library keeps its context's type to itself
        """Return the verb behind a word, or None."""
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            make_plain(found, ctx)
        return found


def add_words(app: typer.Typer, name: str, about: str, words: Mapping[str, Callable[..., None]]) -> None:
    """Put a verb with words behind it on the command line."""
    part = typer.Typer(
        cls=Words, name=name, help=about, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    for word, verb in words.items():
        part.command(word)(verb)
    app.add_typer(part)
