"""`ledger1540 diff`: two dates, two standings or two revisions of one State's matrix, side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from domain.refusals import MalformedInput
from domain.values import Standing
from interfaces.bootstrap import opened, question_of, settings
from interfaces.cli import options as o
from interfaces.cli.output import write_json
from projections.axes import Asked
from projections.diff import Diff, Side, matrix_side, revision_side
from projections.diff import diff as differences

if TYPE_CHECKING:
    from ledger.record import Record
    from projections.question import Question

REVISION = re.compile(r"(.+)/([0-9]{1,7})")
DIFFERS = 1


def diff(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="STATE A B | STATE/REVISION STATE/REVISION",
            help="A State and two dates or two standings, as `KEN 2013 approved`; or two revisions, as `KEN/7 KEN/8`.",
            show_default=False,
        ),
    ],
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
    """Compare two dates, standings or revisions of a State's matrix; ends with 1 where they differ."""
    asked = Asked(as_of=as_of, recorded_by=recorded_by, standing=standing, reading=reading, in_force_on=in_force_on)
    chosen = settings(home, actor)
    with opened(chosen) as record:
        question, left, right = _sides(record, chosen.actor, what, asked, replay=replay)
        found = differences(question, left, right)
        if json:
            write_json(found)
        else:
            from interfaces.cli.screens.comparison import write_diff

            write_diff(question, found)
    raise typer.Exit(_code(found))


def _code(found: Diff) -> int:
    return DIFFERS if found.differences else 0


def _sides(record: Record, actor: str, what: list[str], asked: Asked, *, replay: bool) -> tuple[Question, Side, Side]:
    revisions = [match for each in what if (match := REVISION.fullmatch(each)) is not None]
    if len(what) == 2 and len(revisions) == 2:
        question = question_of(record, actor, revisions[0][1], asked, replay=replay)
        other = question_of(record, actor, revisions[1][1], asked, replay=replay)
        if other.state != question.state:
            raise MalformedInput("only matrices of one State are compared", where="diff")
        return question, revision_side(question, int(revisions[0][2])), revision_side(question, int(revisions[1][2]))
    if len(what) != 3:
        raise MalformedInput(
            "what to compare is not clear",
            where="diff",
            remedy="write KEN 2013-01-31 2014-01-31, KEN approved working, or KEN/7 KEN/8",
        )
    question = question_of(record, actor, what[0], asked, replay=replay)
    left, right = (_place(question, each) for each in what[1:])
    return question, matrix_side(left), matrix_side(right)


def _place(question: Question, written: str) -> Question:
    """Return the question at a place that is written as a standing or a date."""
    if written in get_args(Standing):
        return question.on(question.axes.standing_as(cast("Standing", written)))
    return question.on(question.axes.at(written))
