"""What stands: roots, what replaces them, what voids, and what undoes a void."""

import hashlib

import pytest

from domain.header import Header
from domain.ids import command_id, event_id
from domain.matrix.events import MatrixExamined, MatrixRecordedInError
from domain.recorded import Event, Recorded
from domain.standing import NO_LIMIT, Cut, Family, History, history
from domain.times import FAR_FUTURE
from domain.values import Reading

READINGS: tuple[Reading, ...] = ("corrected", "stood")
ZERO = hashlib.sha256().hexdigest()


def at(day: int) -> str:
    return f"2012-01-{day:02}T12:00:00.000000Z"


def event(
    name: str, position: int, *, known: int = 1, strikes: str = "", noticed: int = 0, voids: bool = False
) -> Recorded:
    """Return an event of one stream, named by a letter; dates are days of January 2012."""
    body: Event = MatrixExamined(state="KEN", revision=1, manifest=None, note=name)
    if voids:
        body = MatrixRecordedInError(reason=name)
    header = Header(
        format=1,
        log="example.org/ledger1540/1",
        position=position,
        event_id=named(name),
        stream="matrix/KEN",
        version=position,
        previous=None,
        subject=None,
        type=body.TYPE,
        type_version=1,
        body_commitment=ZERO,
        recorded_at=at(20),
        known_at=at(known),
        known_precision="instant",
        strikes=named(strikes) if strikes else None,
        noticed_at=at(noticed) if noticed else None,
        command_id=command_id(name),
        actor="sec",
        role="",
        causation_id=None,
        correlation_id=None,
        audience=("committee",),
        synthetic=False,
    )
    return Recorded(header, body)


def named(name: str) -> str:
    return event_id(command_id(name), 0)


def stands(family: Family, position: int = NO_LIMIT, noticed_by: str = FAR_FUTURE) -> str | None:
    """Return the letter of what stands in a family."""
    found = family.standing(position, noticed_by)
    return None if found is None else letter(found)


def letter(found: Recorded) -> str:
    assert isinstance(found.body, MatrixExamined)
    return found.body.note


def family(*events: Recorded) -> Family:
    return history(events).family(events[0].id)


A = event("a", 1)
B = event("b", 2, strikes="a", noticed=5)
C = event("c", 3, strikes="b", noticed=6)


def test_a_root_stands_alone() -> None:
    assert stands(family(A)) == "a"


def test_the_last_of_a_chain_of_corrections_stands() -> None:
    assert stands(family(A, B, C)) == "c"


def test_a_void_leaves_nothing_of_a_root_and_the_earlier_of_a_chain() -> None:
    assert stands(family(A, event("v", 2, strikes="a", noticed=5, voids=True))) is None
    assert stands(family(A, B, C, event("v", 4, strikes="c", noticed=7, voids=True))) == "b"


def test_voids_undo_voids_from_the_highest_position_down() -> None:
    chain = [A, B]
    expected = ["a", "b", "a", "b"]
    struck = "b"
    for number, stand in enumerate(expected):
        name = f"v{number}"
        chain.append(event(name, 3 + number, strikes=struck, noticed=7, voids=True))
        struck = name
        assert stands(family(*chain)) == stand


def test_after_a_voided_correction_the_next_one_strikes_the_root_again() -> None:
    void = event("v", 3, strikes="b", noticed=6, voids=True)
    again = event("d", 4, strikes="a", noticed=7)
    both = family(A, B, void, again)
    assert stands(both) == "d"
    assert [stands(both, position) for position in (1, 2, 3, 4)] == ["a", "b", "a", "d"]


def test_before_its_root_is_on_record_nothing_stands() -> None:
    assert stands(family(A, B), position=0) is None


def test_what_stood_leaves_out_what_was_noticed_later_and_keeps_the_chain() -> None:
    void = event("v", 4, strikes="c", noticed=8, voids=True)
    chain = family(A, B, C, void)
    assert [stands(chain, noticed_by=at(day)) for day in (4, 5, 6, 7, 8)] == ["a", "b", "c", "c", "b"]


def test_a_correction_noticed_at_once_stands_although_the_one_it_strikes_was_recorded_before() -> None:
    late = event("b", 2, strikes="a", noticed=9)
    assert stands(family(A, late), noticed_by=at(8)) == "a"
    assert stands(family(A, late), noticed_by=at(9)) == "b"


def test_a_repair_is_not_there_before_it_was_noticed() -> None:
    repair = family(event("r", 1, noticed=5))
    assert [stands(repair, noticed_by=at(day)) for day in (4, 5)] == [None, "r"]


def test_what_voids_an_event_is_named_also_where_it_was_voided_twice() -> None:
    first = event("v", 2, strikes="a", noticed=5, voids=True)
    undone = event("u", 3, strikes="v", noticed=9, voids=True)
    second = event("w", 4, strikes="a", noticed=6, voids=True)
    chain = family(A, first, undone, second)
    assert stands(chain) is None
    assert chain.voids(NO_LIMIT, FAR_FUTURE)[A.id].id == second.id
    assert stands(chain, noticed_by=at(6)) is None, "two voids, neither undone yet in what was believed"


def test_a_void_stands_until_it_is_voided() -> None:
    void = event("v", 2, strikes="a", noticed=5, voids=True)
    undone = event("u", 3, strikes="v", noticed=6, voids=True)
    known = history([A, void, undone])
    assert not known.stands(void.id)
    assert known.stands(undone.id)
    assert known.stands(A.id)
    assert known.stands(void.id, Cut(position=2))


def test_a_history_is_in_order_of_knowing_then_of_roots_whatever_was_recorded_last() -> None:
    events = [
        event("a", 1, known=3),
        event("b", 2, known=1),
        event("c", 3, known=3),
        event("d", 4, known=1, strikes="c", noticed=9),
    ]
    known = history(events)
    assert [letter(each) for each in known.standing()] == ["b", "d", "a"]
    assert [letter(each) for each in known.standing(Cut(known_at=at(2)))] == ["b", "d"]
    assert [letter(each) for each in known.standing(Cut(position=3))] == ["b", "a", "c"]
    assert [letter(each) for each in known.standing(Cut(known_at=at(8), reading="stood"))] == ["b", "a", "c"]


def test_what_stands_at_every_cut_is_that_of_a_history_which_nobody_asked_before() -> None:
    """Given a history that is asked at every cut, when each is asked of a fresh one, then both say the same."""
    events = [
        event("a", 1, known=2),
        event("b", 2, known=5),
        event("c", 3, known=1, strikes="a", noticed=4),
        event("d", 4, known=3, noticed=6),
        event("e", 5, known=5, strikes="c", noticed=7, voids=True),
    ]
    asked = history(events)
    cuts = [
        Cut(known_at=known, position=position, reading=reading)
        for known in (*(at(day) for day in range(1, 9)), FAR_FUTURE)
        for position in (*range(7), NO_LIMIT)
        for reading in READINGS
    ]
    for cut in (Cut(), *cuts, *reversed(cuts)):
        # What stands is judged from each family alone, without what a history keeps.
        families = ((each, each.standing(cut.position, cut.noticed_by)) for each in history(events).families())
        found = [(each.root.position, stands) for each, stands in families if stands is not None]
        known_then = [
            (each.header.known_at, root, each) for root, each in found if each.header.known_at <= cut.known_at
        ]
        assert asked.standing(cut) == tuple(each for *_, each in sorted(known_then, key=lambda placed: placed[:2]))


def test_a_fold_is_made_once_for_a_history_and_anew_for_a_longer_one() -> None:
    made: list[int] = []

    def count(found: History) -> int:
        made.append(len(found.events))
        return len(found.events)

    known = history([event("a", 1)])
    assert (known.folded(count), known.folded(count)) == (1, 1)
    assert known.extended([event("b", 2)]).folded(count) == 2
    assert made == [1, 2]


def test_a_history_grows_without_changing_what_was_there() -> None:
    before = history([A])
    after = before.extended([B])
    assert (before.version, after.version, History().version) == (1, 2, 0)
    assert before.stands(A.id)
    assert not after.stands(A.id)
    assert after.extended([]) is after
    with pytest.raises(KeyError):
        before.family(B.id)


def test_the_other_reading_of_a_cut_is_the_same_place() -> None:
    cut = Cut(known_at=at(3), position=7, reading="stood")
    assert (cut.noticed_by, cut.other().noticed_by) == (at(3), FAR_FUTURE)
    assert cut.other() == Cut(known_at=at(3), position=7)
    assert cut.other().other() == cut
