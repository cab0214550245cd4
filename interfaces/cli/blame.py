"""`ledger1540 blame STATE`: who set each cell of a matrix, from which page, and where it was first approved."""

from interfaces.bootstrap import opened, question_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked
from projections.blame import blame as blamed


def blame(
    state: o.State,
    home: o.Home = None,
    actor: o.Actor = None,
    as_of: o.AsOf = None,
    recorded_by: o.RecordedBy = None,
    standing: o.StandingOption = "approved",
    reading: o.ReadingOption = "corrected",
    in_force_on: o.InForceOn = None,
    json: o.Json = False,
    replay: o.Replay = False,
) -> None:
    """Say of each cell who set it, in what role, when, from which page, and where it was first approved."""
    asked = Asked(as_of=as_of, recorded_by=recorded_by, standing=standing, reading=reading, in_force_on=in_force_on)
    chosen = settings(home, actor)
    with opened(chosen) as record:
        question = question_of(record, chosen.actor, state, asked, replay=replay)
        view = blamed(question)
        if json:
            write_json(view)
            return
        from interfaces.cli.screens.trace import write_blame

        write_blame(question, view)
