"""What followed from a decision, as a reader may see it, at a place on the axes."""

from collections.abc import Iterator

import msgspec

from domain.access import may
from domain.consequences import Consequence, What
from domain.consequences import consequences as followed
from domain.decision import DecisionProposed, stream
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.values import Instant, Precision
from projections.close import close_to
from projections.engine.answering import Answered, AskingRecord, answer, over
from projections.silence import DECISIONS


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that followed, through what, and whether it still stands."""

    what: What
    type: str
    stream: str
    through: str
    stands: bool
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant


class Consequences(Answered, frozen=True, kw_only=True):
    """All that followed from a decision, in order of position; `stands` is of the decision's own adoption."""

    decision: str
    title: str
    stands: bool
    followed: tuple[Followed, ...]


def consequences(asking: AskingRecord, decision: str) -> Consequences:
    """Return what followed from a decision.

    Raises:
        NotFound: no such decision is known to the reader.
    """
    own = asking.source.history(stream(decision))
    shown = [event for event in own.events if may(asking.reader, event.header, asking.now)]
    if not shown:
        names = (name.removeprefix(DECISIONS) for name in asking.source.stream_names(DECISIONS))
        raise NotFound(
            f"no decision {decision!r} is known to you",
            where="DECISION",
            remedy=close_to(decision, {each: each for each in names}) if asking.reader.reads_all(asking.now) else "",
        )
    found = list(followed(asking.source, decision, _events(asking)))
    seen = [each for each in found if may(asking.reader, each.event.header, asking.now)]
    standing = own.standing(asking.axes.cut)
    return answer(
        Consequences,
        over(asking, len(found) - len(seen), any(each.event.header.synthetic for each in seen)),
        decision=decision,
        title=next((event.body.title for event in reversed(shown) if isinstance(event.body, DecisionProposed)), ""),
        stands=any(event.header.type == "decision.adopted" for event in standing),
        followed=tuple(map(_told, seen)),
    )


def _events(asking: AskingRecord) -> Iterator[Recorded]:
    """Yield what was known and recorded at the place asked, in order of position; cells of matrices rest on none."""
    cut = asking.axes.cut
    names = (name for name in asking.source.stream_names() if not _of_cells(name))
    events = (event for name in names for event in asking.source.history(name).events)
    kept = (event for event in events if event.position <= cut.position and event.header.known_at <= cut.known_at)
    yield from sorted(kept, key=lambda event: event.position)


def _of_cells(stream: str) -> bool:
    return stream.startswith("matrix/") and stream.count("/") > 1


def _told(each: Consequence) -> Followed:
    header = each.event.header
    return Followed(
        what=each.what,
        type=header.type,
        stream=header.stream,
        through=each.through,
        stands=each.stands,
        event_id=header.event_id,
        position=header.position,
        known_at=header.known_at,
        known_precision=header.known_precision,
        recorded_at=header.recorded_at,
    )
