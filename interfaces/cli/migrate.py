"""`ledger1540 migrate`: the tables in which the engine of the views keeps its affairs."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, write_json
from interfaces.text import _
from interfaces.views import views_url


def migrate(home: o.Home = None, json: o.Json = False) -> None:
    """Bring the tables of the views to the form that this program needs; the record itself is not touched."""
    from projections.engine.migrating import migrate as run
    from projections.engine.store import HEAD, Store

    chosen = settings(home)
    with opened(chosen):
        store = Store(views_url(chosen))
    before = run(store)
    store.close()
    if json:
        write_json({"before": before, "now": HEAD})
    elif before == HEAD:
        line(_("nothing to do: the tables of the views are at migration {}").format(HEAD))
    else:
        line(_("the tables of the views were at migration {}, and are at {} now").format(before or _("none"), HEAD))
