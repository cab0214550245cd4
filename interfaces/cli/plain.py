"""Words on the command line turned into values without pydantic, whose import costs a third of a short command.

The library makes its own conversion when a parameter is first used, unless there is one already. Where a newer version
of it looks elsewhere for that, this has no effect but that commands start more slowly, which a test would show.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer

Convert = Callable[[str], object]


class Plain:
    """The conversion of one parameter, in the place of the library's."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value that a word, several words or a default mean."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        try:
            return [self._convert(each) for each in value] if several else self._convert(value)
        except ValueError as error:
            raise typer.BadParameter(str(error), ctx=ctx, param=param) from None


def make_plain(command: Any, ctx: Any) -> None:
    """Give the parameters that are words, whole numbers, paths, switches or choices their plain conversion."""
    for param in command.get_params(ctx):
        described = getattr(param, "type_descriptor", None)
        convert = None if described is None else _conversion(described.annotation, described.parameter_info)
        if convert is not None:
            param._runtime_param = Plain(convert)


def _conversion(annotation: Any, info: Any) -> Convert | None:
    if info.parser is not None or getattr(info, "exists", False) or getattr(info, "resolve_path", False):
        return None
    if get_origin(annotation) is list:
        return _conversion(get_args(annotation)[0], info)
    if annotation is str:
        return str
    if annotation is Path:
        return Path
    if annotation is int and info.min is info.max is None:
        return _whole
    if annotation is bool:
        return bool  # a switch is true or false already, or None where it was not given
    if get_origin(annotation) is Literal:
        return _choice(get_args(annotation))
    return None


def _whole(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise ValueError(f"{word!r} is not a valid integer") from None


def _choice(choices: tuple[str, ...]) -> Convert:
    def convert(word: str) -> str:
        if word not in choices:
            raise ValueError(f"{word!r} is not one of {', '.join(choices)}")
        return word

    return convert
