"""What the exchange with States leaves to be done: answers awaited, comments on cells that nobody looked at since."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from domain.exchange.awaiting import Awaited, awaited
from domain.exchange.clarification import ClarificationAnswered, ClarificationAsked
from domain.exchange.comments import CellCommented
from domain.exchange.replying import ReplyReceived
from domain.recorded import Recorded
from projections.engine.answering import Asking
from projections.engine.rows import Where
from projections.engine.view import Row
from projections.views import changes, references, submissions
from projections.views.matrices import Act, File
from projections.views.references import ReferenceColumns
from projections.views.submissions import Submission
from projections.worklist.item import Found, found

ANSWERS = frozenset({"comment", submissions.NO_CHANGE})
"""What a State submits in answer to the matrix that was sent to it."""
KINDS = ("exchanges", "clarifications")
Said = tuple[Row[ReferenceColumns], Recorded]


def items(
    asking: Asking, files: Mapping[str, File], came: Sequence[Submission], states: Collection[str] | None
) -> Iterator[Found]:
    """Yield what is to be done in the exchange with States."""
    by_state: dict[str, list[Said]] = defaultdict(list)
    rows = asking.rows.at(references.VIEW, asking.axes.cut, {"kind": KINDS})
    for row, event in asking.read(rows):
        state = str(getattr(event.body, "state", ""))
        if states is None or state in states:
            by_state[state].append((row, event))
    for state in sorted({*files, *by_state}):
        said, file = by_state[state], files.get(state, File(()))
        waits = list(awaited([event for _, event in said]))
        yield from _sent(state, file, came, said, waits)
        yield from _clarifications(state, said, waits)
        yield from _comments(asking, state, file, [each for each in said if isinstance(each[1].body, CellCommented)])


def _sent(
    state: str, file: File, came: Sequence[Submission], said: Sequence[Said], waits: Sequence[Awaited]
) -> Iterator[Found]:
    sending = file.last("sent")
    if sending is not None and not (
        any(_answers(each, state, sending) for each in came) or any(_replies(each, sending) for _, each in said)
    ):
        name = f"{state}/{sending.of.revision}"
        by = next((each.reply_by for each in waits if each.of == sending.of.manifest), None)
        do = f"receive {state} --kind comment, or --no-change-since DATE"
        yield found(sending, state, "sent, not answered", name, do, _by(by))


def _answers(each: Submission, state: str, sending: Act) -> bool:
    answers = each.state == state and each.kind in ANSWERS and each.withdrawn is None
    return answers and each.known_at >= sending.known_at


def _replies(event: Recorded, sending: Act) -> bool:
    body = event.body
    return isinstance(body, ReplyReceived | CellCommented) and body.manifest == sending.of.manifest


def _clarifications(state: str, said: Sequence[Said], waits: Sequence[Awaited]) -> Iterator[Found]:
    open_ones = {each.of: each for each in waits}
    for row, event in said:
        body = event.body
        if isinstance(body, ClarificationAsked) and body.clarification in open_ones:
            partly = any(
                isinstance(other.body, ClarificationAnswered) and other.body.clarification == body.clarification
                for _, other in said
            )
            note = "; ".join(filter(None, ("answered in part" if partly else "", _by(body.reply_by))))
            do = f"record answer-clarification for {state}, when it comes"
            yield found(row, state, "clarification awaited", body.clarification, do, note)


def _by(day: str | None) -> str:
    return "" if day is None else f"reply by {day}"


def _comments(asking: Asking, state: str, file: File, comments: Sequence[Said]) -> Iterator[Found]:
    """Yield comments since which neither the cell was looked at nor another revision was sealed."""
    if not comments:
        return
    of_cells: Where = {"state": state, "cell": sorted({_cell_of(event) for _, event in comments})}
    looked = [*asking.rows.at(changes.VIEW, asking.axes.cut, of_cells)]
    for row, event in comments:
        cell = _cell_of(event)
        said = (row.known_at, row.root_position)
        since = any(each.of.cell == cell and (each.known_at, each.root_position) > said for each in looked)
        if not since and not any((act.known_at, act.root_position) > said for act in file.of("sealed")):
            drafts = [f"{state}/{act.of.revision}" for act in file.standing() if file.sealed(act.of.revision) is None]
            do = f"assess {drafts[-1]}, or confirm {drafts[-1]}" if drafts else f"open a revision of {state}"
            about = f"{row.of.name} {cell}"
            yield found(row, state, "comment, not looked at since", about, do, getattr(event.body, "text", ""))


def _cell_of(event: Recorded) -> str:
    """Return the cell that a comment is on."""
    return event.body.cell if isinstance(event.body, CellCommented) else ""
