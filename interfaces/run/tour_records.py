"""The tour of records beside the matrices: what was due, a request, a meeting's papers, a consent, a repealed law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.times import new_york_date
from interfaces.cli.output import line, paragraph, table

if TYPE_CHECKING:
    from pathlib import Path

    from domain.recorded import Recorded
    from ledger.record import Record
    from projections.question import Question

REQUEST = "sim-request-1"
MEETING = "sim-meeting-2014-03-20"
PARTNER = "organization:sim-org-1"
SOME = 3
DUE_DATE = "2013-12-15"


def show_procedure(record: Record) -> None:
    """Show the steps of a request for assistance, with the days that the procedure of 2010 gives them."""
    from domain import duty_station
    from domain.assistance.going import stream
    from domain.assistance.life import request_of
    from domain.assistance.steps import steps
    from domain.duty_station import working_days

    request = request_of(record.history(stream(REQUEST)).standing())
    assert request is not None  # noqa: S101 - every demo has it
    days = working_days(record.history(duty_station.stream(duty_station.NEW_YORK)).standing())
    received = new_york_date(request.received.received_at)
    line(f"{REQUEST} of {', '.join(request.received.requesters)}, received on {received}; it is {request.condition}:")
    rows = [
        (str(each.number), each.name, *_when(each.on, each.basis), _day(each.done)) for each in steps(request, days)
    ]
    table(("Step", "What", "From or by", "Basis", "Done"), rows)


def show_papers(record: Record) -> None:
    """Show which members had notice of a meeting and its papers before it began."""
    from domain.meetings.notice import timeliness

    def standing(stream: str) -> tuple[Recorded, ...]:
        return record.history(stream).standing()

    found = timeliness(standing, MEETING)
    there = len(found.members)
    rows = [("notice", f"{there - len(found.without_notice)} of {there}")]
    rows += [(paper, f"{there - len(without)} of {there}") for paper, without in found.without_paper.items()]
    table((MEETING, "Members that had it before the start"), rows)


def show_preview(question: Question, now: str) -> None:
    """Show what a consent to sharing with one partner would open, and some of its cells."""
    from projections.preview import preview

    found = preview(question, now, "share", (PARTNER,))
    paragraph(found.notice or "")
    for audience in found.audiences:
        line(f"{audience.audience}: {len(audience.cells)} cells would be opened, of them")
        rows = [(each.cell, each.value) for each in audience.cells if each.value]
        table(("Cell", "Says"), rows[:SOME])


def show_due(home: Path) -> None:
    """Show the dated duties as of a day in the middle of December."""
    from interfaces.bootstrap import now_of, opened, reader_of, settings
    from interfaces.views import rows_of
    from projections.axes import Asked, resolve
    from projections.bearing import VIEWS
    from projections.duties import duties
    from projections.engine.answering import Asking

    line("SYNTHETIC: the duties and their dates are the programme's own; what is done of them here is simulated.")
    chosen = settings(home)
    with opened(chosen) as record:
        now = now_of(record)
        axes = resolve(record, Asked(as_of=DUE_DATE), now)
        with rows_of(record, chosen, VIEWS, axes.cut.position, replay=False) as kept:
            reader = reader_of(record, chosen.actor)
            found = duties(Asking(rows=kept, reader=reader, axes=axes, now=now, source=record), record)
    dated = [each for each in found if each["due"] is not None]
    rows = [
        (f"{each['due_policy']} {each['due']}", str(each["status"]), str(each["duty"]), str(each["owes"]))
        for each in dated
    ]
    table(("Due", "Status", "Duty", "Owes"), rows)
    line(f"and {len(found) - len(dated)} more duties without a date, which are never overdue")


def _when(on: object, basis: str) -> tuple[str, str]:
    return ("", "") if on is None else (str(on), basis)


def _day(instant: str | None) -> str:
    return "" if instant is None else new_york_date(instant).isoformat()
