"""What decisions, mandates, programmes and their deadlines lay and rest on."""

from collections.abc import Iterable, Iterator
from datetime import date

from domain import deadline, decision, mandate, programme
from domain.deadline import Moved, StepDone
from domain.deciding import RecordView
from domain.decision import DecisionAdopted, DecisionCirculated, DecisionNotAdopted, DecisionProposed, Item
from domain.duty import deadline_of
from domain.mandate import MandateAdopted
from domain.no_objection.events import (
    BY_SILENCE,
    HoldReceived,
    HoldReleased,
    IncomingInformed,
    ObjectionReceived,
    ProcedureClosed,
    ProcedureOpened,
    TimeAnswered,
    TimeAsked,
)
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event
from domain.resting import reference
from domain.resting.ground import Ground, Grounds, Streams, adoptions, documents, in_one, last_word, letters, states


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a decision, a mandate or a programme lays while it stands."""
    match body:
        case DecisionProposed():
            yield Ground("decision", body.decision)
            yield from (_put(item, body.decision) for item in body.items)
        case DecisionAdopted():
            yield from adoptions(body.decision)
            yield from (Ground("item", f"{number} of {body.decision}") for number in body.items)
        case ProcedureOpened():
            yield Ground("procedure", body.decision)
        case ProcedureClosed():
            yield from _closes(body)
        case ProgrammeAdopted():
            yield Ground("programme", str(body.programme))
            for duty in body.duties:
                yield Ground("duty", duty.duty)
                yield from (Ground("step", f"{step.step} of {duty.duty}") for step in duty.steps)
        case MandateAdopted():
            yield from (Ground("mandate", month) for month in _months(body))
            yield Ground("resolution", body.mandate)
            yield from (Ground("rule", f"{rule.duty} by {body.mandate}") for rule in body.rules)
        case _:
            pass


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a decision, a programme or an act on a deadline stands on."""
    match body:
        case DecisionCirculated():
            yield Ground("decision", body.decision)
        case DecisionAdopted() | DecisionNotAdopted():
            yield Ground("decision", body.decision)
            yield from (_put(item, body.decision) for item in _proposed(record, body.decision, body.items))
            if isinstance(body, DecisionAdopted) and body.meeting == BY_SILENCE:
                yield from _closes(body)
        case ProcedureOpened():
            yield Ground("decision", body.decision)
            yield from (_put(item, body.decision) for item in _proposed(record, body.decision, body.items))
            yield from states(*body.delegations)
            yield from () if body.in_place_of is None else (Ground("procedure", body.in_place_of),)
        case IncomingInformed():
            yield Ground("procedure", body.decision)
            yield from states(*body.delegations)
        case ObjectionReceived() | HoldReceived() | HoldReleased() | TimeAsked():
            yield Ground("procedure", body.decision)
            yield from states(body.state)
            yield from letters(body.letter)
        case TimeAnswered() | ProcedureClosed():
            yield Ground("procedure", body.decision)
        case ProgrammeAdopted():
            yield from documents(body.document_id)
            yield from reference.text(record, body.document_id)
            yield Ground("mandate", body.period_from[:7])
            alone = mandate.bearing(_resolutions(record), body.period_from)
            yield from () if alone is None else (Ground("resolution", alone.mandate),)
        case ProgrammeTransmitted():
            yield Ground("programme", str(body.programme))
            yield from documents(body.document_id)
        case StepDone():
            yield Ground("duty", body.duty)
            yield Ground("step", f"{body.step} of {body.duty}")
            yield from _rule(record, body.duty)
            yield from documents(body.document_id)
            yield from adoptions(body.decision_id)
        case body if isinstance(body, Moved):
            yield Ground("duty", body.duty)
            yield from _rule(record, body.duty)
            yield from adoptions(body.decision_id)
        case _:
            pass


def _closes(body: ProcedureClosed | DecisionAdopted) -> Iterator[Ground]:
    return (Ground("closing", f"{number} of {body.decision}") for number in body.items)


def items(record: RecordView, decision_id: str, sha256: str) -> Iterator[Ground]:
    """Yield the items that proposed what has this hash; those of them that were adopted bear its approval."""
    for event in record.history(decision.stream(decision_id)).standing():
        if isinstance(event.body, DecisionProposed):
            for item in event.body.items:
                if sha256 in item.rests_on:
                    yield Ground("item", f"{item.number} of {decision_id}")


def _resolutions(record: RecordView) -> tuple[MandateAdopted, ...]:
    return mandate.mandates(record.history(mandate.STREAM).standing())


def _rule(record: RecordView, duty: str) -> Iterator[Ground]:
    """Yield the rule by which a yearly duty falls due; the other duties are their programmes' own."""
    yearly = mandate.occurrence(duty)
    ruled = None if yearly is None else mandate.in_force(_resolutions(record), *yearly)
    if ruled is not None:
        yield Ground("rule", f"{ruled.rule.duty} by {ruled.mandate.mandate}")


def _months(body: MandateAdopted) -> Iterator[str]:
    """Yield the months in which a mandate runs; one without an end changes another that does."""
    if body.valid_to is not None:
        first, last = date.fromisoformat(body.valid_from), date.fromisoformat(body.valid_to)
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            yield f"{month // 12:04}-{month % 12 + 1:02}"


def _put(item: Item, decision: str) -> Ground:
    """Return an item as it was put before the Committee, with all that it would adopt."""
    return Ground("proposal", " ".join((f"{item.number} of {decision}", *item.rests_on)))


def _proposed(record: RecordView, decision_id: str, numbers: Iterable[int]) -> Iterator[Item]:
    for event in record.history(decision.stream(decision_id)).standing():
        if isinstance(event.body, DecisionProposed):
            yield from (item for item in event.body.items if item.number in numbers)


def _programmes(_name: str, year: int) -> Streams:
    return tuple(programme.stream(number) for number in range(1, year - mandate.FIRST_PROGRAMME + 2))


def _proposal(name: str, _year: int) -> Streams:
    return (decision.stream(name.split(" ")[2]),)


def _deadline(name: str, _year: int) -> Streams:
    return (deadline.stream(deadline_of(name.rpartition(" ")[2])),)


GROUNDS = Grounds(
    bears,
    rests,
    laid_in={
        "adoption": last_word("decision"),
        "closing": last_word("decision"),
        "duty": _programmes,
        "item": last_word("decision"),
        "mandate": in_one(mandate.STREAM),
        "procedure": last_word("decision"),
        "proposal": _proposal,
        "resolution": in_one(mandate.STREAM),
        "rule": in_one(mandate.STREAM),
        "step": _programmes,
    },
    rested_on_in={
        "closing": last_word("decision"),
        "decision": last_word("decision"),
        "duty": _deadline,
        "mandate": _programmes,
        "proposal": _proposal,
        "resolution": _programmes,
        "step": _deadline,
    },
)
