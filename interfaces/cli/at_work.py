"""`ledger1540 work` and `ledger1540 up`: what falls due is waited for, in the foreground."""

from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import talk
from interfaces.text import _


def work(home: o.Home = None, actor: o.Actor = None) -> None:
    """Wait for what falls due and do it, until told to stop (Ctrl-C or SIGTERM), on the server of LEDGER1540_TEMPORAL.

    --actor holds the role secretariat: what falls due is put on record in its name. Several may run; nothing is done
    twice.
    """
    from interfaces.run.projector import until_told
    from interfaces.run.worker import office, server_of
    from interfaces.run.worker import work as working
    from interfaces.signers import kept_sealed

    chosen, stop = settings(home, actor), until_told()
    with office(chosen) as at_work:
        place = server_of(chosen)
        talk(_("at work with the Temporal server at {}; Ctrl-C ends it").format(place))
        with kept_sealed(at_work.record):
            working(at_work, place, stop)
    talk(_("stopped"))


def up(home: o.Home = None, actor: o.Actor = None) -> None:
    """Start the embedded Temporal server of this home and work with it, until told to stop (Ctrl-C or SIGTERM).

    The embedded server is for evaluation and small offices: its data may be lost, and is then made anew from the
    record. For an office that rests on it, run a server of your own and `ledger1540 work`.
    """
    from interfaces.run.projector import until_told
    from interfaces.run.temporal_server import served
    from interfaces.run.worker import office
    from interfaces.run.worker import work as working
    from interfaces.signers import kept_sealed

    chosen, stop = settings(home, actor), until_told()
    with office(chosen) as at_work, served(chosen.home) as place:
        talk(_("an embedded Temporal server, for evaluation, runs at {}; Ctrl-C ends it").format(place.address))
        with kept_sealed(at_work.record):
            working(at_work, place, stop, embedded=True)
    talk(_("stopped"))
