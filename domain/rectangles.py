"""Where the events of a family stand on the axes of time, as rectangles of positions and of what was noticed by when.

From its own position on every event changes the rectangles of its family: those that were open end, and new ones begin.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from domain.recorded import Recorded
from domain.standing import Family
from domain.times import FAR_PAST

BEYOND = "~"
"""Later than every instant: where a rectangle has no end on the noticed axis."""


class Rectangle(msgspec.Struct, frozen=True, gc=False):
    """From `from_position` on, for errors noticed by anything from `from_noticed` up to (not including) `to_noticed`.

    There `stands` stands in its family and is what is `shown`; or it voids what is `shown`, and nothing stands.
    """

    stands: Recorded
    shown: Recorded
    from_position: int
    from_noticed: str
    to_noticed: str


def rectangles(family: Family, position: int) -> Iterator[Rectangle]:
    """Yield what a family's event at a position opens: the whole noticed axis, as far as there is anything to show."""
    members = [member for member in family.members if member.position <= position]
    noticed = sorted({member.header.noticed_at for member in members if member.header.noticed_at})
    for start, end in pairwise([FAR_PAST, *noticed, BEYOND]):
        stands = family.standing(position, start)
        if stands is not None:
            yield Rectangle(stands, stands, position, start, end)
            continue
        voids = family.voids(position, start)
        considered = reversed(family.considered(position, start))
        last = next((each for each in considered if each.id in voids and not each.header.voids), None)
        if last is not None:
            yield Rectangle(voids[last.id], last, position, start, end)
