"""`ledger1540 due`: what is due, and by which rule."""

from interfaces.bootstrap import now_of, opened, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked, resolve
from projections.duties import duties


def due(
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    reading: o.ReadingOption = "corrected",
    json: o.Json = False,
) -> None:
    """Say what is due now or was as of a date: dated duties by date, then those that are never overdue."""
    chosen = settings(home, actor)
    with opened(chosen) as record:
        now = now_of(record)
        asked = Asked(as_of=as_of, recorded_by=recorded_by, reading=reading)
        axes = resolve(record, asked, now)
        if as_of is None:
            axes = axes.known_by(now)
        found = duties(record, reader_of(record, chosen.actor), axes, now)
        if json:
            write_json(found)
            return
        from interfaces.cli.screens.duties import write_duties

        write_duties(axes, found, synthetic=record.simulation)
