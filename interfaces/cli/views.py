"""`ledger1540 views`: how the views are."""

from interfaces.bootstrap import now_of, opened, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, table, write_json
from interfaces.text import _
from interfaces.views import opened_store


def views(home: o.Home = None, actor: o.Actor = None, json: o.Json = False) -> None:
    """Say of each view which generation is live, how far it is behind the record, and what was set aside."""
    from projections.engine.status import status
    from projections.views.catalogue import VIEWS

    chosen = settings(home, actor)
    with opened(chosen) as record, opened_store(chosen) as store:
        now, simulated = now_of(record), record.simulation
        found = status(store, record, VIEWS.values(), now)
        reads_all = reader_of(record, chosen.actor).reads_all(now)
    if not reads_all:
        found = [each.without_errors() for each in found]
    if json:
        write_json(found)
        return
    table(
        (
            _("View"),
            _("State"),
            _("Generation"),
            _("Version"),
            _("Position"),
            _("Behind"),
            _("Seconds"),
            _("Set aside"),
        ),
        (
            (
                each.view,
                each.state,
                "-" if each.generation is None else str(each.generation),
                str(each.version),
                str(each.position),
                str(each.behind),
                "-" if simulated else f"{each.behind_seconds:.0f}",
                str(len(each.dead_letters)),
            )
            for each in found
        ),
    )
    letters = [(each.view, letter) for each in found for letter in each.dead_letters]
    if letters:
        line()
        table(
            (_("View"), _("Position"), _("Type"), _("Stream"), _("Became"), _("Error")),
            (
                (
                    view,
                    str(each.position),
                    each.type,
                    each.stream,
                    _("skipped, on record") if each.skipped else _("the view stops before it"),
                    each.error,
                )
                for view, each in letters
            ),
        )
