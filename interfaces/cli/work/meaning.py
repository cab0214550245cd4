"""What people mean by the short words they type: a matrix, a cell, a row, a change."""

import re
from collections.abc import Sequence
from typing import cast

from domain.correcting import Change
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.template import by_cell
from domain.times import new_york_date, parse
from interfaces.cli.work.doing import Session
from interfaces.importing import strict
from projections.close import close_cells
from projections.matrix import full_name
from projections.states import find

_ROW = re.compile(r"(?:[A-Za-z0-9.]+/)?([a-z0-9_]+)-([0-9]{1,9})")


def facts_of(session: Session, state: str) -> MatrixFacts:
    """Return what is on record of a State's matrix, known by the date that is said."""
    cut = Cut() if session.known is None else Cut(known_at=parse(session.known)[0])
    return MatrixFacts(FactsOnRecord(session.record), state, cut)


def matrix(session: Session, written: str) -> tuple[str, int]:
    """Return State and revision of `KEN/7`, or of `KEN`: its last revision opened and not withdrawn.

    Raises:
        Refusal: no such State, no revision, or no number.
    """
    name, mark, number = written.partition("/")
    state = find(session.record, name)
    if mark:
        return state, revision(number)
    found = facts_of(session, state).working_revision()
    if found is None:
        raise _no_revision(session, state)
    return state, found


def _no_revision(session: Session, state: str) -> NotFound:
    """Return the refusal of a State without a revision to work on, by the date that is said or at all."""
    at_all = MatrixFacts(FactsOnRecord(session.record), state, Cut())
    number = at_all.working_revision()
    if number is None:
        return NotFound(
            f"{state} has no revision that is open and not withdrawn",
            where="MATRIX",
            remedy=f"ledger1540 open {state} --template NAME",
        )
    opened = new_york_date(at_all.opened[number].known_at).isoformat()
    return NotFound(
        f"no revision of {state} was open by {session.known}: its revision {number} was opened on {opened}",
        where="--known",
        remedy=f"say a date from {opened} on, or open an earlier revision with --known",
    )


def revision(written: str) -> int:
    """Return the number of a revision.

    Raises:
        MalformedInput: it is none.
    """
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise MalformedInput(f"{written!r} is no revision", where="MATRIX", remedy="write KEN/7")
    return int(written)


def template(session: Session, state: str, number: int) -> str:
    """Return the template of a revision.

    Raises:
        NotFound: the revision is not open on record.
    """
    opened = facts_of(session, state).opening(number)
    if opened is None:
        raise NotFound(f"revision {number} of {state} is not open on record", remedy="open it first")
    return opened.template


def cells(session: Session, state: str, number: int, written: Sequence[str]) -> list[str]:
    """Return full cell ids; the template may be left out, being that of the revision.

    Raises:
        NotFound: the revision is not on record, or its template has no such cell.
    """
    name = template(session, state, number)
    fields = by_cell(FactsOnRecord(session.record).template(name, Cut()))
    full = [full_name(name, each) for each in written]
    for cell in full:
        if cell not in fields:
            raise NotFound(
                f"{name} has no cell {cell.partition('/')[2]!r}"
                if cell.startswith(f"{name}/")
                else f"{cell!r} is no cell of revision {number}, which is on {name}",
                where="CELL",
                remedy=close_cells(cell, list(fields)),
            )
    return full


def row(written: str) -> tuple[str, int]:
    """Return section and item of a row such as `op3cd-5`.

    Raises:
        MalformedInput: it is none.
    """
    found = _ROW.fullmatch(written)
    if found is None:
        raise MalformedInput(f"{written!r} is no row", where="ROW", remedy="write section and item, as op3cd-5")
    return found[1], int(found[2])


def pair(written: str, where: str, form: str) -> tuple[str, str]:
    """Return what stands before and after the first `=`.

    Raises:
        MalformedInput: there is none.
    """
    name, mark, value = written.partition("=")
    if not mark or not name:
        raise MalformedInput(f"{written!r} is not {form.partition(',')[0]}", where=where, remedy=f"write {form}")
    return name, value


def change(written: str) -> tuple[str, Change]:
    """Return a member and what it should say: `value=?` is text, `in_force_to:=null` is JSON.

    Raises:
        MalformedInput: it is neither.
    """
    name, value = pair(written, "--set", "MEMBER=TEXT or MEMBER:=JSON")
    if not name.endswith(":"):
        return name, value
    try:
        return name[:-1], cast(Change, strict.read(value))
    except MalformedInput as refusal:
        raise MalformedInput(
            f"{value!r} is no JSON that can be kept: {refusal.what}",
            where=f"--set {name[:-1]}",
            remedy=f"text is written {name[:-1]}=TEXT; after := comes JSON, as null, true, 3 or [1, 2]",
        ) from None
