"""Every event of one duty, as a reader may see it: what opened it, what served it, who was reminded, what was done."""

import msgspec

from domain.access import may
from domain.calendar import story
from domain.calendar.story import Deed
from domain.deadline import DeadlineExtended
from domain.header import Header
from domain.refusals import NotFound
from domain.values import Instant, Precision
from projections.bearing import Bearing
from projections.duties import reads_progress
from projections.duty_messages import told as of_messages
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
    reminded = list(of_messages(record, duty, cut))
    seen = [(what, event.header) for what, event in reminded if may(asking.reader, event.header, asking.now)]
    acts = [_act(_words(deed), deed.open, deed.event.header) for deed in deeds]
    acts += [_act(what, None, header) for what, header in seen]
    acts.sort(key=lambda act: (act.known_at, act.position))
    synthetic = any(header.synthetic for header in (*(deed.event.header for deed in deeds), *(h for _, h in seen)))
    return answer(
        DutyLog,
        over(asking, found.withheld + len(reminded) - len(seen), synthetic),
        duty=duty,
        paragraph=wanted.paragraph,
        text=wanted.text,
        acts=tuple(acts) if reads_progress(asking.reader, asking.now) else None,
    )


def _words(deed: Deed) -> str:
    body = deed.event.body
    moved = {"moves": f"moves to {body.due}"} if isinstance(body, DeadlineExtended) else {}
    return ", ".join(moved.get(each, each) for each in deed.what)


def _act(what: str, still_open: str | None, header: Header) -> DutyAct:
    return DutyAct(
        what=what,
        open=still_open,
        type=header.type,
        stream=header.stream,
        event_id=header.event_id,
        position=header.position,
        known_at=header.known_at,
        known_precision=header.known_precision,
        recorded_at=header.recorded_at,
    )
