"""`ledger1540 audit`: checks of the Committee's own work, and samples as working papers."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.cli.reading import OF_THE_RECORD, Answer, Request, reading
from interfaces.cli.sampling import Draw, Of, drawing

SAMPLE = "sample"


@reading(OF_THE_RECORD)
def audit(
    request: Request,
    checks: Annotated[
        list[str] | None,
        typer.Argument(metavar="CHECK|sample", help="Which checks, by default all; or `sample`, to draw one."),
    ] = None,
    list_checks: Annotated[bool, typer.Option("--list", help="Name the checks and what each looks at.")] = False,
    days: Annotated[int, typer.Option("--days", min=0, help="How many days may lie between known and recorded.")] = 30,
    of: Annotated[Of | None, typer.Option("--of", help="Of what to draw a sample.")] = None,
    size: Annotated[int, typer.Option("--size", min=1, help="How many items to draw.")] = 25,
    seed: Annotated[str | None, typer.Option("--seed", help="What the draw is made from; any word or number.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Working papers: a name in .xlsx, .csv or .json.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over working papers that are there.")] = False,
) -> Answer | None:
    """Look for what an auditor should see, in the Committee's own work; ends with 1 where something was found.

    Or `audit sample --of decisions --seed 7 --to papers.xlsx`: draw events at random, from the same seed the same ones.
    """
    from projections.audit.auditing import Auditing
    from projections.audit.auditing import audit as audited
    from projections.audit.catalogue import CHECKS, chosen

    auditing = Auditing(record=request.record, reader=request.reader, axes=request.axes, now=request.now, gap_days=days)
    if checks == [SAMPLE]:
        return drawing(auditing, Draw(of=of, size=size, seed=seed, to=to, force=force))
    if SAMPLE in (checks or ()):
        raise MalformedInput(
            "a sample is drawn of events, not of checks", where="CHECK", remedy="`audit sample --of decisions --seed 7`"
        )
    if of is not None or seed is not None or to is not None:
        raise MalformedInput("--of, --seed and --to belong to a sample", where="audit", remedy="say `audit sample`")
    if list_checks:
        from interfaces.cli.screens.audits import write_checks

        return Answer({name: check.says for name, check in CHECKS.items()}, lambda: write_checks(CHECKS.values()))
    found = audited(auditing, chosen(checks or ()))

    def screen() -> None:
        from interfaces.cli.screens.audits import write_audit

        write_audit(found, whole=bool(checks))

    return Answer(found, screen, code=int(any(each.findings or each.withheld for each in found.checks)))
