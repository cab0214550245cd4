"""What people mean by the short words they type: a matrix, a cell, a row, a change."""

import re
from collections.abc import Sequence
from typing import cast

from domain.correcting import Change
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.times import parse
from interfaces.cli.work.doing import Session
from interfaces.importing import strict
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
        raise NotFound(f"{state} has no revision that is open and not withdrawn", remedy=f"ledger1540 open {state}")
    return state, found


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
    """Return full cell ids; the template may be left out, being that of the revision."""
    if all("/" in each for each in written):
        return list(written)
    name = template(session, state, number)
    return [full_name(name, each) for each in written]


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
        raise MalformedInput(f"{written!r} is not {form}", where=where, remedy=f"write {form}")
    return name, value


def change(written: str) -> tuple[str, Change]:
    """Return a member and what it should say: `value=?` is text, `in_force_to:=null` is JSON.

    Raises:
        MalformedInput: it is neither.
    """
    name, value = pair(written, "--set", "MEMBER=TEXT or MEMBER:=JSON")
    if not name.endswith(":"):
        return name, value
    return name[:-1], cast(Change, strict.read(value))
