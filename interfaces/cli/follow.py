"""`ledger1540 follow`: the events of the topic as they come, each checked against its own header."""

import sys
from typing import Annotated

import typer

from interfaces.cli import options as o
from interfaces.cli.output import line, talk
from interfaces.cli.relay import Kafka
from interfaces.text import _


def follow(
    start: Annotated[int, typer.Option("--from", metavar="POSITION", min=1, help="The first position.")] = 1,
    until_end: Annotated[
        bool, typer.Option("--until-end", help="End with what is in the topic now, instead of waiting for more.")
    ] = False,
    kafka: Kafka = None,
    json: o.Json = False,
) -> None:
    """Show the events of the topic in order, as they come, until told to stop (Ctrl-C or SIGTERM).

    It needs no record: it reads what the broker lets it read, and ends with 3 where a message is not what its header
    says or one is missing. With --json each line is that of `export --log`, with the stored bytes.
    """
    from domain.header import Header, decode_header
    from interfaces.run.projector import until_told
    from interfaces.run.relay import kafka as place_of
    from ledger.export import log_lines
    from ledger.relaying.following import followed

    def _seen(header: Header) -> bool:
        del header  # whom the broker lets read the topic sees all that is in it
        return True

    place, stop = place_of(kafka), until_told()
    shown = False
    for stored in followed(place, start, stop, until_end=until_end):
        shown = True
        if json:
            sys.stdout.buffer.writelines(log_lines([stored], _seen))
            sys.stdout.buffer.flush()
        else:
            header = decode_header(stored.header)
            line(f"{header.position}  {header.recorded_at}  {header.type}@{header.type_version}  {header.stream}")
    if until_end and not shown:
        talk(_("the topic ends before position {}").format(start))
