"""The engine at work: it leads, or stands by; follows the record in batches; switches to what it has built."""

from collections.abc import Iterable
from itertools import groupby
from threading import Event

from projections.engine import source
from projections.engine.generations import Generation, LostLead, begin, drop, generations, index, switch
from projections.engine.leading import LEADER, held
from projections.engine.source import Followed
from projections.engine.store import Store
from projections.engine.taking import Skip, Taker, Target
from projections.engine.view import Columns, View

BATCH = 2_000
WAIT_SECONDS = 0.2
STANDBY_SECONDS = 1.0


class Follower:
    """Keeps views up to date with a record."""

    def __init__(
        self,
        store: Store,
        record: Followed,
        views: Iterable[View[Columns]],
        *,
        skip: Skip | None = None,
        stop: Event | None = None,
        batch: int = BATCH,
    ) -> None:
        self._batch = batch
        self._store = store
        self._record = record
        self._views = tuple(views)
        self._stop = stop or Event()
        self._taker = Taker(store, record, skip=skip, stop=self._stop)
        self._stopped: set[tuple[str, int]] = set()
        self._known: set[tuple[str, int]] = set()

    def run(self) -> None:
        """Follow the record until told to stop; where another engine leads, stand by to take its place."""
        while not self._stop.is_set():
            with held(self._store, LEADER) as leading:
                if not leading:
                    self._stop.wait(STANDBY_SECONDS)
                    continue
                try:
                    self._lead()
                except LostLead:
                    continue

    def _lead(self) -> None:
        with self._record.awaiting() as awaiting:
            while not self._stop.is_set():
                last = self._record.last_position
                if not self.advance(last):
                    awaiting.beyond(last, WAIT_SECONDS)

    def catch_up(self) -> int:
        """Bring views to what is now the last position, unless stopped or led by another; return that position."""
        last = self._record.last_position
        with held(self._store, LEADER) as leading:
            while leading and not self._stop.is_set() and self.advance(last):
                pass
        return last

    def advance(self, last: int) -> bool:
        """Take one batch into every view that is behind a position; False where none is.

        Views at one position share the batch. One that is far behind keeps no other waiting for longer than that.
        """
        targets = sorted(self._targets(), key=lambda target: target.position)
        for target in targets:
            if target.generation.state == "building" and target.position >= last:
                with self._store.writing() as connection:
                    index(connection, target.view, target.generation)
                    switch(connection, target.generation, self._record.now())
        behind = [target for target in targets if target.position < last]
        for position, together in groupby(behind, key=lambda target: target.position):
            group = list(together)
            if self._stop.is_set():
                return False
            wants = (target.wants for target in group)
            read = source.batch(self._record, position + 1, min(position + self._batch, last), *wants)
            for target in group:
                self._taker.take(target, read)
                if target.stopped:
                    self._stopped.add((target.view.name, target.generation.number))
        return bool(behind)

    def _targets(self) -> list[Target]:
        with self._store.reading() as connection:
            found = generations(connection)
        targets: list[Target] = []
        for view in self._views:
            generation = self._generation(view, [each for each in found if each.view == view.name])
            if generation is not None and (view.name, generation.number) not in self._stopped:
                targets.append(Target(view, generation))
        return targets

    def _belongs(self, generation: Generation) -> bool:
        """Look once at what each generation was made from; from then on this engine, or another, has moved it on."""
        name = (generation.view, generation.number)
        if name not in self._known and generation.belongs_to(self._record):
            self._known.add(name)
        return name in self._known

    def _generation(self, view: View[Columns], found: list[Generation]) -> Generation | None:
        """Return the generation to follow: the live one, or one that is built because none of this version is live.

        What a newer program has made live is left to it; what was made from another record is dropped.
        """
        foreign = [each for each in found if each.state != "rebuilding" and not self._belongs(each)]
        if foreign:
            with self._store.writing() as connection:
                drop(connection, foreign)
            found = [each for each in found if each not in foreign]
        live = next((each for each in found if each.state == "live"), None)
        building = [each for each in found if each.state == "building"]
        if live is not None and live.version >= view.version:
            if building:
                with self._store.writing() as connection:
                    drop(connection, building)
            return live if live.version == view.version else None
        mine = next((each for each in building if each.version == view.version), None)
        if mine is not None:
            return mine
        with self._store.writing() as connection:
            drop(connection, building)
            return begin(connection, view, "building", self._record.now())
