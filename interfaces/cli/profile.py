"""`ledger1540 profile`: the profiles that read lists, one of them as it is written, or one proposed for a file."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.writing import written
from interfaces.text import _


def profile(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A profile, to show it; left out, all are listed.")
    ] = None,
    propose: Annotated[
        Path | None, typer.Option("--propose", metavar="FILE", help="Propose one for the columns of a list.")
    ] = None,
    command: Annotated[
        str | None, typer.Option("--command", help="With --propose: what each row becomes, as request-assistance.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="With --propose: the sheet of a workbook.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep what is proposed under NAME, to be finished there.")
    ] = False,
    home: o.Home = None,
    json: o.Json = False,
) -> None:
    """Show how lists are read: which column is which member of a command; own profiles are in the home's `profiles`."""
    from interfaces.importing.lists import profiles

    chosen = settings(home, None)
    if propose is not None:
        text = _proposed(propose, command, sheet)
        if keep:
            path = _own(chosen.home, name)
            path.parent.mkdir(exist_ok=True)
            written(path, [text.encode()])
            talk(_("kept as {}; look at it before you use it").format(path))
    elif name is None:
        found = profiles.names(chosen.home)
        if json:
            write_json(found)
            return
        for each, whose in found.items():
            line(f"{each}  {whose}")
        return
    else:
        text = profiles.written(chosen.home, name)
    if json:
        write_json({"name": name, "profile": text})
    else:
        line(text.rstrip("\n"))


def _proposed(file: Path, command: str | None, sheet: str | None) -> str:
    from interfaces.importing.lists.proposing import proposed
    from interfaces.importing.source import Source

    if command is None:
        raise MalformedInput(
            "what each row becomes is not said", where="--command", remedy="such as --command request-assistance"
        )
    with Source(file, sheet=sheet) as source:
        return proposed(source, command)


def _own(home: Path, name: str | None) -> Path:
    import msgspec

    from domain.values import Name
    from interfaces.importing.lists.profiles import FOLDER, SUFFIX

    try:
        path = home / FOLDER / f"{msgspec.convert(name, Name)}{SUFFIX}"
    except msgspec.ValidationError:
        raise MalformedInput("it is kept under a name of A-Z a-z 0-9 . _ -", where="NAME") from None
    if path.exists():
        raise MalformedInput(f"{path} is there already", where="NAME", remedy="give another name, or edit it")
    return path
