"""`ledger1540 relay`: send what is recorded to Kafka, in order; or say how far the topic is behind."""

from typing import Annotated

import typer

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _

KAFKA = "The servers, host:port with commas between; by default LEDGER1540_KAFKA."
Kafka = Annotated[str | None, typer.Option("--kafka", metavar="SERVERS", help=KAFKA, show_default=False)]


def relay(
    lag: Annotated[bool, typer.Option("--lag", help="Only say how far the topic is behind the record.")] = False,
    kafka: Kafka = None,
    home: o.Home = None,
    json: o.Json = False,
) -> None:
    """Send every event to Kafka in order of position, until told to stop (Ctrl-C or SIGTERM).

    It goes on behind the last event in the topic, which it makes if there is none. Of several, the last one that began
    sends and the others stand by. Whoever may read the topic reads the whole record: grant that at the broker.
    """
    from interfaces.run.projector import until_told
    from interfaces.run.relay import kafka as place_of
    from interfaces.run.relay import relay as relaying
    from ledger.relaying.relayed import lag as lag_of

    chosen, place = settings(home), place_of(kafka)
    if lag:
        with opened(chosen) as record:
            found = lag_of(record, place)
        if json:
            write_json({"record": found.record, "topic": found.topic, "behind": found.behind})
        else:
            line(_("record {}, topic {}, behind {}").format(found.record, found.topic, found.behind))
        return
    stop = until_told()
    talk(_("relaying to {}; Ctrl-C ends it").format(place))
    relaying(chosen, place, stop)
    talk(_("stopped"))
