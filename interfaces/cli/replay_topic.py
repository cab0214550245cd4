"""`ledger1540 replay-topic`: compare the topic with the record, byte for byte."""

from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.cli.relay import Kafka
from interfaces.text import _, some

DIFFERS = 1


def replay_topic(
    check: Annotated[bool, typer.Option("--check", help="Compare the topic with the record.")] = False,
    kafka: Kafka = None,
    home: o.Home = None,
    json: o.Json = False,
) -> None:
    """Replay the topic beside the record and name the first position where they differ; ends with 1 if they do.

    A topic that is only behind does not differ. Bodies that the record has disposed of and the topic still holds are
    counted: the topic goes with them only if it is deleted and filled anew.
    """
    from interfaces.run.relay import kafka as place_of
    from ledger.relaying.comparing import compare

    if not check:
        raise MalformedInput("nothing else is done to a topic", where="--check", remedy="add --check")
    chosen, place = settings(home), place_of(kafka)
    with opened(chosen) as record, Progress(_("events compared"), record.last_position) as progress:
        found = compare(record, place, progress)
    if json:
        write_json(found)
    else:
        line(f"{some('{} event', '{} events', found.topic)}, {_('root')} {found.root}")
        line(found.first or _("Topic and record say the same."))
        if found.record > found.topic and found.first is None:
            line(some("{} event is not relayed yet", "{} events are not relayed yet", found.record - found.topic))
        if found.repeated:
            line(some("{} event is there again", "{} events are there again", found.repeated))
        if found.disposed:
            talk(
                some(
                    "{} body is disposed of on record and can still be read in the topic",
                    "{} bodies are disposed of on record and can still be read in the topic",
                    found.disposed,
                )
            )
    if found.first is not None:
        raise typer.Exit(DIFFERS)
