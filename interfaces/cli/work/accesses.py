"""Verbs on the access log: seal the days that are over, give up what is kept no longer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from domain.access_log import STREAM, PruneAccess, SealAccess, pruned_through, sealed
from domain.deciding import Command
from domain.refusals import MalformedInput
from interfaces.cli.output import talk
from interfaces.cli.work.doing import Session, working
from interfaces.text import some
from ledger.access_log import AccessLog
from ledger.record import Record


@working
def seal_access(session: Session) -> Command | Sequence[Command]:
    """Put the root of each day of the access log that is over on record; again, it seals only what came since."""
    log, found = AccessLog(session.record.home), list[Command]()
    for day in unsealed(session.record, session.now):
        root = log.root(day)
        if root is not None and root[0]:
            found.append(SealAccess(**session.step(day), day=day, entries=root[0], root=root[1]))
    return found


@working
def prune_access(
    session: Session,
    keep: Annotated[int, typer.Option("--keep", metavar="DAYS", min=1, help="Keep so many days up to now.")],
) -> Command | Sequence[Command]:
    """Delete the access log of days that are older; their roots stay on record, and `verify` says so."""
    log = AccessLog(session.record.home)
    through = (date.fromisoformat(session.now[:10]) - timedelta(days=keep + 1)).isoformat()
    open_days = [day for day in unsealed(session.record, session.now) if day <= through]
    if open_days:
        raise MalformedInput(f"{open_days[0]} is not sealed", where="--keep", remedy="`ledger1540 seal-access` first")

    def delete() -> None:
        talk(some("{} day deleted", "{} days deleted", log.prune(through)))

    session.afterwards(delete)
    if not any(day <= through for day in log.days()):
        return []
    standing = session.record.history(STREAM).standing()
    return [] if through <= (pruned_through(standing) or "") else PruneAccess(**session.said, through=through)


def unsealed(record: Record, now: str) -> list[str]:
    """Return the days of the log that are over and not sealed, in order."""
    standing = record.history(STREAM).standing()
    done, through = sealed(standing), pruned_through(standing) or ""
    return [day for day in AccessLog(record.home).days() if through < day < now[:10] and day not in done]


VERBS: Mapping[str, Callable[..., None]] = {"seal-access": seal_access, "prune-access": prune_access}
