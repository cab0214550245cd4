"""`ledger1540 audit sample`: events drawn at random, on a screen or as working papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from domain.refusals import Conflict, MalformedInput
from interfaces.cli.output import talk
from interfaces.cli.reading import Answer
from interfaces.cli.writing import written
from interfaces.text import some

if TYPE_CHECKING:
    from projections.audit.auditing import Auditing

Of = Literal["decisions", "approvals", "cells", "corrections", "submissions"]


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn, and where the papers go."""

    of: Of | None
    size: int
    seed: str | None
    to: Path | None
    force: bool


def drawing(auditing: Auditing, draw: Draw) -> Answer | None:
    """Draw a sample, and write its working papers where a file is named.

    Raises:
        MalformedInput: it is not said of what or from which seed, or the file's name has another ending.
        Conflict: the file is there already.
    """
    from projections.audit.papers import papers_csv, papers_json, papers_xlsx
    from projections.audit.sample import sample

    if draw.of is None or draw.seed is None:
        raise MalformedInput(
            "a sample is drawn of something, from a seed", where="audit", remedy="audit sample --of decisions --seed 7"
        )
    forms = {".xlsx": papers_xlsx, ".csv": papers_csv, ".json": papers_json}
    if draw.to is not None and draw.to.suffix.lower() not in forms:
        raise MalformedInput(
            "working papers are a file whose name ends in .xlsx, .csv or .json", where="--to", remedy="--to papers.xlsx"
        )
    if draw.to is not None and draw.to.exists() and not draw.force:
        raise Conflict(
            f"{draw.to} is there already, perhaps filled in", where="--to", remedy="another name, or --force"
        )
    found = sample(auditing, draw.of, size=draw.size, seed=draw.seed)
    if draw.to is not None:
        written(draw.to, [forms[draw.to.suffix.lower()](found)])
        talk(some("{} item written", "{} items written", found.size))
        return None

    def screen() -> None:
        from interfaces.cli.screens.audits import write_sample

        write_sample(found)

    return Answer(found, screen)
