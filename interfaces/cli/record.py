"""`ledger1540 record COMMAND`: every command that has no verb of its own, its members as options."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature, cleandoc
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import typer
from typer.core import TyperGroup

from domain.catalogue import COMMANDS
from domain.deciding import Command
from domain.refusals import MalformedInput
from interfaces.cli.plain import make_plain
from interfaces.cli.work.doing import Session, working
from interfaces.cli.work.wording import VERBS
from interfaces.importing.commands import OUT_OF_PLACE, command_from
from interfaces.importing.reference_members import meaning
from interfaces.importing.reference_page import type_text

COMMON = Command.__struct_fields__


class Recording(TyperGroup):
    """The commands by name; the options of one are worked out when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # Any: the library keeps its context's type to itself
        """Return the names of all commands that are recorded this way."""
        del ctx
        return sorted(tag for tag in COMMANDS if has_no_verb(tag))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb that records a command, or None."""
        if cmd_name not in self.commands and cmd_name in self.list_commands(ctx):
            part = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
            part.command(cmd_name)(verb_of(cmd_name))
            self.commands[cmd_name] = typer.main.get_command(part)
        found = self.commands.get(cmd_name)
        if found is not None:
            make_plain(found, ctx)
        return found


def has_no_verb(tag: str) -> bool:
    """True for a command that neither a verb of its own nor the program alone gives."""
    return tag in _WITHOUT or (
        tag not in OUT_OF_PLACE and tag not in _OWN and tag not in VERBS and COMMANDS[tag].__module__ not in _WITH_VERBS
    )


_WITHOUT = frozenset({"ask-consent", "correct-reading", "refuse-consent", "supersede"})
"""Commands that no verb gives, of modules whose others have one."""
_OWN = frozenset({"object", "propose-contact"})
"""Commands whose verb has their name, beside others of their module that have none."""
_WITH_VERBS = frozenset(
    f"domain.{name}"
    for name in ("matrix.commands", "correcting", "decision", "submission", "document", "actor", "messages.commands")
)
"""Modules whose commands the verbs of the daily work give."""


def verb_of(tag: str) -> Callable[..., None]:
    """Return the verb that records a command: each member of it is an option."""
    kind = COMMANDS[tag]
    hints = get_type_hints(kind, include_extras=True)
    fields = [field for field in msgspec.structs.fields(kind) if field.name not in COMMON]

    def make(session: Session, /, **given: Any) -> Command:
        members = {name: _member(name, hints[name], value) for name, value in given.items() if _is_given(value)}
        return command_from({**session.said, **members, "command": tag})

    parameters = [_parameter(tag, field, hints[field.name]) for field in fields]
    make.__name__, make.__doc__ = tag, cleandoc(kind.__doc__ or "")
    make.__annotations__ = {"session": Session, "return": Command, **{one.name: one.annotation for one in parameters}}
    vars(make)["__signature__"] = Signature([Parameter("session", Parameter.POSITIONAL_ONLY), *parameters])
    return working(make)


def _is_given(value: object) -> bool:
    return value is not None and value != []


def _parameter(tag: str, field: msgspec.structs.FieldInfo, hint: object) -> Parameter:
    plain, several = _plain(hint)
    kind: Any = plain if _is_word(plain) else str
    metavar = type_text(hint).removeprefix("list of ").partition(" ")[0].upper() if _is_word(plain) else "JSON"
    says = (
        meaning(tag, field.name) + ("" if _is_word(plain) else ", as JSON") + ("; may be repeated" if several else "")
    )
    option = typer.Option(
        f"--{field.name.replace('_', '-')}", help=says, metavar=None if get_origin(plain) is Literal else metavar
    )
    annotation: Any = list[kind] if several else kind
    if field.required:
        return Parameter(field.name, Parameter.KEYWORD_ONLY, annotation=Annotated[annotation, option])
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[annotation | None, option])


def _is_word(plain: Any) -> bool:
    return plain in (str, int, bool) or get_origin(plain) is Literal


def _plain(hint: Any) -> tuple[Any, bool]:
    """Return the type that a member has on the command line, and whether it is given several times."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) is Union or "UnionType" in type(hint).__name__:
        return _plain(next(each for each in get_args(hint) if each is not type(None)))
    if get_origin(hint) is tuple:
        inner, _ = _plain(get_args(hint)[0])
        return (inner, True) if inner in (str, int) else (hint, False)
    return hint, False


def _member(name: str, hint: object, value: object) -> object:
    plain, _ = _plain(hint)
    if _is_word(plain) or not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        raise MalformedInput(
            f"not JSON: {error}", where=f"--{name.replace('_', '-')}", remedy="docs/reference/commands.md shows it"
        ) from None


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.add_typer(
        typer.Typer(
            cls=Recording,
            name="record",
            help="Record what has no verb of its own: members, offices, meetings, requests and all other commands.",
            no_args_is_help=True,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
        )
    )
