"""Operations that strike: correcting, voiding, and the authority that they need."""

import msgspec

from domain import ids
from domain.correcting import Change as Changed
from domain.correcting import Correct, MarkInError
from domain.decision import AuthoriseCorrection, CorrectionAuthorised
from domain.matrix import events as e
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.times import moment, text
from tests.histories.historian import Historian, pick
from tests.histories.made_up import ALL, FIELDS, TEMPLATES


def corrects(historian: Historian, state: str) -> None:
    """Replace a standing event: another value, another known date, or both."""
    target = _target(historian, state)
    if target is None or target.header.voids:
        return
    authority = _authority(historian, target)
    changes: dict[str, Changed] = {}
    body = target.body
    if isinstance(body, e.CellAssessed | e.CellCorrected):
        rows = {row.cell: row.allowed for row in historian.fields(state, body.revision)}
        allowed = rows.get(body.cell, ALL)
        changes["value"] = allowed[historian.a % len(allowed)]
        if historian.a % 5 == 0:
            changes["in_force_to"] = "2010-12-31"
    elif isinstance(body, e.MatrixApproved):
        changes["decision_id"] = "another"
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
        authority = _authority(historian, target)
        historian.give(
            MarkInError,
            target=target.id,
            reason="error",
            noticed=_noticed_after(historian, target),
            causation=authority,
        )


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


def _authority(historian: Historian, target: Recorded) -> str | None:
    """Obtain a second person's authority, where an approved cell is to be struck."""
    body = target.body
    if isinstance(body, e.MatrixRecordedInError):
        body = _struck(historian, target).body
    if not isinstance(body, e.CellAssessed | e.CellCorrected) or historian.c % 11 == 0:
        return None
    approved = {row.about for row in historian.facts(body.state).acts if row.kind == "approved"}
    if body.revision not in approved:
        return None
    return _allowed(historian, target.id)


def authority_to_repair(historian: Historian, facts: MatrixFacts, revision: int) -> str | None:
    """Obtain a second person's authority, where the revision to be repaired is approved."""
    approvals = [row.event_id for row in facts.acts if row.kind == "approved" and row.about == revision]
    return _allowed(historian, approvals[-1]) if approvals and historian.c % 11 else None


def _allowed(historian: Historian, target: str) -> str | None:
    given = historian.give(AuthoriseCorrection, actor="sec2", decision="authority", target=target, reason="seen")
    return given[0].id if given and isinstance(given[0].body, CorrectionAuthorised) else None


def _struck(historian: Historian, void: Recorded) -> Recorded:
    while void.header.voids:
        found = historian.record.event(void.header.strikes or "")
        assert found is not None
        void = found
    return void
