"""What is waited for, one of every kind: a kind that is new joins the table with a line."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from domain.committee.members import SeatMember
from domain.correspondence.letters import ReceiveLetter
from domain.decision import Propose, ProposedItem
from domain.duty_station import Holiday, ListHolidays
from domain.exchange.non_reporting import SendPrefilled
from domain.matrix.commands import OpenRevision, SealRevision
from domain.meetings.planning import PlanMeeting
from domain.messages.commands import ApproveMessage
from domain.no_objection.commands import OpenProcedure
from domain.review.preparing import SetCutOff
from domain.state import RegisterState
from domain.times import new_york_date
from interfaces import initialise
from tests.domain.meetings.seated import MEMBERS
from tests.workflows.mail.given import Office
from tests.workflows.mail.test_sending import CONFIRMING


def today(office: Office) -> date:
    return new_york_date(office.record.now())


def duties_of_the_year(office: Office) -> None:
    """Put the mandates on record, which lay down what is due each year."""
    office.record.submit_all([*initialise.types("sec"), *initialise.mandates("sec")])


def a_letter_to_answer(office: Office) -> None:
    """Receive a letter that asks for a reply in three weeks."""
    by = (today(office) + timedelta(days=21)).isoformat()
    received = office.record.now()
    office.gives(
        ReceiveLetter(
            id="asks", actor="sec", letter="2026/1", sender="state:KEN", title="", received=received, reply_by=by
        )
    )


def a_procedure(office: Office) -> None:
    """Seat fifteen members, list the holidays, and send a proposal to all delegations."""
    states = [each for each in initialise.states("sec") if isinstance(each, RegisterState) and each.state in MEMBERS]
    seats = [SeatMember(id=f"seat-{each}", actor="sec", state=each, valid_from="2020-01-01") for each in MEMBERS]
    years = range(today(office).year - 1, today(office).year + 3)
    holidays = [
        ListHolidays(id=f"h-{year}", actor="sec", year=year, holidays=(Holiday(day=f"{year}-12-25", name="Christmas"),))
        for year in years
    ]
    items = (ProposedItem(number=1, text="a text"),)
    office.record.submit_all([*initialise.types("sec"), *states, *seats, *holidays])
    office.gives(Propose(id="propose", actor="sec", decision="d-1", title="A proposal", items=items))
    office.gives(OpenProcedure(id="open", actor="sec", decision="d-1", sent=office.record.now()))


def a_letter_to_a_person(office: Office) -> None:
    """Intend and approve a letter to a point of contact, whose address is in the vault."""
    office.has_contact()
    name = office.intends("contact:c-1", kind="contact-confirmation", values=CONFIRMING)
    office.gives(ApproveMessage(id="approve", actor="sec", message=name))


def a_point_of_contact(office: Office) -> None:
    """Have a contact whom a second person confirmed, who is asked in a year."""
    office.has_contact("c-2")


def a_prefilled_matrix(office: Office) -> None:
    """Send a State a matrix filled in from public sources; on the next working day it is invited to report."""
    for data in initialise.documents():
        office.record.documents.put(data)
    office.record.submit_all(list(initialise.templates("sec")))
    office.gives(OpenRevision(id="open-1", actor="sec", state="KEN", template="T2017"))
    office.gives(SealRevision(id="seal-1", actor="sec", state="KEN", revision=1))
    office.gives(SendPrefilled(id="prefilled", actor="sec", state="KEN", revision=1))


def a_meeting(office: Office) -> None:
    """Plan a meeting in three weeks, of which the members are told five working days before."""
    day = today(office) + timedelta(days=21)
    starts, ends = f"{day}T15:00:00Z", f"{day}T18:00:00Z"
    office.gives(
        PlanMeeting(id="plan", actor="sec", meeting="m-1", kind="formal", language="en", starts=starts, ends=ends)
    )


def a_cut_off(office: Office) -> None:
    """Set the cut-off of the annual review to the end of the year; the review is drafted when that is over."""
    year = today(office).year
    office.gives(SetCutOff(id="cut-off", actor="sec", year=year, cut_off=f"{year}-12-31"))


WAITED_FOR: Mapping[str, Callable[[Office], None]] = {
    "deadline": duties_of_the_year,
    "mail": a_letter_to_a_person,
    "note": a_letter_to_answer,
    "silence": a_procedure,
    "contact": a_point_of_contact,
    "first-report": a_prefilled_matrix,
    "letter": a_meeting,
    "review": a_cut_off,
}
"""By kind, what puts one on record that is still to come when whatever was due at once is done."""
