"""Verification's look at the pages: each must be what the as-of index gives, packed anew through the same position."""

from collections.abc import Iterator

from domain import ids
from ledger.database import Snapshot
from ledger.finding import Finding
from ledger.page import Page, PageUnfit, pack
from ledger.pages import IN_ORDER, LINES

_PAGES = "SELECT state, through, data FROM pages ORDER BY state"
_VERSIONS = """SELECT stream, max(version) FROM events WHERE stream >= ? AND stream < ? AND position <= ?
GROUP BY stream"""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield the pages that are not as they should be; a record made before there were pages has none."""
    if not snapshot.has("pages"):
        return
    (last,) = snapshot.row("SELECT coalesce(max(position), 0) FROM events")
    for state, through, data in snapshot.rows(_PAGES):
        wrong = "it is of a position that is not on record" if through > last else _wrong(snapshot, state, data)
        if wrong is not None:
            yield Finding(None, None, f"the page of {state}: {wrong} (`ledger1540 repack` makes it anew)")


def _wrong(snapshot: Snapshot, state: str, data: bytes) -> str | None:
    try:
        through = Page(data).through
    except PageUnfit as error:
        return str(error)
    prefix = ids.matrix(state) + "/"
    streams = snapshot.rows(_VERSIONS, (prefix, prefix + "\x7f", through))
    versions = {int(stream[len(prefix) :]): version for stream, version in streams}
    anew = pack(state, through, versions, snapshot.rows(LINES + IN_ORDER, (state,)))
    return None if anew == data else "it does not follow from the as-of index"
