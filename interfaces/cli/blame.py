"""`ledger1540 blame STATE`: who set each cell of a matrix, from which page, and where it was first approved."""

from interfaces.cli import options as o
from interfaces.cli.reading import OF_A_MATRIX, Answer, Request, reading
from projections.blame import blame as blamed


@reading(OF_A_MATRIX)
def blame(request: Request, state: o.State) -> Answer:
    """Say of each cell who set it, in what role, when, from which page, and where it was first approved."""
    question = request.question(state)
    view = blamed(question)

    def screen() -> None:
        from interfaces.cli.screens.trace import write_blame

        write_blame(question, view)

    return Answer(view, screen)
