"""`ledger1540 checkpoint`: seal and sign the record as it is, on demand."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, write_json
from interfaces.cli.writing import written

MISSED = 1


def checkpoint(
    home: o.Home = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write it to a file.")] = None,
    policy: o.Policy = None,
    json: o.Json = False,
) -> None:
    """Seal the heads of all streams, and sign the record as it is: which log, how many events, and their root.

    Ends with 3 where the record does not begin with what was signed last, or a witness has seen another history; with 1
    where fewer cosigned than the policy asks for.
    """
    from interfaces.cli.cosigned import tell
    from interfaces.signers import sealer_of
    from ledger.proving.checkpoint import checkpoint as in_note

    with opened(settings(home)) as record:
        witnessed = sealer_of(record, policy).witnessed()
    signed = witnessed.note
    if to is not None:
        written(to, [bytes(signed)])
    if json:
        found = in_note(signed)
        note = bytes(signed).decode()
        write_json(
            {
                "origin": found.origin,
                "size": found.size,
                "root": found.root.hex(),
                "note": note,
                "witnesses": witnessed.answers,
                "enough": witnessed.enough,
            }
        )
    elif to is None:
        for each in bytes(signed).decode().splitlines():
            line(each)
    tell(witnessed)
    if not witnessed.enough:
        raise typer.Exit(MISSED)
