"""What is to be done about matrices, by date: what came and is not reflected, drafts, seals, sendings, remarks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple

import msgspec

from domain.access import Reader
from domain.values import Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.rows import Where, seen
from projections.engine.view import Columns, Row
from projections.views import changes, matrices, submissions
from projections.views.matrices import Act, File
from projections.views.submissions import Submission
from projections.waiting import Waiting, no_change, not_reflected

VIEWS = (matrices.VIEW, submissions.VIEW, changes.VIEW)
ANSWERS = frozenset({"comment", submissions.NO_CHANGE})
"""What a State submits in answer to the matrix that was sent to it."""

What = Literal[
    "received, not yet reflected",
    "opened, not sealed",
    "sealed, not approved",
    "sent, not answered",
    "approved, consent not asked",
    "remark on a draft",
]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do: `about` which submission, revision or row, `since` it was known, by which verb (`do`)."""

    since: Instant
    since_precision: Precision
    state: str
    what: What
    about: str
    note: str
    do: str
    event_id: str
    position: int
    recorded_at: Instant
    synthetic: bool


class Worklist(Answered, frozen=True, kw_only=True):
    """What is to be done about the matrices of some States, or of all where `states` is null; the oldest first."""

    states: tuple[str, ...] | None
    items: tuple[Item, ...]


class _Found(NamedTuple):
    row: Row[Columns]
    item: Item


def own_states(reader: Reader, now: Instant) -> tuple[str, ...] | None:
    """Return the States that all roles of a reader are limited to; None where one of them is not, or there is none."""
    scopes = {scope for _, scope in reader.held(now)}
    return tuple(sorted(scopes)) if scopes and all(scopes) else None


def worklist(asking: Asking, states: Collection[str] = ()) -> Worklist:
    """Return what is to be done for the States named, else for those of the reader's roles, as the reader may see it.

    What the reader may not see is taken into account, and then counted as withheld instead of shown.
    """
    chosen = tuple(sorted(set(states))) or own_states(asking.reader, asking.now)
    where = {} if chosen is None else {"state": chosen}
    files = matrices.files(asking.rows.at(matrices.VIEW, asking.axes.cut, where))
    received = asking.rows.at(submissions.VIEW, asking.axes.cut, {"what": "received", **where})
    later = asking.rows.at(submissions.VIEW, asking.axes.cut, {"what": submissions.FOLLOWED})
    came = submissions.fold(received, later)
    found = [
        *_not_reflected(asking, files, came, {row.event_id: row for row in received}),
        *(each for state, file in files.items() for each in _of_file(state, file, came)),
        *_remarks(asking, files),
    ]
    shown, withheld = seen((each.row for each in found), asking.reader, asking.now)
    visible = {row.event_id for row in shown}
    items = sorted(
        (each.item for each in found if each.item.event_id in visible), key=lambda each: (each.since, each.position)
    )
    heading = over(asking, withheld, any(each.synthetic for each in items))
    return answer(Worklist, heading, states=chosen, items=tuple(items))


def _found(row: Row[Columns], state: str, what: What, about: str, do: str, note: str = "") -> _Found:
    item = Item(
        since=row.known_at,
        since_precision=row.known_precision,
        state=state,
        what=what,
        about=about,
        note=note,
        do=do,
        event_id=row.event_id,
        position=row.position,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
    return _Found(row, item)


def _not_reflected(
    asking: Asking, files: Mapping[str, File], came: Iterable[Submission], receipts: Mapping[str, Row[Columns]]
) -> Iterator[_Found]:
    by_state: dict[str, list[Waiting]] = defaultdict(list)
    for each in came:
        if each.state is not None and each.read is None and each.withdrawn is None:
            waits = Waiting(
                submission=each.submission,
                kind=no_change(each.since) if each.since is not None else each.kind or "",
                received_at=each.received_at or each.known_at,
                documents=each.documents,
                event_id=each.event_id,
                position=each.position,
            )
            by_state[each.state].append(waits)
    cited = _cited(asking, files, [state for state, of_state in by_state.items() if any(w.documents for w in of_state)])
    for state, of_state in by_state.items():
        for waits in not_reflected(of_state, cited[state]):
            do = f"assess {state}, or read {waits.submission}"
            yield _found(
                receipts[waits.event_id], state, "received, not yet reflected", waits.submission, do, waits.kind
            )


def _cited(asking: Asking, files: Mapping[str, File], states: Sequence[str]) -> Mapping[str, Set[str]]:
    """Return the documents that cells of some States cite, of revisions whose opening stands."""
    cited: dict[str, set[str]] = defaultdict(set)
    opened = {(state, act.of.revision) for state in states if state in files for act in files[state].of("opened")}
    where: Where = {"state": states, "what": ("assessed", "corrected")}
    for row in asking.rows.at(changes.VIEW, asking.axes.cut, where) if opened else ():
        if (row.of.state, row.of.revision) in opened:
            cited[row.of.state].update(row.of.documents.split())
    return cited


def _of_file(state: str, file: File, came: Sequence[Submission]) -> Iterator[_Found]:
    """Yield what the acts of one State leave to be done."""
    approved = {act.of.manifest for act in file.of("approved")}
    approval, sending = file.last("approved"), file.last("sent")
    for act in file.standing():
        name, seal = f"{state}/{act.of.revision}", file.sealed(act.of.revision)
        if seal is None:
            yield _found(act, state, "opened, not sealed", name, f"seal {name}, or withdraw revision {name}")
        elif seal.of.manifest not in approved and (approval is None or _after(seal, approval)):
            yield _found(seal, state, "sealed, not approved", name, f"propose, adopt, then approve {name}")
    if sending is not None and not any(_answers(each, state, sending) for each in came):
        name = f"{state}/{sending.of.revision}"
        yield _found(sending, state, "sent, not answered", name, f"receive {state} --kind comment or no-change")
    if approval is not None and not _spoken(file, approval):
        name = f"{state}/{approval.of.revision}"
        yield _found(approval, state, "approved, consent not asked", name, f"consent {name}")


def _after(act: Act, other: Act) -> bool:
    return (act.known_at, act.root_position) > (other.known_at, other.root_position)


def _answers(each: Submission, state: str, sending: Act) -> bool:
    answers = each.state == state and each.kind in ANSWERS and each.withdrawn is None
    return answers and each.known_at >= sending.known_at


def _spoken(file: File, approval: Act) -> bool:
    """True where the State gave or withdrew consent to publish what was approved, or it is published already."""
    acts = file.of("consented", "consent withdrawn", "published")
    return any(act.of.manifest in (None, approval.of.manifest) and act.of.scope in (None, "publish") for act in acts)


def _remarks(asking: Asking, files: Mapping[str, File]) -> Iterator[_Found]:
    """Yield the remarks on drafts in whose row no cell was assessed or looked at since."""
    for state, file in files.items():
        drafts = {act.of.revision for act in file.standing() if file.sealed(act.of.revision) is None}
        open_remarks = [act for act in file.of("remarked") if act.of.revision in drafts]
        if not open_remarks:
            continue
        looked = asking.rows.at(changes.VIEW, asking.axes.cut, {"state": state, "revision": tuple(drafts)})
        for act in open_remarks:
            in_row = (each for each in looked if (each.of.revision, each.of.row) == (act.of.revision, act.of.row))
            if not any((each.known_at, each.root_position) > (act.known_at, act.root_position) for each in in_row):
                name = f"{state}/{act.of.revision}"
                do = f"assess {name}, or confirm {name}"
                yield _found(act, state, "remark on a draft", f"{name} {act.of.row}", do, act.of.note or "")
