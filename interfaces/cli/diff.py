"""`ledger1540 diff`: two dates, two standings or two revisions of one State's matrix, side by side."""

import re
from typing import Annotated, cast, get_args

import typer

from domain.refusals import MalformedInput
from domain.values import Standing
from interfaces.cli.reading import OF_A_MATRIX, Answer, Request, reading
from projections.diff import Side, matrix_side, revision_side
from projections.diff import diff as differences
from projections.question import Question

REVISION = re.compile(r"(.+)/([0-9]{1,7})")
DIFFERS = 1


@reading(OF_A_MATRIX)
def diff(
    request: Request,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="STATE A B | STATE/REVISION STATE/REVISION",
            help="A State and two dates or two standings, as `KEN 2013 approved`; or two revisions, as `KEN/7 KEN/8`.",
            show_default=False,
        ),
    ],
) -> Answer:
    """Compare two dates, standings or revisions of a State's matrix; ends with 1 where they differ."""
    question, left, right = _sides(request, what)
    found = differences(question, left, right)

    def screen() -> None:
        from interfaces.cli.screens.comparison import write_diff

        write_diff(question, found)

    return Answer(found, screen, DIFFERS if found.differences else 0)


def _sides(request: Request, what: list[str]) -> tuple[Question, Side, Side]:
    revisions = [match for each in what if (match := REVISION.fullmatch(each)) is not None]
    if len(what) == 2 and len(revisions) == 2:
        question, other = (request.question(each[1]) for each in revisions)
        if other.state != question.state:
            raise MalformedInput("only matrices of one State are compared", where="diff")
        return question, revision_side(question, int(revisions[0][2])), revision_side(question, int(revisions[1][2]))
    if len(what) != 3:
        raise MalformedInput(
            "what to compare is not clear",
            where="diff",
            remedy="write KEN 2013-01-31 2014-01-31, KEN approved working, or KEN/7 KEN/8",
        )
    question = request.question(what[0])
    left, right = (_place(question, each) for each in what[1:])
    return question, matrix_side(left), matrix_side(right)


def _place(question: Question, written: str) -> Question:
    """Return the question at a place that is written as a standing or a date."""
    if written in get_args(Standing):
        return question.on(question.axes.standing_as(cast("Standing", written)))
    try:
        return question.on(question.axes.at(written))
    except MalformedInput:
        raise MalformedInput(
            f"{written!r} is neither a date nor a standing",
            where="diff",
            remedy=f"write 2013, 2013-12, 2013-12-31, or one of {', '.join(get_args(Standing))}",
        ) from None
