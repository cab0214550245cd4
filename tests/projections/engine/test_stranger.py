"""A stranger who has only the exported log finds in it what every view rests on, at every place on the axes."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from domain.access import reader
from domain.standing import Cut
from projections.axes import Axes, RecordedBy
from projections.engine.answering import Asking
from projections.engine.following import Follower
from projections.engine.generations import drop, generations
from projections.engine.rows import StoredRows
from projections.engine.store import Store
from projections.engine.view import Columns, Glance, View, chooser
from projections.views.catalogue import VIEWS
from projections.views.corrections import corrections
from projections.views.documents import documents
from projections.views.submissions import submissions
from tests.projections.engine.given import Followed, cuts, matrices, registry
from tests.stranger import fold, lists

GLANCE = tuple(Glance.__struct_fields__)


class Stranger:
    """Reads the exported lines once, and is asked about many places."""

    def __init__(self, record: Followed) -> None:
        self.record = record
        self.events = fold.read(record.record.export())

    def known(self, cut: Cut) -> lists.Known:
        return lists.Known(self.events, known_cut=cut.known_at, position=cut.position, reading=cut.reading)

    def rests_on(self, view: View[Columns], cut: Cut) -> list[str]:
        """Return the events that the rows of a view rest on, in order: those that stand and mean something to it."""
        found = self.known(cut)
        wants = chooser(view)
        if view.of == "acts":
            events = [e for e in found.acts() if wants(msgspec.convert(glance(e), Glance))]
        else:
            events = found.facts(*view.types)
        return [id_of(event) for event in events if self._means_something(view, id_of(event))]

    def _means_something(self, view: View[Columns], event_id: str) -> bool:
        event = self.record.event(event_id)
        return event is not None and any(True for _ in view.rows(event, self.record))


def glance(event: fold.Event) -> dict[str, Any]:
    return {name: event["header"][name] for name in GLANCE}


def id_of(event: fold.Event) -> str:
    return str(event["header"]["event_id"])


def plain(said: object) -> Any:
    """Return what a part of an answer is in JSON."""
    return json.loads(msgspec.json.encode(said))


def once(event_ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(event_ids))


def asking(store: Store, record: Followed, cut: Cut) -> Asking:
    """Ask as the Secretariat, which reads all."""
    axes = Axes(as_of=None, cut=cut, recorded_by=RecordedBy(cut.position, None), standing="approved")
    now = record.now()
    return Asking(rows=StoredRows(store), reader=reader(record.record, "sec"), axes=axes, now=now, source=record)


def check(store: Store, record: Followed, places: Iterable[Cut]) -> Counter[str]:
    """Compare every view, and the answers of three, with what the stranger finds; return how much there was."""
    Follower(store, record, VIEWS.values(), batch=17).catch_up()
    stranger, found = Stranger(record), Counter[str]()
    for cut in places:
        for view in VIEWS.values():
            rests_on = stranger.rests_on(view, cut)
            assert once(row.event_id for row in StoredRows(store).at(view, cut)) == rests_on, (view.name, cut)
            found[view.name] += len(rests_on)
        known, asked = stranger.known(cut), asking(store, record, cut)
        assert plain(documents(asked).documents) == lists.documents(known), cut
        assert plain(submissions(asked).submissions) == lists.submissions(known), cut
        assert plain(corrections(asked).months) == lists.corrections(known), cut
    return found


@pytest.mark.parametrize("seed", range(2))
def test_a_stranger_finds_in_the_log_of_a_registry_what_every_view_says(store: Store, seed: int) -> None:
    record = registry(seed, 180)
    found = check(store, record, cuts(record, seed, 20))
    assert min(found["documents"], found["submissions"], found["corrections"]) > 50


def test_a_stranger_finds_in_the_log_of_matrices_what_every_view_says(store: Store) -> None:
    record = matrices(5, 80)
    assert sum(check(store, record, cuts(record, 5, 15)).values()) > 100


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200, 240))
def test_a_stranger_finds_in_longer_logs_what_every_view_says(store: Store, seed: int) -> None:
    for record in (registry(seed, 400), matrices(seed, 200)):
        check(store, record, cuts(record, seed, 40))
        with store.writing() as connection:
            drop(connection, generations(connection))
