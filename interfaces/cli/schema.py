"""`ledger1540 schema`: the schemas of the stream, one of them, or a check that they are what was frozen."""

from typing import Annotated, Literal

import typer

from domain.refusals import MalformedInput, NotFound
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _, some

DIFFERS = 1


def schema(
    what: Annotated[
        Literal["list", "show", "check"],
        typer.Argument(
            metavar="list|show|check", help="List all, show one, or check that all are as they were frozen."
        ),
    ] = "list",
    kind: Annotated[
        str | None, typer.Argument(metavar="TYPE@VERSION", help="With show: the type, as matrix.cell-assessed@1.")
    ] = None,
    json: o.Json = False,
) -> None:
    """Show the Avro schemas of the stream: each type version has one, found by its fingerprint, and none ever changes.

    `check` reads every frozen file again, compares it with its hash and its fingerprint, reads every frozen value back,
    and sees that the versions of a type read each other.
    """
    if (what == "show") != (kind is not None):
        raise MalformedInput(
            "a type is named with show, and with nothing else",
            where="TYPE@VERSION",
            remedy="such as `ledger1540 schema show matrix.cell-assessed@1`",
        )
    if kind is not None:
        _show(kind)
    elif what == "list":
        _list(json=json)
    else:
        _check(json=json)


def _list(*, json: bool) -> None:
    from schemas.registry import subjects

    if json:
        write_json(subjects())
        return
    for kind, subject in subjects().items():
        line(f"{subject.fingerprint}  {kind}")
    talk(_("the files are in {}").format(_folder()))


def _show(kind: str) -> None:
    from schemas.golden import folder
    from schemas.registry import subjects

    subject = subjects().get(kind)
    if subject is None:
        raise NotFound(
            f"there is no type version {kind!r}", where="TYPE@VERSION", remedy="`ledger1540 schema list` names them all"
        )
    line(folder().joinpath(*subject.schema.split("/")).read_bytes().decode().rstrip("\n"))


def _check(*, json: bool) -> None:
    from schemas.checking import faults
    from schemas.registry import subjects

    found = list(faults())
    if json:
        write_json({"schemas": len(subjects()), "faults": found})
    else:
        for fault in found:
            line(fault)
        line(some("{} schema", "{} schemas", len(subjects())))
        line(_("Everything is as it was frozen.") if not found else _("Not everything is as it was frozen."))
    if found:
        raise typer.Exit(DIFFERS)


def _folder() -> str:
    from schemas import golden

    return str(golden.folder())
