"""`make run`: a production record with the programme, the simulated history beside it, and a short tour of both."""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from domain.refusals import Refusal
from interfaces.bootstrap import now_of, opened, question_of, settings
from interfaces.cli.demo import SEED, STATES, home_beside, make
from interfaces.cli.ending import INTERRUPTED, say
from interfaces.cli.output import line, paragraph, table, talk
from interfaces.cli.verbs import app
from interfaces.run.tour_records import DUE_DATE, show_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from projections.matrix import CellView, Matrix

EXAMPLE = "KEN"
MATRIX_DATE = "2013-12-31"
DECEMBER = "deadline/annual-review/2013"
REPEALED_DATE = "2015-12-31"
FIRST_ACTOR = "secretariat-1"
SYNTHETIC = "SYNTHETIC: what follows is made up. It is no fact about any State."


def main(words: Sequence[str] | None = None) -> int:
    """Make both records where they are not there yet, and walk through them; return the exit code."""
    parser = ArgumentParser(prog="python -m interfaces.run.tour", description=__doc__)
    parser.add_argument("--states", type=int, default=STATES, help="how many States take part in the simulation")
    parser.add_argument("--seed", type=int, default=SEED, help="the seed of the simulation")
    given = parser.parse_args(words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the embedded server is stopped then, too
    try:
        return _tour(given.states, given.seed)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Refusal as refusal:
        return say(refusal)


def _tour(states: int, seed: int) -> int:
    real, simulated = settings().home, home_beside("demo")
    _title("1. A production record: States, templates, mandates, and the twelfth programme of work")
    _use(real)
    _begin(real)
    _title(f"2. A simulated history of {states} States from 2004 to 2026, in a home of its own")
    _say(f"demo --home {simulated}" + ("" if (states, seed) == (STATES, SEED) else f" --states {states} --seed {seed}"))
    about = make(simulated, seed=seed, states=states)
    line(f"{about.events} events by {about.commands} commands, root {about.root}")
    _use(simulated)
    cell = _matrix(simulated)
    _title("4. How one cell came to say what it says")
    ended = _run("log", EXAMPLE, cell, "--as-of", "2014-12-31")
    _title(f"5. What was due on {DUE_DATE}, and how far it was")
    _say(f"due --as-of {DUE_DATE}")
    show_due(simulated)
    _title("6. What the Committee does beside the matrices: assistance, meetings, consent, laws")
    _beside(simulated)
    _title("7. Nothing was changed since it was recorded: both records, from their stored bytes")
    for home in (simulated, real):
        ended = _run("verify", "--home", str(home)) or ended
    december = real.with_name(f"{real.name}-december")
    _title("8. A December with its deadlines: the review's cut-off, reminders in a mailbox, a silence procedure")
    ended = _december(december) or ended
    _title("Look around")
    line(f"  production record  {real}")
    line(f"  simulated record   {simulated}  (export LEDGER1540_HOME={simulated})")
    line(f"  simulated December {december}")
    line("  ledger1540 --help names every verb")
    return ended


def _title(words: str) -> None:
    line()
    line(words)
    line("-" * min(len(words), 100))


def _say(words: str) -> None:
    line(f"$ ledger1540 {words}")


def _use(home: Path) -> None:
    """Work in a home from here on, as its own first actor, and say how a person does the same."""
    os.environ["LEDGER1540_HOME"] = str(home)
    os.environ.pop("LEDGER1540_ACTOR", None)
    line(f"$ export LEDGER1540_HOME={home}")


def _begin(home: Path) -> None:
    from interfaces.cli.work.beginning import ORIGIN, begin
    from ledger.archive import DATABASE

    _say(f"init --actor {FIRST_ACTOR}")
    if (home / DATABASE).exists():
        with opened(settings()) as record:
            line(f"{record.last_position} events are there already, as {record.origin}")
        return
    begun = begin(home, ORIGIN, FIRST_ACTOR)
    line(f"{begun.last_position} events, root {begun.root}")


def _run(*words: str) -> int:
    """Run a verb as a person would type it; return its exit code."""
    _say(" ".join(words))
    sys.stdout.flush()
    ended: object = app(list(words), prog_name="ledger1540", standalone_mode=False)
    return ended if isinstance(ended, int) else 0


def _matrix(home: Path) -> str:
    """Show where one matrix differs in its two readings; return a cell that was corrected later."""
    _title(f"3. One matrix as of {MATRIX_DATE}: what was believed then, and what we now say about that day")
    line(SYNTHETIC)
    common = f"show {EXAMPLE} --as-of {MATRIX_DATE} --standing working"
    _say(f"{common} --reading stood")
    _say(f"{common} --reading corrected")
    stood, corrected = _read(home, "stood"), _read(home, "corrected")
    view = corrected.view
    line(
        f"{EXAMPLE}, revision {view.revision} on {view.template}, {len(view.cells)} cells; "
        f"known by {view.known_cut}, recorded by position {view.recorded_by.position}; the values that differ:"
    )
    before, after = ({cell.cell: cell for cell in each.view.cells} for each in (stood, corrected))
    rows = [(name, _value(before.get(name)), _value(after.get(name))) for name in view.differs]
    table(("Cell", "Believed then", "Said now"), rows)
    paragraph(view.notice or "")
    changed = [name for name in view.differs if after[name].event_id is not None and before[name].event_id is not None]
    return (changed or [*view.differs, view.cells[0].cell])[0]


def _read(home: Path, reading: str) -> Matrix:
    from projections.axes import Asked
    from projections.matrix import show

    chosen = settings(home)
    asked = Asked(as_of=MATRIX_DATE, standing="working", reading="stood" if reading == "stood" else "corrected")
    with opened(chosen) as record:
        return show(question_of(record, chosen.actor, EXAMPLE, asked, replay=False))


def _value(cell: CellView | None) -> str:
    if cell is None or cell.value is None:
        return "(nothing)"
    return cell.value or "(set to blank)"


def _beside(home: Path) -> None:
    """Show a request's procedure, a meeting's papers, a consent before it is given, and a law that is repealed."""
    from interfaces.run.tour_records import PARTNER, show_papers, show_preview, show_procedure
    from projections.axes import Asked

    line(SYNTHETIC)
    chosen = settings(home)
    with opened(chosen) as record:
        show_procedure(record)
        line()
        show_papers(record)
        line()
        _say(f"preview {EXAMPLE} --scope share --partner {PARTNER} --as-of {MATRIX_DATE}")
        question = question_of(record, chosen.actor, EXAMPLE, Asked(as_of=MATRIX_DATE), replay=False)
        show_preview(question, now_of(record))
    line()
    _run("what-rests-on", f"law/sim-law-{EXAMPLE.lower()}", "--standing", "approved", "--as-of", REPEALED_DATE)


def _december(home: Path) -> int:
    """Live through a December at a Temporal server, and show what came of it."""
    from interfaces.run.december import DECISION
    from interfaces.run.tour_december import lived, show_draft, show_mailbox

    line(SYNTHETIC)
    lived(home)
    _use(home)
    with opened(settings(home)) as record:
        show_draft(record)
    line()
    show_mailbox(home)
    line()
    ended = _run("silence", DECISION)
    line()
    return _run("log", DECEMBER) or ended


if __name__ == "__main__":
    from interfaces import logs

    logs.configure()
    talk("(on a first run this makes the simulated record, which takes a while)")
    sys.exit(main())
