"""Letters on an occasion: to the members about procedures and meetings, to States about what came from them."""

from collections.abc import Mapping

from domain.assistance import going as assistance
from domain.assistance.request_events import RequestReceived
from domain.calendar import occasions
from domain.calendar.due_letters import DueLetter
from domain.deciding import stands_at
from domain.decision import DecisionProposed
from domain.decision import stream as decision_stream
from domain.meetings import schedule
from domain.meetings.holding import stream as meeting_stream
from domain.meetings.notice import timeliness
from domain.no_objection.events import ProcedureClosed, ProcedureOpened
from domain.no_objection.procedure import procedure
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.standing import Cut
from domain.submission import NoChangeDeclared, SubmissionReceived
from domain.submission import stream as submission_stream
from domain.times import new_york_date
from domain.values import Instant
from ledger.record import Record
from projections import due_letters
from workflows.letters.kind import Sort
from workflows.letters.kinds import Acknowledging, Announcing, Closing, Proposing, Values
from workflows.letters.naming import new_york, party, title

SUBMITTED: Mapping[str, str] = {
    "first-report": "first report",
    "additional-information": "additional information",
    "comment": "comments on the matrix",
    "action-plan": "voluntary national action plan",
    "other": "communication",
}
"""What a submission is called in its acknowledgement."""
MEETINGS: Mapping[str, str] = {
    "formal": "Formal meeting",
    "informal": "Informal meeting",
    "working-group": "Meeting of a working group",
    "open": "Open meeting",
    "joint-briefing": "Joint briefing to the Security Council",
}


def _about(about: str, rung: str) -> str:
    del rung
    return about


def _says(record: Record, each: DueLetter, at: Instant) -> Values:
    match each.kind:
        case occasions.PROPOSAL:
            return _proposing(record, each, at)
        case occasions.CLOSED:
            return _closing(record, each)
        case occasions.NOTICE:
            return _announcing(record, each)
        case _:
            return _acknowledging(record, each)


def _event(record: Record, each: DueLetter) -> Recorded:
    """Return the event that a letter to the members is about, which its rung names by its version in the stream.

    Raises:
        NotFound: it does not stand any more.
    """
    version = each.rung.rpartition(".")[2]
    for event in record.history(each.about).standing():
        if str(event.header.version) == version:
            return event
    raise NotFound(f"{each.rung} of {each.about} does not stand", where=each.about)


def _proposed(record: Record, each: DueLetter) -> tuple[str, Mapping[int, str]]:
    """Return the title of a proposal, and its items by number."""
    bodies = [event.body for event in record.history(each.about).standing()]
    found = [body for body in bodies if isinstance(body, DecisionProposed)][-1]
    return found.title or found.decision, {item.number: item.text for item in found.items}


def _proposing(record: Record, each: DueLetter, at: Instant) -> Proposing:
    body = _event(record, each).body
    assert isinstance(body, ProcedureOpened)  # noqa: S101 - that is what is circulated
    named, texts = _proposed(record, each)
    found = procedure(stands_at(record, Cut()), body.decision, at)
    assert found is not None  # noqa: S101 - it is open
    put = [each for each in found.items if each.item in body.items and each.status in occasions.GOES_ON]
    return Proposing(
        decision=body.decision,
        title=named,
        items=tuple(f"{each.item}. {texts[each.item]}" for each in put),
        closes=new_york(max(each.closes_at for each in put)),
    )


def _closing(record: Record, each: DueLetter) -> Closing:
    event = _event(record, each)
    named, texts = _proposed(record, each)
    closed = event.body.closed_at if isinstance(event.body, ProcedureClosed) else event.header.known_at
    return Closing(
        decision=each.about.removeprefix(decision_stream("")),
        title=named,
        items=tuple(texts[item] for item in occasions.items_of(event)),
        adopted=isinstance(event.body, ProcedureClosed),
        closed=new_york(closed),
    )


def _announcing(record: Record, each: DueLetter) -> Announcing:
    standing = stands_at(record, Cut())
    name = each.about.removeprefix(meeting_stream(""))
    meeting = schedule.meetings(standing(schedule.STREAM))[name]
    papers = timeliness(standing, name).without_paper
    return Announcing(
        meeting=name,
        title=MEETINGS[meeting.kind],
        starts=new_york(meeting.starts_at),
        place=None,
        documents=tuple(title(record, paper) for paper in papers),
    )


def _acknowledging(record: Record, each: DueLetter) -> Acknowledging:
    state = each.rung.rpartition(".")[2]
    for event in reversed(record.history(each.about).standing()):
        match event.body:
            case RequestReceived() as body:
                named, reference = body.subject, body.request
            case SubmissionReceived() as body:
                named, reference = SUBMITTED[body.kind], body.submission
            case NoChangeDeclared() as body:
                named, reference = f"no change since {body.since}", body.submission
            case _:
                continue
        return Acknowledging(
            party=party(record, each, state=state, organization=None),
            title=named,
            received_on=new_york_date(body.received_at).isoformat(),
            reference=reference,
        )
    raise NotFound(f"nothing was received under {each.about}", where=each.about)


OCCASIONS = Sort(
    name="letter",
    kinds=(occasions.PROPOSAL, occasions.CLOSED, occasions.NOTICE, occasions.RECEIVED, occasions.REQUESTED),
    due=due_letters.on_occasions,
    says=_says,
    cycle=_about,
    about=(decision_stream(""), submission_stream(""), assistance.stream(""), meeting_stream("")),
)
