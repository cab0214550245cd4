"""`ledger1540 prove`: an answer in one file that anyone can check without us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput, NotFound
from interfaces.cli import options as o
from interfaces.cli.output import talk
from interfaces.cli.reading import OF_A_MATRIX, Request, reading
from interfaces.cli.writing import written
from interfaces.text import _

if TYPE_CHECKING:
    from projections.openness import MaySee
    from projections.proving.bundle import Point

VERIFIER, POLICY = "verify_bundle.py", "policy.txt"
PROOF = ".tlog-proof"
OPTIONS = tuple(name for name in OF_A_MATRIX if name not in ("json", "in_force_on", "replay"))


@reading(OPTIONS)
def prove(
    request: Request,
    state: Annotated[str | None, typer.Argument(metavar="STATE", help="The State whose matrix is asked about.")] = None,
    cell: Annotated[str | None, typer.Argument(metavar="CELL", help="One cell, with or without its template.")] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="The bundle to write; with --event also a name ending in .tlog-proof."
        ),
    ] = None,
    stream: Annotated[
        str | None,
        typer.Option(
            "--stream",
            metavar="STREAM",
            help="All that is recorded in one stream, or that nothing is: decision/2013-07, message/…, assistance/…",
        ),
    ] = None,
    listing: Annotated[
        str | None, typer.Option("--list", metavar="PREFIX", help="All streams whose names begin so: decision/")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="That one event is on record, by id or position.")
    ] = None,
    receipt: Annotated[
        str | None,
        typer.Option(
            "--receipt", metavar="SUBMISSION", help="A receipt: that a submission is on record, for its sender."
        ),
    ] = None,
    under: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint", metavar="FILE", help="Prove it under this signed checkpoint; without it, one is made now."
        ),
    ] = None,
    policy: o.Policy = None,
    with_verifier: Annotated[
        bool,
        typer.Option("--with-verifier", help=f"Write {VERIFIER} and {POLICY} beside it: all that is needed to check."),
    ] = False,
) -> None:
    """Prove an answer: write it into one file with all that it rests on, for anyone to check offline."""
    if sum(each is not None for each in (state, stream, listing, event, receipt)) != 1:
        raise MalformedInput(
            "one thing is proved at a time",
            where="prove",
            remedy="a STATE with or without a CELL, or one of --stream, --list, --event, --receipt",
        )
    if to is None:
        raise MalformedInput("say where to write it", where="--to", remedy="--to answer.bundle")
    if to.suffix == PROOF and event is None and receipt is None:
        raise MalformedInput(
            f"only one event has a {PROOF}", where="--to", remedy="name an --event, or write a .bundle"
        )
    from projections.openness import seen_by
    from projections.proving import answers
    from projections.proving.bundle import of_list

    record, point = request.record, _point(request, under, policy)
    seen = seen_by(record, request.reader, request.now)
    if state is not None:
        data = _matrix(request, point, seen, state, cell)
    elif stream is not None:
        data = answers.stream(record, point, seen, stream)
    elif listing is not None:
        data = of_list(record, point, listing)
    else:
        position = _position(request, event, receipt)
        data = (
            _inclusion(request, point, position) if to.suffix == PROOF else answers.event(record, point, seen, position)
        )
    written(to, [data])
    if with_verifier:
        written(to.with_name(VERIFIER), [_verifier()], where="--with-verifier")
        written(to.with_name(POLICY), [_policy(request, policy)], where="--with-verifier")
    if to.suffix != PROOF:
        talk(_("{} bytes; to check it: python {} {} --policy {}").format(len(data), VERIFIER, to.name, POLICY))


def _point(request: Request, under: Path | None, policy: Path | None) -> Point:
    """Return where the record stands proven: under a checkpoint that is given, or under one signed now."""
    from interfaces.cli.cosigned import tell
    from interfaces.signers import sealer_of
    from ledger.proving.note import note_at
    from projections.proving.point import point_under

    if under is not None:
        try:
            signed = note_at(str(under), under.read_bytes())
        except OSError as error:
            raise MalformedInput(f"cannot read {under}: {error.strerror}", where="--checkpoint") from None
        return point_under(request.record, signed)
    with request.recording() as record:
        witnessed = sealer_of(record, policy).witnessed()
        tell(witnessed)
        return point_under(record, witnessed.note)


def _matrix(request: Request, point: Point, seen: MaySee, state: str, cell: str | None) -> bytes:
    from projections.matrix import only, show
    from projections.proving import answers

    question = request.question(state)
    if cell is not None:
        cells = only(question, show(question), cell).view.cells
        cell = cells[0].cell if cells else cell.lower()  # where nothing is recorded there is no template to name
    return answers.matrix(request.record, point, seen, state=question.state, cell=cell, written=request.asked)


def _position(request: Request, event: str | None, receipt: str | None) -> int:
    """Return the position of the event that is named, or of that by which a submission was received.

    Raises:
        NotFound: there is no such event or submission.
    """
    record = request.record
    if event is not None and event.isascii() and event.isdigit():
        return int(event)
    if receipt is None:
        found = record.event(event or "")
    else:
        found = next(iter(record.history(f"submission/{receipt}").events), None)
    if found is None:
        raise NotFound(
            f"{receipt or event} is not on record",
            where="--event" if receipt is None else "--receipt",
            remedy="name an event by its id or position" if receipt is None else "see `ledger1540 submissions`",
        )
    return found.position


def _inclusion(request: Request, point: Point, position: int) -> bytes:
    from ledger import opening
    from ledger.proving.evidence import inclusion_of
    from ledger.proving.note import note

    with opening.snapshot(request.record.address) as snapshot:
        return bytes(inclusion_of(snapshot, position, note(point.checkpoint.encode())))


def _verifier() -> bytes:
    from importlib.resources import files

    return files("verifier").joinpath(VERIFIER).read_bytes()


def _policy(request: Request, file: Path | None) -> bytes:
    """Return the policy that trusts this log, and the witnesses that were asked."""
    from interfaces.signers import signer_of, witnesses_of
    from ledger import opening
    from ledger.proving.policy import Policy, of_keys

    with opening.snapshot(request.record.address) as snapshot:
        ours = of_keys(signer_of(request.record).keys(snapshot))
    asked = witnesses_of(file)
    if asked is not None:
        trusted = asked.policy
        ours = Policy(ours.keys, trusted.witnesses, trusted.groups, trusted.quorum)
    return ours.written().encode()
