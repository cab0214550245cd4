"""`ledger1540 follow-views`: the projector, in the foreground."""

from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import talk
from interfaces.text import _


def follow_views(home: o.Home = None, actor: o.Actor = None) -> None:
    """Keep the views up to date until told to stop (Ctrl-C or SIGTERM); of several, one leads and the others stand by.

    --actor is in whose name it is put on record that a view skips an event; most views stop instead.
    """
    from interfaces.run.projector import follow, until_told

    stop = until_told()
    talk(_("following the record; Ctrl-C ends it"))
    follow(settings(home, actor), stop)
    talk(_("stopped"))
