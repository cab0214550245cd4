"""What was published of a State's matrix, day by day, as far as it is open to the reader now."""

import msgspec

from domain.consent import Published
from domain.header import Header
from domain.ids import consent
from domain.matrix.events import MatrixApproved
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Date
from projections.matrix import Matrix, show
from projections.question import Question
from projections.states import name_of


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What was published at the end of a day, by which act, under the name that the State then had.

    The approval and the consent that the act names are told by their headers; `decision` where the reader may know it.
    """

    day: Date
    name: str
    matrix: Matrix
    question: Question
    published: Recorded
    approved: Header | None
    consented: Header | None
    decision: str | None


def versions(question: Question) -> tuple[Version, ...]:
    """Return, for each day on which something was published that is open to the reader now, what was then published."""
    acts = question.record.history(consent(question.state)).standing(question.axes.cut)
    days = {
        new_york_date(act.header.known_at).isoformat(): act.header.known_at
        for act in acts
        if isinstance(act.body, Published)
    }
    found = (_version(question.on(question.axes.at(day)), day) for day in sorted(days))
    return tuple(each for each in found if each is not None)


def current(question: Question, listed: tuple[Version, ...]) -> Version | None:
    """Return which of the versions is the one published now, none after an unpublishing."""
    act = question.matrix().act_of("published")
    return next((each for each in listed if act is not None and each.published.id == act.event_id), None)


def _version(question: Question, day: Date) -> Version | None:
    act = question.matrix().act_of("published")
    matrix = show(question)
    manifest = matrix.answer.manifest
    if act is None or manifest is None or not question.rights.opens_manifest(manifest, "published"):
        return None
    published = question.facts.event(act.event_id)
    assert isinstance(published.body, Published)  # noqa: S101 - the act of a publication
    basis = [event for named in published.body.basis if (event := question.record.event(named)) is not None]
    approval = next((event for event in basis if isinstance(event.body, MatrixApproved)), None)
    return Version(
        day=day,
        name=name_of(question.record, question.state, question.axes.cut),
        matrix=matrix,
        question=question,
        published=published,
        approved=None if approval is None else approval.header,
        consented=next((event.header for event in basis if event.header.type == "consent.given"), None),
        decision=_decision(approval) if approval is not None and question.rights.may(approval) else None,
    )


def _decision(approval: Recorded) -> str | None:
    return approval.body.decision_id if isinstance(approval.body, MatrixApproved) else None
