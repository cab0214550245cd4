"""`ledger1540 mirror`: a record made anew from its topic alone, checked as it comes."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.copy import ADDRESS
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.cli.relay import KAFKA
from interfaces.text import _, some


def mirror(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The home of the mirror; begun if nothing is there.")],
    kafka: Annotated[str | None, typer.Option("--kafka", metavar="SERVERS", help=KAFKA, show_default=False)] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="ADDRESS", help=f"Its database, if not in DIR: {ADDRESS}.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option("--documents", metavar="DIR", help="Copy the documents that it names from this folder of a home."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Of a simulation: the seed that it was made from.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on as more comes, until told to stop.")] = False,
    json: o.Json = False,
) -> None:
    """Rebuild the record from its topic: the same bytes, the same root; every leaf, chain and commitment is checked.

    It goes on where the mirror ends, and stops with 3 at a gap or at an event that does not follow. A mirror is read,
    never written: keep it apart from the record, and prove with `verify` that both have one root.
    """
    from interfaces.run.mirror import mirrored
    from interfaces.run.relay import kafka as place_of
    from ledger.address import address

    try:
        where = None if database is None else address(database)
    except MalformedInput as refusal:
        raise refusal.at("--database") from None
    with Progress(_("events mirrored")) as progress:
        report = mirrored(place_of(kafka), to, where, seed=seed, documents=documents, follow=follow, progress=progress)
    if json:
        write_json(report)
        return
    line(f"{some('{} event', '{} events', report.events)}, {_('root')} {report.root}")
    if report.missing_documents:
        talk(
            some(
                "{} document is named and not here: copy it with --documents",
                "{} documents are named and not here: copy them with --documents",
                report.missing_documents,
            )
        )
