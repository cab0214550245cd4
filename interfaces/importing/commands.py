"""JSON Lines of commands: any history can be fed this way, one command on each line, in recorded order.

A line is what `domain.catalogue.decode_command` reads. A `register-document` may also carry `path`, a file beside this
one, or `text`, the document itself; its bytes are stored first, and `sha256` and `size` are worked out from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from domain.canonical import encode, sha256
from domain.catalogue import COMMANDS, decode_command
from domain.deciding import Command
from domain.document import RegisterDocument
from domain.refusals import MalformedInput, Refusal
from interfaces.importing import strict
from interfaces.importing.reading import CHECKED, Given, Placed, check_date
from interfaces.importing.source import beside
from projections.close import close_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from interfaces.importing.faults import Faults
    from interfaces.importing.reading import OnRecord
    from interfaces.importing.source import Source

C = TypeVar("C", bound=Command)

LARGEST_DOCUMENT = 256 * 1024 * 1024
ONE_A_LINE = "one command on each line"
OUT_OF_PLACE = (
    *("import-batch", "reverse-batch", "register-type", "accept-clock", "skip-event"),
    *("register-sealed-document", "seal-access", "prune-access", "seal-heads", "change-key"),
    "open-next-log",
)
"""Commands by which the record keeps itself; a file of history does not give them."""

_MEMBER = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_NAMED = re.compile(r"(?:unknown|required) field `(?P<name>[^`]*)`")


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the commands of a file, line by line; what cannot be read becomes a fault."""
    del on_record  # a command refers to what is on record by the time that it is decided
    for line in source.lines(faults):
        if not line.text.strip():
            continue
        try:
            command, content = command_of(line.text.rstrip("\r\n"), given, source.folder)
        except Refusal as refusal:
            faults.take(source.name, line.number, refusal)
        else:
            yield Placed(command, (line.number,), content)


def command_of(line: str, given: Given, folder: Path | None) -> tuple[Command, bytes | None]:
    """Return the command of one line, and the bytes that it brings.

    Raises:
        Refusal: what is wrong, and in which member.
    """
    try:
        found = strict.read(line)
    except MalformedInput as refusal:
        raise MalformedInput(refusal.what, where=refusal.where, remedy=refusal.remedy or ONE_A_LINE) from None
    if not isinstance(found, dict):
        raise MalformedInput("not a command: a JSON object", remedy='begin with {"command": …')
    members = cast("dict[str, object]", found)
    content = _content(members, folder)
    if content is not None:
        _agree(members, "sha256", sha256(content))
        _agree(members, "size", len(content))
    tag = members.get("command")
    if tag in OUT_OF_PLACE:
        raise MalformedInput(f"`{tag}` is not for files", where="command", remedy="the program gives it itself")
    if members.get("causation") is not None:
        raise MalformedInput(
            "a command in a file names no cause of its own: the batch is its cause",
            where="causation",
            remedy="leave it out; a correction of what came late needs no authority, any other is given with `correct`",
        )
    command = command_from(members, plain=strict.is_plain(line))
    return (msgspec.structs.replace(command, synthetic=True) if given.synthetic else command), content


def command_from(members: Mapping[str, object], *, plain: bool = False) -> Command:
    """Return the command that members make, its text in NFC (which `plain` ones are) and its dates real.

    Raises:
        MalformedInput: what is wrong, and in which member.
    """
    tag = members.get("command")
    if not isinstance(tag, str) or tag not in COMMANDS:
        raise MalformedInput(
            f"unknown command {tag!r}" if "command" in members else "no member `command` says what is asked for",
            where="command",
            remedy=close_to(str(tag), {name: name for name in COMMANDS}) or "see docs/reference/commands.md",
        )
    normal = dict(members) if plain else strict.normalised(dict(members))
    _check_dates(normal)
    try:
        return decode_command(encode(normal))
    except MalformedInput as refusal:
        raise _placed(refusal) from None


def checked(command: C) -> C:
    """Return a command as the door lets it in: the same, but checked against its own types, with its text in NFC.

    Raises:
        MalformedInput: what is wrong, and in which member.
    """
    found = command_from(cast("Mapping[str, object]", msgspec.to_builtins(command)))
    assert isinstance(found, type(command))  # noqa: S101 - its tag says so
    return found


def _content(members: dict[str, object], folder: Path | None) -> bytes | None:
    """Take `path` or `text` out of a `register-document` and return the bytes that it means."""
    if members.get("command") != RegisterDocument.__struct_config__.tag:
        return None
    path, text = members.pop("path", None), members.pop("text", None)
    match path, text:
        case None, None:
            return None
        case str(), None if folder is not None:
            return beside(folder, path, where="path", largest=LARGEST_DOCUMENT)
        case None, str():
            try:
                return text.encode()
            except UnicodeEncodeError:
                raise MalformedInput("the text holds half of a surrogate pair", where="text") from None
        case _:
            raise MalformedInput(
                "a document comes from `path`, a file beside this one, or from `text`, not both", where="path"
            )


def _agree(members: dict[str, object], name: str, found: str | int) -> None:
    said = members.setdefault(name, found)
    if said != found:
        raise MalformedInput(f"the document has {name} {found}, not {said}", where=name, remedy="leave it out")


def _check_dates(value: object) -> None:
    if isinstance(value, dict):
        for name, member in cast("Mapping[str, object]", value).items():
            if name in CHECKED:
                check_date(name, member)
            elif isinstance(member, dict | list):
                _check_dates(cast("object", member))
    elif isinstance(value, list):
        for member in cast("list[object]", value):
            _check_dates(member)


def _placed(refusal: MalformedInput) -> MalformedInput:
    """Return a refusal of the decoder with the member that it names as its place."""
    found = _MEMBER.match(refusal.what)
    named = _NAMED.search(refusal.what)
    if found is None or (found["path"] is None and named is None):
        return refusal
    path = (found["path"] or "").removeprefix(".")
    if named is not None:
        path = f"{path}.{named['name']}".removeprefix(".")
    return MalformedInput(found["what"], where=path, remedy=refusal.remedy)
