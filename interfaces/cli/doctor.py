"""`ledger1540 doctor`: one line for each check of this installation and this record."""

import typer

from interfaces.bootstrap import settings
from interfaces.checks import run
from interfaces.cli import options as o
from interfaces.cli.output import table, write_json
from interfaces.text import _

FAILED = 2


def doctor(home: o.Home = None, actor: o.Actor = None, json: o.Json = False) -> None:
    """Check home, record, clock, space, versions and roles: one line each; ends with 2 if something needs attention."""
    checks = run(settings(home, actor))
    if json:
        write_json(checks)
    else:
        table(
            ("", _("Check"), _("What was found")),
            ((_("ok") if each.ok else _("look"), each.name, each.found) for each in checks),
        )
    if not all(each.ok for each in checks):
        raise typer.Exit(FAILED)
