"""`ledger1540 repack`: make the pages anew from which matrices are read."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line
from interfaces.text import some


def repack(home: o.Home = None) -> None:
    """Pack the pages anew from which matrices are read; they are derived, and nothing on record changes."""
    with opened(settings(home)) as record:
        count = record.repack()
    line(some("{} page packed", "{} pages packed", count))
