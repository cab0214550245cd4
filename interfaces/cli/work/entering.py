"""The verb `enter`: what people changed in a matrix that was exported, and what a State sends back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.deciding import Command
from domain.refusals import MalformedInput
from interfaces.cli.work.doing import Said, Session, working

if TYPE_CHECKING:
    from interfaces.importing.returned import Returned


@working
def enter(
    session: Session,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A matrix that was exported as .xlsx, .docx or .csv, and edited.")
    ],
    from_state: Annotated[
        bool, typer.Option("--from-state", help="The State sent it back: what it changed becomes comments by cell.")
    ] = False,
    received: Annotated[
        str | None, typer.Option("--received", metavar="DATE", help="From the State: when it was received.")
    ] = None,
    letter: Annotated[
        str | None, typer.Option("--letter", metavar="YEAR/NUMBER", help="From the State: the letter it came with.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="From the State: the file as a document on record.")
    ] = None,
) -> list[Command]:
    """Enter what was changed in an exported matrix, and nothing else; what was changed meanwhile is refused."""
    from domain.matrix.facts import FactsOnRecord
    from domain.standing import Cut
    from interfaces.cli.output import talk
    from interfaces.importing.comparing import Now, changed
    from interfaces.importing.covering_letter import Letter, check_letter
    from interfaces.importing.entering import Entering
    from interfaces.importing.faults import Faults
    from interfaces.importing.layout_sheets import check_layout
    from interfaces.importing.placing import placed_in
    from interfaces.importing.returned import CELLS, returned
    from interfaces.importing.source import Source

    if from_state != (received is not None):
        raise MalformedInput(
            "what a State sends back has a date of receipt", where="--received", remedy="--from-state --received DATE"
        )
    faults = Faults()
    with Source(file) as source:
        found = returned(source, faults)
        name = source.name
        if faults:
            raise faults.refusal()
        if not found.cells:
            raise MalformedInput("it holds no cell", where=name, remedy="enter the whole file as it was exported")
        state, revision, taken_at = _one_matrix(found, name)
        used = _template(session, state, revision)
        changes = list(changed(found.cells, session.record, faults, name))
        if source.sheet == CELLS and not faults:
            now = Now(session.record)
            check_layout(
                source,
                found,
                FactsOnRecord(session.record).template(used, Cut()),
                session.record,
                lambda section, item: now.remarks(state, revision, (section, item), taken_at),
                faults,
            )

    session.placed = placed_in(name, changes)

    def step(part: str, known: str) -> Said:
        said = session.step(part)
        said["known"] = known or said["known"]
        said["seen_position"] = said["seen_position"] or (None if from_state else taken_at)
        return said

    entering = Entering(session.record, state, revision, taken_at, faults, name)
    if received is None:
        commands = list(entering.commands(changes, found.remarks, step))
    else:
        session.key_of_content(f"enter:{source.sha256}:{state}:{received}")
        told = Letter(received=received, letter=letter, document=document)
        check_letter(session.record, step("comments", "")["id"], told, name)
        commands = list(entering.comments(changes, found.remarks, step, told))
    for each in faults.said:
        talk(each)
    if faults:
        raise faults.refusal("cannot be entered")
    return commands


def _one_matrix(found: Returned, name: str) -> tuple[str, int, int]:
    of = {(each.state, each.revision, each.taken_at) for each in found.cells}
    if len(of) != 1:
        raise MalformedInput(
            "its cells were taken from more than one matrix, or at more than one position",
            where=name,
            remedy="enter each file as it was exported",
        )
    return next(iter(of))


def _template(session: Session, state: str, revision: int) -> str:
    """Return the template of a revision, for who may read the State's file: what is refused names what stands there.

    Raises:
        NotFound: the State or the revision is not on record.
        MalformedInput: it is not theirs to read.
    """
    from domain.refusals import NotFound
    from interfaces.bootstrap import reader_of
    from interfaces.cli.work.meaning import template
    from interfaces.importing.reading import OnRecord
    from projections.rights import Rights

    if not OnRecord(session.record).has_state(state):
        raise NotFound(f"State {state} is not on record", where="state")
    used = template(session, state, revision)
    if not Rights(session.record, reader_of(session.record, session.actor), state, session.now).reads_file:
        raise MalformedInput(f"the file of {state} is not for you to read", where="--actor", remedy="act as who may")
    return used


VERBS: Mapping[str, Callable[..., None]] = {"enter": enter}
"""The verb that brings an edited matrix back."""
