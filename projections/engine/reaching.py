"""Waiting until a view has come to a position; an embedded one that is not far behind is brought there at once."""

from time import monotonic, sleep

from domain.refusals import Refusal
from projections.engine.following import Follower
from projections.engine.generations import readable
from projections.engine.source import Followed
from projections.engine.status import status
from projections.engine.store import Store
from projections.engine.view import Columns, View

SMALL_LAG = 200_000
"""Positions that whoever reads an embedded view takes in by themselves: a matter of seconds."""
POLL_SECONDS = 0.003
WAIT_SECONDS = 5.0


class ViewBehind(Refusal):
    """A view has not come to the position asked."""


def reach(store: Store, record: Followed, view: View[Columns], position: int, *, timeout: float = WAIT_SECONDS) -> None:
    """Return when a view has come to a position.

    Raises:
        ViewBehind: it does not come there in time, or is stopped.
        NotMigrated: the tables are not those of this program.
    """
    store.check()
    here = _position(store, record, view)
    if here < position and store.embedded and position - here <= SMALL_LAG:
        Follower(store, record, [view]).catch_up()
        here = _position(store, record, view)
    until = monotonic() + timeout
    while here < position:
        if monotonic() >= until:
            raise _behind(store, record, view, position)
        sleep(POLL_SECONDS)
        here = _position(store, record, view)


def _position(store: Store, record: Followed, view: View[Columns]) -> int:
    """Return how far what can be read of a view has come; -1 where there is nothing, or only of another record."""
    with store.reading() as connection:
        found = readable(connection, view)
    return found.position if found is not None and found.belongs_to(record) else -1


def _behind(store: Store, record: Followed, view: View[Columns], position: int) -> ViewBehind:
    (found,) = status(store, record, [view], record.now())
    stopped = next((each for each in found.dead_letters if not each.skipped), None)
    if stopped is not None:
        return ViewBehind(
            f"{view.name} is stopped before position {stopped.position}: {stopped.error}",
            remedy="`ledger1540 views` shows it; once the program is mended, run `ledger1540 rebuild` or follow again",
        )
    return ViewBehind(
        f"{view.name} is {found.state}, at position {found.position} of {position}",
        remedy=f"run `ledger1540 follow-views`, or `ledger1540 rebuild {view.name}`",
    )
