"""`ledger1540 rebuild VIEW`: a view made anew beside the live one, compared with it, and put in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import now_of, opened, reader_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _, some
from interfaces.views import opened_store, skipper

if TYPE_CHECKING:
    from projections.engine.comparing import Comparison
    from projections.engine.rebuilding import Rebuilt

DIFFERS = 1


def rebuild(
    view: Annotated[str, typer.Argument(metavar="VIEW", help="The view, as `ledger1540 views` names it.")],
    check: Annotated[bool, typer.Option("--check", help="Compare only; what is live stays live.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the rebuilt rows also where they differ from the live ones.")
    ] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, max=64, help="How many share the work.")] = 1,
    home: o.Home = None,
    actor: o.Actor = None,
    json: o.Json = False,
) -> None:
    """Rebuild a view beside the live one, compare both at one position, and switch; ends with 1 where rows differ."""
    from projections.engine.rebuilding import Rebuild
    from projections.views.catalogue import named

    kept = named(view)
    if check and accept:
        raise MalformedInput("--check changes nothing, --accept does", where="--accept", remedy="give one of them")
    chosen = settings(home, actor)
    with opened(chosen) as record, opened_store(chosen) as store:
        work = Rebuild(
            store,
            record,
            check=check,
            accept=accept,
            shares=processes,
            opener=partial(opened, chosen),
            skip=skipper(record, chosen.actor) if chosen.actor else None,
        )
        done = work.run(kept)
        reads_all = reader_of(record, chosen.actor).reads_all(now_of(record))
    if not reads_all:
        done = done.without_rows()
    if json:
        write_json(done)
    else:
        _write(done)
    if not reads_all and done.comparison is not None and not done.comparison.same:
        talk(_("the rows that differ are withheld from you: name as --actor who reads all"))
    if done.comparison is not None and not done.comparison.same:
        raise typer.Exit(DIFFERS)


def _write(done: Rebuilt) -> None:
    if done.comparison is None:
        line(
            _("{}: built anew to position {}; there was nothing of this version to compare it with").format(
                done.view, done.position
            )
        )
    else:
        _write_comparison(done.view, done.comparison)
    if done.switched:
        talk(_("generation {} is live").format(done.generation))
    else:
        talk(_("what was live stays live"))


def _write_comparison(view: str, found: Comparison) -> None:
    rows = some("{} row", "{} rows", found.rows[1])
    if found.same:
        line(_("{}: the same at position {}: {}, SHA-256 {}").format(view, found.position, rows, found.sha256[1]))
        return
    line(_("{}: differs at position {}: live {} rows, rebuilt {}").format(view, found.position, *found.rows))
    for each in found.differences:
        for mark, row in (("-", each.live), ("+", each.rebuilt)):
            if row is not None:
                line(f"{mark} " + " ".join(f"{name}={value!r}" for name, value in row.items()))
