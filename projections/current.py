"""Where each State's matrix is: its last revision and template, and when it was sealed, approved, sent, published."""

import msgspec

from domain.values import Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.rows import seen
from projections.origin import RecordOrigin
from projections.states import codes, name_of
from projections.views.matrices import VIEW, Act, File, What, files

ACTS: tuple[What, ...] = ("opened", "withdrawn", "sealed", "approved", "sent", "published", "unpublished")


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """One act, and the revision that it was of."""

    revision: int | None
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """One State: its last revision that is opened and not withdrawn, and the last act of every standing."""

    state: str
    name: str
    revision: int | None
    template: str | None
    opened: Done | None
    sealed: Done | None
    approved: Done | None
    sent: Done | None
    published: Done | None
    synthetic: bool


class Matrices(Answered, frozen=True, kw_only=True):
    """All States by code, and the notice of the matrices; what they say is not told here, nor counted."""

    notice: str | None
    matrices: tuple[Current, ...]


def matrices(asking: Asking) -> Matrices:
    """Return where the matrix of each State is, as the reader may see it."""
    record, cut = asking.source, asking.axes.cut
    acts = [act for file in files(asking.rows.at(VIEW, cut, {"what": ACTS})).values() for act in file.acts]
    shown, withheld = seen(acts, asking.reader, asking.now)
    by_state = files(shown)
    on_record = (each for each in codes(record) if record.history(f"state/{each}").events[0].position <= cut.position)
    listed = tuple(_current(state, name_of(record, state, cut), by_state.get(state, File(()))) for state in on_record)
    return answer(
        Matrices,
        over(asking, withheld, any(each.synthetic for each in listed)),
        notice=RecordOrigin(record).notice(cut.position),
        matrices=listed,
    )


def _current(state: str, name: str, file: File) -> Current:
    opened = next(reversed(file.standing()), None)
    published = file.last("published", "unpublished")
    acts = {
        "opened": opened,
        "sealed": None if opened is None else file.sealed(opened.of.revision),
        "approved": file.last("approved"),
        "sent": file.last("sent"),
        "published": published if published is not None and published.of.what == "published" else None,
    }
    return Current(
        state=state,
        name=name,
        revision=None if opened is None else opened.of.revision,
        template=None if opened is None else opened.of.template,
        synthetic=any(act is not None and act.synthetic for act in acts.values()),
        **{what: None if act is None else _done(act) for what, act in acts.items()},
    )


def _done(act: Act) -> Done:
    return Done(
        revision=act.of.revision,
        event_id=act.event_id,
        position=act.position,
        known_at=act.known_at,
        known_precision=act.known_precision,
        recorded_at=act.recorded_at,
    )
