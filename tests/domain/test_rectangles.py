"""The rectangles of a family say at every place on the axes what asking the family itself says there."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from domain.recorded import Recorded
from domain.rectangles import BEYOND, Rectangle, rectangles
from domain.standing import NO_LIMIT, Family
from domain.times import FAR_FUTURE, FAR_PAST, after
from tests.histories.playing import played, random_ops

SEEDS = range(12)


@pytest.fixture(scope="module")
def families() -> list[Family]:
    records = [played(random_ops(seed, 90)).record for seed in SEEDS]
    return [family for record in records for history in record.streams().values() for family in history.families()]


def opened(family: Family) -> Iterator[tuple[int, list[Rectangle]]]:
    """Yield what each event of a family opens, with the position at which the next one closes it."""
    ends = [*(member.position for member in family.members[1:]), NO_LIMIT]
    for member, end in zip(family.members, ends, strict=True):
        yield end, list(rectangles(family, member.position))


def places(family: Family) -> Iterator[tuple[int, str]]:
    positions = {place for member in family.members for place in (member.position - 1, member.position)}
    noticed = {member.header.noticed_at for member in family.members if member.header.noticed_at is not None}
    instants = {FAR_PAST, FAR_FUTURE, *noticed, *(after(each) for each in noticed)}
    for position in sorted(positions | {NO_LIMIT - 1}):
        yield from ((position, instant) for instant in sorted(instants))


def at(family: Family, position: int, noticed: str) -> list[Rectangle]:
    return [
        each
        for end, found in opened(family)
        for each in found
        if each.from_position <= position < end and each.from_noticed <= noticed < each.to_noticed
    ]


def shown_when_void(family: Family, position: int, noticed: str) -> Recorded | None:
    voids = family.voids(position, noticed)
    considered = family.considered(position, noticed)
    return next((each for each in reversed(considered) if each.id in voids and not each.header.voids), None)


def test_at_every_place_there_is_one_rectangle_and_it_shows_what_stands_or_what_is_void(families: list[Family]) -> None:
    struck = [family for family in families if len(family.members) > 1]
    assert len(struck) > 100
    for family in [*struck, *families[::20]]:
        for position, noticed in places(family):
            stands = family.standing(position, noticed)
            found = [(each.stands, each.shown) for each in at(family, position, noticed)]
            if stands is not None:
                assert found == [(stands, stands)]
            elif (void := shown_when_void(family, position, noticed)) is not None:
                assert found == [(family.voids(position, noticed)[void.id], void)]
            else:
                assert found == []


def test_what_an_event_opens_does_not_change_with_what_comes_later(families: list[Family]) -> None:
    for family in families:
        for length, member in enumerate(family.members, start=1):
            then = Family(family.root, family.members[:length])
            assert list(rectangles(family, member.position)) == list(rectangles(then, member.position))


def test_rectangles_of_one_event_follow_each_other_without_overlap(families: list[Family]) -> None:
    for family in families:
        for _, found in opened(family):
            assert all(before.to_noticed <= later.from_noticed for before, later in pairwise(found))
            assert found == [] or found[-1].to_noticed == BEYOND
