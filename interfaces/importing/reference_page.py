"""Writes docs/reference/commands.md from the commands themselves: `python -m interfaces.importing.reference_page`."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from domain import catalogue, values
from domain.canonical import encode
from domain.deciding import Command
from interfaces.importing.commands import OUT_OF_PLACE
from interfaces.importing.reference_introduction import INTRODUCTION
from interfaces.importing.reference_members import meaning
from interfaces.importing.reference_words import MEANING, OVERRIDES, VALUE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
COMMON = Command.__struct_fields__
ALIASES = {
    values.Instant: "instant",
    values.Date: "date",
    values.Sha256: "SHA-256",
    values.Uuid: "UUID",
    values.Name: "name",
    values.StateCode: "State",
    values.CellId: "cell",
    values.Integer: "integer",
    values.Position: "integer from 1",
    values.Revision: "integer from 1",
    values.Offset: "integer from 0",
}
BASIC: dict[object, str] = {str: "text", int: "integer", bool: "true or false", type(None): "null", object: "any"}


def main() -> int:
    """Write the page, or with `--check` say whether it is up to date."""
    text = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION, _table(Command, ("command", *COMMON)), "\n## The commands\n"]
    nested: dict[str, type[msgspec.Struct]] = {}
    for tag, kind in sorted(catalogue.COMMANDS.items()):
        parts += [f"\n### `{tag}`\n\n{cleandoc(kind.__doc__ or '')}\n\n"]
        if tag in OUT_OF_PLACE:
            parts.append("Given by the program alone; not in files.\n\n")
        parts += [_table(kind, [name for name in kind.__struct_fields__ if name not in COMMON], tag)]
        parts += ["\n```json\n", example(tag), "\n```\n"]
        nested |= {each.__name__: each for each in _nested(kind)}
    parts.append("\n## What stands inside\n")
    for name, struct in sorted(nested.items()):
        parts += [f"\n### {name}\n\n{cleandoc(struct.__doc__ or '')}\n\n", _table(struct, struct.__struct_fields__)]
    return "".join(parts)


def example(tag: str) -> str:
    """Return a line with this command: its required members, and when the Committee knew."""
    kind = catalogue.COMMANDS[tag]
    members: dict[str, object] = {"command": tag, "id": f"{tag}-1", "actor": VALUE["actor"], "known": VALUE["known"]}
    members |= _sample(kind, skip=COMMON, overrides=OVERRIDES.get(tag, {}))
    order = ("command", *kind.__struct_fields__)
    return msgspec.json.encode({name: members[name] for name in order if name in members}).decode()


def _sample(
    struct: type[msgspec.Struct], skip: tuple[str, ...] = (), overrides: dict[str, object] | None = None
) -> dict[str, object]:
    hints = get_type_hints(struct, include_extras=True)
    required = _required(struct)
    given = overrides or {}
    sample = {name: _value(name, hints[name]) for name in required if name not in skip}
    return sample | {name: _value(name, hints[name]) if value is None else value for name, value in given.items()}


def _value(name: str, hint: object) -> object:
    inner = _entry(hint)
    if inner is not None:
        return [_sample(inner)]
    return VALUE.get(name, MEANING[name] if str in _union(hint) or hint is str else None)


def _required(struct: type[msgspec.Struct]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(struct) if field.required]


def _table(
    struct: type[msgspec.Struct], names: Iterator[str] | list[str] | tuple[str, ...], command: str | None = None
) -> str:
    hints = get_type_hints(struct, include_extras=True) | {"command": str}
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    lines = ["| member | type | default | meaning |\n|---|---|---|---|\n"]
    for name in names:
        field = fields.get(name)
        default = "" if field is None or field.required else f"`{encode(_default(field)).decode()}`"
        lines.append(f"| `{name}` | {type_text(hints[name])} | {default} | {meaning(command, name)} |\n")
    return "".join(lines) if len(lines) > 1 else "It has no members of its own.\n"


def _default(field: msgspec.structs.FieldInfo) -> object:
    made: object = field.default
    if made is msgspec.NODEFAULT and field.default_factory is not msgspec.NODEFAULT:
        made = typing.cast("typing.Callable[[], object]", field.default_factory)()
    return made


def type_text(hint: Any) -> str:
    """Return what people call a type."""
    for alias, text in ALIASES.items():
        if hint == alias:
            return text
    if hint in BASIC:
        return BASIC[hint]
    match get_origin(hint):
        case typing.Union | types.UnionType:
            return " or ".join(type_text(each) for each in get_args(hint))
        case builtin if builtin in (tuple, list):
            return f"list of {type_text(get_args(hint)[0])}"
        case builtin if builtin is dict:
            return "object"
        case found if found is Literal:
            return " or ".join(f"`{each}`" for each in get_args(hint))
        case found if found is Annotated:
            return type_text(get_args(hint)[0])
        case _:
            return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _union(hint: object) -> tuple[object, ...]:
    return get_args(hint)


def _entry(hint: object) -> type[msgspec.Struct] | None:
    """Return the struct that a member lists, if it lists one."""
    for each in (hint, *get_args(hint)):
        for inner in (each, *get_args(each)):
            if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                return inner
    return None


def _nested(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for hint in get_type_hints(struct, include_extras=True).values():
        inner = _entry(hint)
        if inner is not None:
            yield inner
            yield from _nested(inner)


if __name__ == "__main__":
    sys.exit(main())
