"""Options that many verbs share, worded once."""

from pathlib import Path
from typing import Annotated

import typer

from domain.values import Reading, Standing

STATE = "A State: its ISO 3166 alpha-3 code, as KEN, or its name."
State = Annotated[str, typer.Argument(metavar="STATE", help=STATE)]
Home = Annotated[
    Path | None, typer.Option("--home", help="Where the record is; by default LEDGER1540_HOME.", show_default=False)
]
Actor = Annotated[
    str | None,
    typer.Option("--actor", help="As whom to act; by default LEDGER1540_ACTOR. Roles come from the record."),
]
Policy = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        help="Ask the witnesses that it names for cosignatures; by default LEDGER1540_POLICY.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What was known by a date: 2013, 2013-12, 2013-12-31 or an instant."),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--recorded-by",
        metavar="DATE|POSITION",
        help="Rest on what was recorded by a date, or by a position (a whole number).",
    ),
]
StandingOption = Annotated[
    Standing, typer.Option("--standing", help="Which standing of the matrix to read.", show_choices=True)
]
ReadingOption = Annotated[
    Reading,
    typer.Option("--reading", help="corrected: what we now say about the date; stood: what was believed on it."),
]
InForceOn = Annotated[
    str | None,
    typer.Option("--in-force-on", metavar="DATE", help="Blank the cells whose law was not in force on a date."),
]
Purpose = Annotated[
    str | None,
    typer.Option("--purpose", metavar="TEXT", help="What restricted documents are read for; the access log keeps it."),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Write the answer to a file that can be cited: .csv, .json or .xlsx."),
]
Replay = Annotated[
    bool, typer.Option("--replay", help="Answer by folding the events themselves, without the index; slower.")
]
