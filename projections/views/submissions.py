"""What States submitted: which kind, when received and known, if it was read with nothing new, or taken back."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from domain.recorded import Recorded
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.values import Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Lookup, Row, View

NO_CHANGE = "no-change"
FOLLOWED = ("read", "withdrawn")
"""What may follow a receipt."""


class SubmissionColumns(Columns, frozen=True, kw_only=True):
    """What an event says of a submission; only its receipt names State, kind and documents (separated by spaces)."""

    submission: str
    what: Literal["received", "read", "withdrawn"]
    state: str | None = None
    kind: str | None = None
    since: str | None = None
    received_at: Instant | None = None
    documents: str | None = None
    reason: str | None = None


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A submission; `since` is what "no change" refers to, `read` and `withdrawn` say when that was known."""

    submission: str
    state: str | None
    kind: str | None
    since: str | None
    received_at: Instant | None
    documents: tuple[str, ...]
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool
    read: Instant | None = None
    withdrawn: Instant | None = None
    reason: str | None = None


class Submissions(Answered, frozen=True, kw_only=True):
    """Submissions by date of receipt, and how many there are of each kind; those taken back are listed, not counted."""

    kinds: dict[str, int]
    submissions: tuple[Submission, ...]


def rows(event: Recorded, lookup: Lookup) -> Iterable[SubmissionColumns]:
    """Yield what an event says of a submission."""
    del lookup
    match event.body:
        case SubmissionReceived() as body:
            yield SubmissionColumns(
                submission=body.submission,
                what="received",
                state=body.state,
                kind=body.kind,
                received_at=body.received_at,
                documents=" ".join(body.documents),
            )
        case NoChangeDeclared() as body:
            yield SubmissionColumns(
                submission=body.submission,
                what="received",
                state=body.state,
                kind=NO_CHANGE,
                since=body.since,
                received_at=body.received_at,
                documents=" ".join(body.documents),
            )
        case SubmissionRead() as body:
            yield SubmissionColumns(submission=body.submission, what="read")
        case SubmissionWithdrawn() as body:
            yield SubmissionColumns(submission=body.submission, what="withdrawn", reason=body.reason)
        case _:
            pass


VIEW = View(
    name="submissions",
    version=1,
    columns=SubmissionColumns,
    follows=(SubmissionReceived, NoChangeDeclared, SubmissionRead, SubmissionWithdrawn),
    rows=rows,
    indexes=(("state", "kind"), ("submission",)),
)


def submissions(asking: Asking, *, state: str | None = None, kind: str | None = None) -> Submissions:
    """Return what was submitted, by one State and of one kind if so asked, as the reader may see it."""
    asked = {"state": state, "kind": kind}
    received, _ = asking.see(VIEW, {"what": "received"} | {k: v for k, v in asked.items() if v is not None})
    later, _ = asking.see(VIEW, {"what": FOLLOWED})
    listed = fold(received, later)
    kinds: dict[str, int] = {}
    for each in listed:
        if each.withdrawn is None and each.kind is not None:
            kinds[each.kind] = kinds.get(each.kind, 0) + 1
    heading = over(asking, asking.withheld(VIEW), any(each.synthetic for each in listed))
    return answer(Submissions, heading, kinds=dict(sorted(kinds.items())), submissions=listed)


def fold(received: Iterable[Row[SubmissionColumns]], later: Iterable[Row[SubmissionColumns]]) -> tuple[Submission, ...]:
    """Return submissions by date of receipt, with what became of them later."""
    found = {row.of.submission: _submission(row) for row in received}
    for row in later:
        before = found.get(row.of.submission)
        if before is not None and row.of.what == "read":
            found[row.of.submission] = msgspec.structs.replace(before, read=row.known_at)
        elif before is not None:
            taken = msgspec.structs.replace(before, withdrawn=row.known_at, reason=row.of.reason)
            found[row.of.submission] = taken
    return tuple(sorted(found.values(), key=lambda each: (each.received_at or "", each.position)))


def _submission(row: Row[SubmissionColumns]) -> Submission:
    of = row.of
    return Submission(
        submission=of.submission,
        state=of.state,
        kind=of.kind,
        since=of.since,
        received_at=of.received_at,
        documents=tuple((of.documents or "").split()),
        event_id=row.event_id,
        position=row.position,
        known_at=row.known_at,
        known_precision=row.known_precision,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
