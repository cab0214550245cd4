"""`ledger1540 restore`: a backup put in a record's place, brought up to what was signed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import named, settings
from interfaces.cli import options as o
from interfaces.cli.copy import ADDRESS
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some

if TYPE_CHECKING:
    from ledger.backups.next_log import NextLog, Opened
    from ledger.backups.restoring import Restored


def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `backup` wrote.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The home to make; nothing may be there.")],
    database: Annotated[
        str | None, typer.Option("--database", metavar="ADDRESS", help=f"Its database, if not in DIR: {ADDRESS}.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="ADDRESS", help="As whom to make the tables, as with `copy`.")
    ] = None,
    tail: Annotated[
        str | None,
        typer.Option("--tail", metavar="DIR|ADDRESS", help="A mirror, or another copy, that has what came since."),
    ] = None,
    home_from: Annotated[
        Path | None,
        typer.Option("--home-from", metavar="DIR", help="A home with documents, access log and signer that are left."),
    ] = None,
    signer: Annotated[
        Path | None,
        typer.Option("--signer", metavar="DIR", help="The signer's folder; by default LEDGER1540_SIGNER."),
    ] = None,
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", metavar="FILE", help="A checkpoint that was kept elsewhere.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="FILE", help="The keys of the log, as `key --policy` has them.")
    ] = None,
    open_next_log: Annotated[
        bool,
        typer.Option(
            "--open-next-log",
            help="Where signed events are lost for good: close the log, and go on under the next one's name.",
        ),
    ] = False,
    authority: Annotated[
        str | None,
        typer.Option(
            "--authority", metavar="TEXT", help="With --open-next-log: who decided so, and where; it is on record."
        ),
    ] = None,
    actor: o.Actor = None,
    json: o.Json = False,
) -> None:
    """Restore a backup to a new home, put behind it what came since, and verify all before the home appears.

    It must begin with every checkpoint that is known. Where more was signed than is at hand, it ends with 3 and makes
    nothing: to go on from an older state would be another history. Only where that is lost for good, and somebody has
    decided so, the record goes on, and under another name: `…/1` is closed, `…/2` opened, and all see what is lost.
    """
    from interfaces.keeping import outside
    from ledger.address import Address, address
    from ledger.backups.restoring import restore as restored

    def place(option: str, written: str | None) -> Address | None:
        try:
            return None if written is None else address(written)
        except MalformedInput as refusal:
            raise refusal.at(option) from None

    next_log = _next_log(authority, actor, asked=open_next_log)
    known = outside(tail=tail, checkpoint=checkpoint, policy=policy, signer=signer, home=home_from)
    with Progress(_("events restored")) as progress, named(home="--to", target="--database", source="BACKUP"):
        found = restored(
            backup,
            to,
            known,
            next_log=next_log,
            address=place("--database", database),
            owner=place("--owner", owner),
            progress=progress,
        )
    if json:
        write_json(found)
        return
    report = found.report
    counted, stored = (
        some("{} event", "{} events", report.events),
        some("{} document", "{} documents", report.documents),
    )
    line(f"{counted}, {stored}, {_('root')} {report.root or '-'}")
    line(_("{} from the backup, {} that came since").format(found.backed_up, found.replayed))
    _compared(found)
    told = _("restored to {}, and verified; put the vault and the signer back by hand")
    talk((told if found.opened is None else _("restored to {}, and verified; put the vault back by hand")).format(to))


def _next_log(authority: str | None, actor: str | None, *, asked: bool) -> NextLog | None:
    """Return by whom and on whose authority the next log is opened, if that is asked."""
    from ledger.backups.next_log import NextLog

    if not asked:
        if authority is not None:
            raise MalformedInput("an authority is for --open-next-log", where="--authority", remedy="leave it out")
        return None
    if not (authority or "").strip():
        raise MalformedInput(
            "a log is closed on somebody's authority", where="--authority", remedy="name the decision, and where it is"
        )
    return NextLog(settings(None, actor).actor, authority or "")


def _compared(found: Restored) -> None:
    if found.opened is not None:
        _opened(found.opened)
    elif found.against is None:
        talk(_("no checkpoint was at hand: whether more had been recorded nobody can tell; see --signer and --tail"))
    else:
        line(_("it begins with what was signed: {} events").format(found.against))


def _opened(opened: Opened) -> None:
    for each in opened.signed:
        line(_("closed: {}").format(each))
    line(_("opened: {}").format(opened.head))
    line(_("not in {}: {} of {}").format(opened.log, some("{} position", "{} positions", opened.lost), opened.closed))
    if not opened.vouched_for:
        talk(
            _("the key of {} was not at hand, so nothing but this says that its keeper opened {}").format(
                opened.closed, opened.log
            )
        )
    talk(_("hand the policy of both logs to whoever verifies: `ledger1540 key --policy`"))
    talk(_("the signer of {} is in the new home; LEDGER1540_SIGNER must not name the old one").format(opened.log))
