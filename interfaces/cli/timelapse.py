"""`ledger1540 timelapse`: years of the Committee in a minute, with the office at work."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.cli import options as o
from interfaces.cli.demo import SEED, STATES, home_beside
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _

if TYPE_CHECKING:
    from projections.lived import Year


def timelapse(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day that is lived.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day.")],
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            help="Where to put it; by default beside LEDGER1540_HOME, with -timelapse behind.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same record, to the last hash.")] = SEED,
    states: Annotated[int, typer.Option("--states", help="How many States take part, from 1 to 193.")] = 1,
    json: o.Json = False,
) -> None:
    """Live years of the simulated history, SYNTHETIC throughout, with everything that falls due done by itself.

    Duties, reminders and decisions come from the same rules as in the office; only nobody waits, and mail is kept in a
    folder. Counts are of the Committee's own work.
    """
    from time import monotonic

    from interfaces.cli.progress import Progress
    from interfaces.demo.timelapse import timelapse as lived

    begins, ends = _lived(first, last)
    if not 1 <= states <= STATES:
        raise MalformedInput(f"{states} States cannot take part", where="--states", remedy=f"from 1 to {STATES}")
    chosen = home_beside("timelapse") if home is None else home.expanduser()
    began = monotonic()
    with Progress(_("looks at what falls due")) as progress:
        looks = 0

        def told(_at: str) -> None:
            nonlocal looks
            looks += 1
            progress(looks)

        years, root = lived(chosen, begins, ends, seed=seed, states=states, progress=told)
    if json:
        write_json({"home": str(chosen), "synthetic": True, "looks": looks, "root": root, "years": years})
    else:
        _write(years)
    talk(_("SYNTHETIC: {} to {} are lived in {}, in {:.0f} s").format(begins, ends, chosen, monotonic() - began))


def _lived(first: str, last: str) -> tuple[date, date]:
    """Return the first and the last day.

    Raises:
        MalformedInput: they are no days, or not in the simulated history, or in the wrong order.
    """
    from interfaces.demo.dates import END, START

    days: list[date] = []
    for written, option in ((first, "--from"), (last, "--to")):
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise MalformedInput(f"{written!r} is no day", where=option, remedy="write it as 2013-06-01") from None
        if not START < day <= END:
            raise MalformedInput(f"{day} is not in the simulated history", where=option, remedy=f"{START} to {END}")
        days.append(day)
    if days[0] > days[1]:
        raise MalformedInput(f"{first} is after {last}", where="--from", remedy="the first day comes first")
    return days[0], days[1]


def _write(years: tuple[Year, ...]) -> None:
    words = {
        "programmes_adopted": _("programmes of work adopted"),
        "programmes_transmitted": _("programmes of work transmitted"),
        "steps_done": _("steps of duties done"),
        "deadlines_extended": _("deadlines extended"),
        "duties_dropped": _("duties given up"),
        "reminders_before": _("reminders before the last day"),
        "reminders_after": _("reminders after the last day"),
        "other_messages": _("other messages"),
        "without_address": _("letters to be handed over"),
        "returned": _("messages returned"),
        "proposals": _("proposals put to the Committee"),
        "adopted_in_meeting": _("adoptions in a meeting"),
        "not_adopted": _("proposals without consensus"),
        "procedures_opened": _("no-objection procedures opened"),
        "adopted_by_silence": _("adoptions without an objection"),
        "objections": _("objections"),
        "holds": _("holds"),
    }
    line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    for each in years:
        line()
        line(str(each.year))
        for name, says in words.items():
            count = {str(figure): number for figure, number in each.figures.items()}.get(name)
            if count:
                line(f"  {count:>5}  {says}")
