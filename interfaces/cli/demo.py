"""`ledger1540 demo`: a simulated history in a home of its own."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _

if TYPE_CHECKING:
    from interfaces.demo.build import Demo

SEED = 1540
STATES = 193


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("demo")(demo)


def demo(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", help="Where to put it; by default beside LEDGER1540_HOME, with -demo behind.", show_default=False
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same record, to the last hash.")] = SEED,
    states: Annotated[int, typer.Option("--states", help="How many States take part, from 1 to 193.")] = STATES,
    json: o.Json = False,
) -> None:
    """Make a simulated record, SYNTHETIC throughout: 193 States from 2004 to 2026, and all that the Committee does.

    Dates of the Committee's own life are real where they are known. What a matrix says is chance and no fact about any
    State. If this demo is there already, nothing is done.
    """
    chosen = home_beside("demo") if home is None else home.expanduser()
    about = make(chosen, seed=seed, states=states)
    if json:
        write_json({"home": str(chosen), **{name: getattr(about, name) for name in about.__struct_fields__}})
    else:
        line(f"{about.events}  {about.root}")
    talk(_("look around with: export LEDGER1540_HOME={}").format(chosen))


def home_beside(name: str) -> Path:
    """Return where a simulation is if nothing else is said: beside the record's home."""
    home = settings().home
    return home.with_name(f"{home.name}-{name}")


def make(home: Path, *, seed: int, states: int) -> Demo:
    """Make the demo or find it, and say which.

    Raises:
        MalformedInput: no number of States, or no seed.
        Conflict: something else is there.
    """
    if not 1 <= states <= STATES:
        raise MalformedInput(f"{states} States cannot take part", where="--states", remedy=f"from 1 to {STATES}")
    from interfaces.demo.build import demo as built

    began = monotonic()
    with Progress(_("simulated commands")) as progress:
        about, now = built(home, seed=seed, states=states, progress=lambda done, _: progress(done))
    if now:
        told = _("SYNTHETIC: a simulated record is in {}: {:,} events by {:,} commands, in {:.0f} s")
        talk(told.format(home, about.events, about.commands, monotonic() - began))
    else:
        talk(_("SYNTHETIC: the simulated record in {} is there already: {:,} events").format(home, about.events))
    return about
