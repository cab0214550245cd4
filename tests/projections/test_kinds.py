"""All that is kept on record is listed by kind: each type of event, for who may read it, today and at a past date."""

from collections.abc import Mapping

import msgspec
import pytest

from domain.access import reader
from domain.audiences import COMMITTEE, PUBLIC, SECRETARIAT, with_state
from domain.catalogue import TYPES
from domain.recorded import Draft, RecordedInError
from domain.records import AcceptClock
from domain.standing import Cut
from projections.axes import Axes, RecordedBy
from projections.engine.answering import Asking
from projections.engine.following import Follower
from projections.engine.rebuilding import Rebuild
from projections.engine.rows import ReplayedRows, Rows, StoredRows
from projections.engine.store import Store
from projections.kinds import BY_TYPE, KINDS
from projections.views.catalogue import VIEWS
from projections.views.references import VIEW, references
from schemas import golden
from tests.committee import Committee
from tests.projections.engine.given import Followed

READERS: Mapping[str, tuple[str, str]] = {
    "auditor": ("auditor", ""),
    "member": ("member", ""),
    "an-expert": ("expert", ""),
    "kenya": ("state", "KEN"),
    "france": ("state", "FRA"),
    "someone": ("public", ""),
}
ALL = frozenset({*READERS, "sec", "chair"})
WORKERS = ALL - {"kenya", "france", "someone"}
READ_BY: Mapping[tuple[str, ...], frozenset[str]] = {
    PUBLIC: ALL,
    COMMITTEE: WORKERS,
    SECRETARIAT: frozenset({"sec", "auditor"}),
    with_state("KEN"): WORKERS | {"kenya"},
}
AUDIENCES = tuple(READ_BY)
PAST = "2014-01-01"


def office() -> Committee:
    """Put both golden instances of every type on record, before and after a date, each for other readers in turn."""
    committee = Committee()
    for actor, (role, scope) in READERS.items():
        committee.registers(*filter(None, [scope]))
        committee.grants(actor, role, scope=scope)
    number = 0
    for turn, day in enumerate(("2013-06-01", "2014-06-01")):
        committee.on(day)
        for place, kind in enumerate(BY_TYPE):
            for which, instance in enumerate(golden.instances(kind.TYPE, kind.VERSION)):
                number += 1
                body = instance.body.replace("\\u0000", "")  # as a name it is another in tables, which do not keep it
                draft = Draft(
                    stream=f"{kind.TYPE.partition('.')[0]}/made-up-{number}",
                    event=msgspec.json.decode(body, type=kind),
                    audience=AUDIENCES[(place + which + turn) % len(AUDIENCES)],
                )
                committee.record.puts(draft, AcceptClock(id=f"put-{number}", actor="sec", reason=""))
    return committee


@pytest.fixture(scope="module")
def record() -> Followed:
    return Followed(office().record)


def asking(record: Followed, rows: Rows, actor: str, as_of: str | None) -> Asking:
    cut = (
        Cut(position=record.last_position)
        if as_of is None
        else Cut(known_at=f"{as_of}T00:00:00.000000Z", position=record.last_position)
    )
    axes = Axes(as_of=as_of, cut=cut, recorded_by=RecordedBy(cut.position, None), standing="approved")
    return Asking(rows=rows, reader=reader(record.record, actor), axes=axes, now=record.now(), source=record)


def told_apart(record: Followed, kind: str, actor: str, as_of: str | None) -> tuple[int, int]:
    """Return how many events of a kind a reader may see and may not, by their headers alone."""
    of_kind = [e.header for e in record.record.events if BY_TYPE.get(type(e.body)) == kind]
    known = [h for h in of_kind if as_of is None or h.known_at < as_of]
    seen = sum(actor in READ_BY.get(h.audience, WORKERS) for h in known)
    return seen, len(known) - seen


def test_every_type_of_event_is_in_a_view() -> None:
    viewed = {name for view in VIEWS.values() for name in view.types}
    unread = {kind.TYPE for kind in TYPES.values() if not issubclass(kind, RecordedInError)} - viewed
    assert unread == {"matrix.superseded"}


@pytest.mark.parametrize("as_of", [None, PAST])
def test_who_may_read_an_act_finds_it_in_its_list_and_others_are_told_how_many_are_withheld(
    record: Followed, as_of: str | None
) -> None:
    rows = ReplayedRows(record)
    for kind in sorted(set(KINDS) - {"states", "actors", "mandates", "templates", "mappings", "programmes", "batches"}):
        for actor in ALL:
            found = references(asking(record, rows, actor, as_of), kind)
            acts = {each.position for each in found.listed}  # of a calendar, each entry is listed
            assert (len(acts), found.withheld) == told_apart(record, kind, actor, as_of), (kind, actor)


def test_what_is_listed_is_the_same_from_tables_by_folding_and_rebuilt(record: Followed, store: Store) -> None:
    Follower(store, record, [VIEW], batch=97).catch_up()
    for as_of in (None, PAST):
        for kind in KINDS:
            stored = references(asking(record, StoredRows(store), "member", as_of), kind)
            assert stored == references(asking(record, ReplayedRows(record), "member", as_of), kind), kind
    done = Rebuild(store, record).run(VIEWS["references"])
    assert done.comparison is not None
    assert (done.comparison.same, done.switched) == (True, True)


def test_nothing_that_is_sealed_of_a_person_is_told(record: Followed) -> None:
    listed = references(asking(record, ReplayedRows(record), "sec", None), "contacts").listed
    assert any(each.told["what"] == "proposed" for each in listed)
    assert not any("details" in each.told for each in listed)
