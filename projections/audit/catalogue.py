"""All checks by name. A new one is put here."""

from collections.abc import Iterable, Mapping

from domain.refusals import NotFound
from projections.audit import (
    approvals,
    batches,
    gaps,
    meetings,
    persons,
    publications,
    replies,
    roles,
    silences,
    skips,
    sources,
)
from projections.audit.check import Check
from projections.close import close_to

CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        approvals.UNDECIDED,
        approvals.NOT_AGAIN,
        replies.CHECK,
        publications.UNCONSENTED,
        publications.STILL_SHOWN,
        sources.UNSOURCED,
        sources.UNFIT,
        persons.OWN_WORK,
        persons.ALONE,
        meetings.NOTICES,
        meetings.PAPERS,
        silences.CHECK,
        roles.CHECK,
        gaps.CHECK,
        batches.CHECK,
        skips.CHECK,
    )
}


def chosen(names: Iterable[str]) -> tuple[Check, ...]:
    """Return the checks of some names, or all where none is named.

    Raises:
        NotFound: there is no such check.
    """
    wanted = tuple(dict.fromkeys(names)) or tuple(CHECKS)
    for name in wanted:
        if name not in CHECKS:
            raise NotFound(
                f"no check is called {name!r}",
                where="CHECK",
                remedy=close_to(name, {each: each for each in CHECKS}) or "`ledger1540 audit --list` names them",
            )
    return tuple(CHECKS[name] for name in wanted)
