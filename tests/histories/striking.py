"""Operations that strike: correcting, voiding, and the authority that they need."""

import msgspec

from domain import ids
from domain.correcting import Change as Changed
from domain.correcting import Correct, MarkInError
from domain.decision import AuthoriseCorrection
from domain.matrix import events as e
from domain.recorded import Recorded
from domain.times import moment, text
from tests.histories.historian import Historian, pick
from tests.histories.made_up import ALL, DOCUMENTS, FIELDS, TEMPLATES


def corrects(historian: Historian, state: str) -> None:
    """Replace a standing event: another value, another known date, or both."""
    target = _target(historian, state)
    if target is None or target.header.voids:
        return
    authority = _authority(historian, state, target)
    changes: dict[str, Changed] = {}
    body = target.body
    if isinstance(body, e.CellAssessed | e.CellCorrected):
        rows = {row.cell: row.allowed for row in historian.fields(state, body.revision)}
        allowed = rows.get(body.cell, ALL)
        changes["value"] = allowed[historian.a % len(allowed)]
        if historian.a % 5 == 0:
            changes["in_force_to"] = "2010-12-31"
    known = historian.known(target.header.known_at, target.header.recorded_at) if historian.a % 3 == 0 else None
    historian.give(
        Correct,
        target=target.id,
        reason="typo",
        changes=changes,
        known=known,
        noticed=_noticed_after(historian, target),
        causation=authority,
    )


def corrects_template(historian: Historian, state: str) -> None:
    """Correct a template: its notice, and what one of its rows allows."""
    del state
    name = TEMPLATES[historian.a % 3]
    standing = historian.record.history(f"template/{name}").standing()
    if not standing:
        return
    fields = [msgspec.to_builtins(each) for each in FIELDS[name]]
    fields[historian.b % len(fields)]["allowed"] = ["X", "?", ""]
    historian.give(
        Correct,
        target=standing[-1].id,
        reason="typo",
        changes={"notice": f"Notice {historian.number}.", "fields": fields},
        noticed=_noticed_after(historian, standing[-1]),
    )


def voids(historian: Historian, state: str) -> None:
    """Void a standing event, or undo a void."""
    target = _target(historian, state)
    if target is not None:
        authority = _authority(historian, state, target)
        historian.give(
            MarkInError,
            target=target.id,
            reason="error",
            noticed=_noticed_after(historian, target),
            causation=authority,
        )


def voids_ground(historian: Historian, state: str) -> None:
    """Void what others may rest on (the State, a template, a mapping, a document), or undo such a void."""
    streams = [f"state/{state}", *(f"template/{name}" for name in TEMPLATES), "mapping/T1-T2", "mapping/T2-T3"]
    streams += [f"document/{name}" for name in DOCUMENTS]
    history = historian.record.history(streams[historian.a % len(streams)])
    target = pick([event for event in reversed(history.events) if history.stands(event.id)], 0)
    if target is not None:
        historian.give(MarkInError, target=target.id, reason="error", noticed=_noticed_after(historian, target))


def _noticed_after(historian: Historian, target: Recorded) -> str | None:
    """Return when the error is said to have been noticed: now, or between then and now."""
    earliest = max(target.header.known_at, target.header.noticed_at or "")
    part = historian.a // 16
    if part < 6:
        return None
    span = moment(historian.record.recorded_at()) - moment(earliest)
    return text(moment(earliest) + span * (part - 6) / 10)


def _target(historian: Historian, state: str) -> Recorded | None:
    """Choose what to strike: mostly what stands, mostly recent, half of the time what was struck before."""
    streams = [ids.matrix(state), ids.exchange(state), ids.consent(state)]
    streams += [ids.matrix_revision(state, revision) for revision in range(1, 9)]
    found: list[Recorded] = []
    for stream in streams:
        history = historian.record.history(stream)
        found += [event for event in history.events if historian.a % 16 == 0 or history.stands(event.id)]
    found = sorted((event for event in found if event.id not in historian.spared), key=lambda event: -event.position)
    struck = [event for event in found if event.header.strikes is not None]
    if struck and historian.b % 2:
        return pick(struck, historian.b // 2 % 4)
    return pick(found, historian.b // 2)


def _authority(historian: Historian, state: str, target: Recorded) -> str | None:
    """Obtain a second person's authority, mostly, where something of the State was ever approved."""
    approvals = _approvals(historian, state)
    return allowed(historian, target.id) if approvals and historian.c % 11 else None


def authority_to_repair(historian: Historian, state: str, revision: int) -> str | None:
    """Obtain a second person's authority, mostly, where the revision to be repaired was ever approved."""
    approvals = [event.id for event, of in _approvals(historian, state) if of == revision]
    return allowed(historian, approvals[-1]) if approvals and historian.c % 11 else None


def _approvals(historian: Historian, state: str) -> list[tuple[Recorded, int]]:
    events = historian.record.history(ids.matrix(state)).events
    return [(event, event.body.revision) for event in events if isinstance(event.body, e.MatrixApproved)]


def allowed(historian: Historian, target: str) -> str | None:
    """Have a second person authorise a correction, and return the authority's id."""
    given = historian.give(AuthoriseCorrection, actor="sec2", decision="authority", target=target, reason="seen")
    return given[0].id if given else None
