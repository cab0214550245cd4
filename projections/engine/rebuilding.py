"""Rebuilding a view: new tables beside the live ones, caught up, compared at one position, switched to at once."""

from threading import Event

import msgspec

from domain.refusals import Conflict, Refusal
from projections.engine.comparing import Comparison, compare
from projections.engine.generations import Generation, begin, drop, generations, index, join_shares, live, switch
from projections.engine.leading import held
from projections.engine.sharing import Opener, share_out
from projections.engine.source import Followed, batch
from projections.engine.store import Store
from projections.engine.taking import Skip, Taker, Target
from projections.engine.view import Columns, View

BATCH = 2_000


class Stopped(Refusal):
    """A rebuild came to an event that its view cannot take in, or was told to stop."""


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild did: `comparison` is null where there was nothing of this version to compare with."""

    view: str
    generation: int
    position: int
    comparison: Comparison | None
    switched: bool

    def without_rows(self) -> "Rebuilt":
        """Return the same for someone who may not read all events: how many rows differ stays untold."""
        if self.comparison is None:
            return self
        return msgspec.structs.replace(self, comparison=msgspec.structs.replace(self.comparison, differences=()))


class Rebuild:
    """How to rebuild views of a record.

    Args:
        check: compare only; the rebuilt generation is dropped again.
        accept: switch also where rows differ from those of the live generation.
        shares: how many processes share the work; more than one need an `opener`.
    """

    def __init__(
        self,
        store: Store,
        record: Followed,
        *,
        check: bool = False,
        accept: bool = False,
        shares: int = 1,
        opener: Opener | None = None,
        skip: Skip | None = None,
        stop: Event | None = None,
    ) -> None:
        self._store = store
        self._record = record
        self._check = check
        self._accept = accept
        self._shares = 1 if opener is None else shares
        self._opener = opener
        self._stop = stop or Event()
        self._taker = Taker(store, record, skip=skip, stop=self._stop)

    def run(self, view: View[Columns]) -> Rebuilt:
        """Rebuild a view; a difference from the live rows leaves those as they are.

        Raises:
            Conflict: another process rebuilds this view.
            Stopped: an event could not be taken in.
        """
        with held(self._store, f"rebuild-{view.name}") as mine:
            if not mine:
                raise Conflict(f"{view.name} is being rebuilt by another process", remedy="wait for it to end")
            return self._run(view)

    def _run(self, view: View[Columns]) -> Rebuilt:
        with self._store.writing() as connection:
            found = generations(connection, view.name)
            drop(
                connection, [each for each in found if each.state == "rebuilding" or not each.belongs_to(self._record)]
            )
            before = live(connection, view.name)
            new = begin(connection, view, "rebuilding", self._record.now(), self._shares)
        comparison: Comparison | None = None
        switched = False
        try:
            compared = before is not None and before.version == view.version
            position = before.position if before is not None and compared else self._record.last_position
            target = self._built(view, new, position)
            if before is not None and compared:
                with self._store.reading() as connection:
                    comparison = compare(connection, view, before, new, position)
            if not self._check and (comparison is None or comparison.same or self._accept):
                switched = self._switched(target)
        finally:
            if not switched:
                with self._store.writing() as connection:
                    drop(connection, [new])
        return Rebuilt(
            view=view.name,
            generation=new.number,
            position=target.position,
            comparison=comparison,
            switched=switched,
        )

    def _built(self, view: View[Columns], new: Generation, position: int) -> Target:
        if self._shares > 1 and self._opener is not None:
            url = self._store.written
            share_out(url, self._opener, view, new, position, self._shares)
            with self._store.writing() as connection:
                join_shares(connection, new)
            new = msgspec.structs.replace(new, position=position)
        target = Target(view, new)
        self._advance(target, position)
        with self._store.writing() as connection:
            index(connection, view, new)
        return target

    def _advance(self, target: Target, stop: int) -> None:
        while target.position < stop:
            read = batch(self._record, target.position + 1, min(target.position + BATCH, stop), target.wants)
            self._taker.take(target, read)
            if target.stopped:
                raise Stopped(f"{target.view.name} cannot take in position {target.position + 1}: {target.error}")
            if self._stop.is_set():
                raise Stopped(f"the rebuild of {target.view.name} was told to stop")

    def _switched(self, target: Target) -> bool:
        """Switch as soon as the new generation is as far as the live one, which moves on meanwhile."""
        while True:
            self._advance(target, self._record.last_position)
            with self._store.writing() as connection:
                if switch(connection, target.generation, self._record.now()):
                    return True
