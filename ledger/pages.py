"""Pages kept and found: read from their table, brought up to date from the as-of index, packed anew when that grows.

The table `standing` is the truth, and writing it is all that an append does. Whoever asks about a State reads its page
and, cell by cell, what was touched since; the one who finds that to be long packs a new page and leaves it for the
next. Nothing waits for that: where someone else is writing, the page is used and not kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock

import msgspec
from eventsourcing.persistence import OperationalError, ProgrammingError

from domain import ids
from domain.index import noticed_cut
from domain.standing import Cut
from ledger.database import Database
from ledger.page import Line, Page, PageUnfit, pack, ticks
from ledger.page_cells import PageCells, Place
from ledger.refusals import RecordUnavailable

LONGEST_TAIL = 256
"""Events since a page was packed; with more, a new one is packed."""
MEMORY = 128 << 20
"""Bytes of pages that a process keeps at hand."""

LINES = """SELECT revision, cell, known_at, root_position, from_position, from_noticed, to_position, to_noticed,
position, kind, value, known_precision, repairs FROM standing WHERE state = ? AND revision > 0"""
IN_ORDER = " ORDER BY revision, cell, known_at, root_position, from_position, from_noticed"
PAGE = "SELECT data FROM pages WHERE state = ?"
_OF_CELL = " AND revision = ? AND cell = ?"
_NOW = """SELECT '' AS stream, coalesce(max(position), 0) AS version FROM events
UNION ALL SELECT stream, version FROM heads WHERE stream >= ? AND stream < ?"""
_STATES = "SELECT DISTINCT state FROM standing WHERE revision > 0"
_TOUCHED = "SELECT header FROM events WHERE stream = ? AND version > ? AND version <= ?"
_KEEP = """INSERT INTO pages (state, through, data) VALUES (?, ?, ?)
ON CONFLICT (state) DO UPDATE SET through = excluded.through, data = excluded.data
WHERE pages.through <= excluded.through"""


class _Subject(msgspec.Struct):
    subject: str | None


class Held(msgspec.Struct, frozen=True):
    """A State's page with what was touched since, cell by cell: complete through a position."""

    page: Page
    later: Mapping[int, Mapping[str, Page]]
    through: int
    versions: Mapping[int, int]

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return self.page.size + sum(page.size for pages in self.later.values() for page in pages.values())


class Pages:
    """The pages of a record's States, for all threads of a process; `recorded_at` says when a position was."""

    def __init__(
        self,
        database: Database,
        recorded_at: Callable[[int], str],
        *,
        longest_tail: int = LONGEST_TAIL,
        memory: int = MEMORY,
    ) -> None:
        self._database = database
        self._recorded_at = lru_cache(maxsize=1024)(recorded_at)
        self._longest_tail = longest_tail
        self._memory = memory
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def cells(self, state: str, revision: int, cut: Cut) -> PageCells:
        """Return the cell events of a revision that stand at a cut."""
        held = self._through(state, cut.position)
        known_by, recorded_by = cut.known_at, min(cut.position, held.through)
        if 0 < recorded_by < held.through:
            # Nothing on record by then was known later, so that searching begins where it was recorded.
            known_by = min(known_by, self._recorded_at(recorded_by))
        place = Place(ticks(known_by), recorded_by, ticks(noticed_cut(cut.known_at, cut.reading)))
        return PageCells(revision, place, held.page, held.later.get(revision, {}))

    def repack(self) -> int:
        """Throw all pages away and pack them anew; return how many there are.

        Raises:
            RecordUnavailable: someone else is writing, or the record was made before there were pages.
        """
        if not self._database.offer("DELETE FROM pages"):
            raise RecordUnavailable("the pages cannot be written now", remedy="try again when nobody else writes")
        states = [state for (state,) in self._database.rows(_STATES)]
        for state in states:
            self._hold(state, self._packed(state, *self._now(state)))
        return len(states)

    def _through(self, state: str, position: int) -> Held:
        """Return what is held of a State, complete through a position or through the last one."""
        if self._database.held:
            raise ProgrammingError("pages show what is committed; a decision folds the streams")
        with self._lock:
            held = self._held.get(state)
            if held is not None:
                self._held.move_to_end(state)
        found = self._stored(state) if held is None else held
        if found is None or position > found.through:
            found = self._brought_up(state, found)
        if found is not held:
            self._hold(state, found)
        return found

    def _hold(self, state: str, held: Held) -> None:
        with self._lock:
            before = self._held.pop(state, None)
            self._held[state] = held
            self._size += held.size - (0 if before is None else before.size)
            while self._size > self._memory and len(self._held) > 1:
                self._size -= self._held.popitem(last=False)[1].size

    def _stored(self, state: str) -> Held | None:
        """Return the page that is kept of a State, if there is one that can be used."""
        try:
            row = self._database.row(PAGE, (state,))
            page = None if row is None else Page(row[0])
        except (OperationalError, ProgrammingError, PageUnfit):  # made before there were pages, it has no table
            return None
        return None if page is None else Held(page, {}, page.through, page.versions)

    def _brought_up(self, state: str, held: Held | None) -> Held:
        """Return a State's page with all that was recorded since, or a new one if that is much."""
        through, versions = self._now(state)
        if held is None:
            return self._packed(state, through, versions)
        if sum(versions.values()) - sum(held.page.versions.values()) > self._longest_tail:
            stored = self._stored(state)
            if stored is not None and stored.page.through > held.page.through:
                return self._brought_up(state, stored)
            return self._packed(state, through, versions)
        later = {revision: dict(pages) for revision, pages in held.later.items()}
        for revision, version in versions.items():
            for cell in self._touched(ids.matrix_revision(state, revision), held.versions.get(revision, 0), version):
                lines: list[Line] = self._database.rows(LINES + _OF_CELL + IN_ORDER, (state, revision, cell))
                later.setdefault(revision, {})[cell] = Page(pack(state, through, {}, lines))
        return Held(held.page, later, through, versions)

    def _packed(self, state: str, through: int, versions: Mapping[int, int]) -> Held:
        data = pack(state, through, versions, self._database.rows(LINES + IN_ORDER, (state,)))
        self._database.offer(_KEEP, (state, through, data))
        return Held(Page(data), {}, through, versions)

    def _now(self, state: str) -> tuple[int, dict[int, int]]:
        """Return the last position, and the versions of the streams of a State's revisions, as of one moment."""
        prefix = ids.matrix(state) + "/"
        found: dict[str, int] = dict(self._database.rows(_NOW, (prefix, prefix + "\x7f")))
        through = found.pop("")
        return through, {int(stream[len(prefix) :]): version for stream, version in sorted(found.items())}

    def _touched(self, stream: str, since: int, version: int) -> set[str]:
        """Return the cells that a stream's events after a version are about."""
        if version <= since:
            return set()
        headers = self._database.rows(_TOUCHED, (stream, since, version))
        subjects = (msgspec.json.decode(header, type=_Subject).subject for (header,) in headers)
        return {subject for subject in subjects if subject is not None}
