"""Every event of one duty, as a reader may see it: what opened it, what served it, which steps were done."""

import msgspec

from domain.calendar import Deed, story
from domain.refusals import NotFound
from domain.values import Instant, Precision
from projections.bearing import Bearing
from projections.duties import reads_progress
from projections.engine.answering import Answered, Asking, answer, over
from projections.states import NamedStreams, members


class DutyAct(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a duty and what it did; `open` names what it opened and nothing has closed."""

    what: str
    open: str | None
    type: str
    stream: str
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant


class DutyLog(Answered, frozen=True, kw_only=True):
    """The events of a duty in order of knowing; None where they are withheld."""

    duty: str
    paragraph: str
    text: str
    acts: tuple[DutyAct, ...] | None


def duty_log(asking: Asking, record: NamedStreams, duty: str) -> DutyLog:
    """Return the events of a duty that were known at the place asked, whatever programme was running.

    Raises:
        NotFound: no programme and no mandate known there has that duty.
    """
    found, cut = Bearing(asking), asking.axes.cut
    told = story(found.facts.standing, cut.known_at, duty, facts=found.facts, states=members(record, cut))
    if told is None:
        raise NotFound(f"no duty {duty!r} was known there", where="--duty", remedy="`ledger1540 due` names them")
    wanted, deeds = told
    return answer(
        DutyLog,
        over(asking, found.withheld, any(deed.event.header.synthetic for deed in deeds)),
        duty=duty,
        paragraph=wanted.paragraph,
        text=wanted.text,
        acts=tuple(map(_act, deeds)) if reads_progress(asking.reader, asking.now) else None,
    )


def _act(deed: Deed) -> DutyAct:
    header = deed.event.header
    return DutyAct(
        what=", ".join(deed.what),
        open=deed.open,
        type=header.type,
        stream=header.stream,
        event_id=header.event_id,
        position=header.position,
        known_at=header.known_at,
        known_precision=header.known_precision,
        recorded_at=header.recorded_at,
    )
