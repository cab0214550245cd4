"""What is recorded of the Committee itself: its events, and the decisions that its commands ask for."""

from typing import ClassVar, cast

from domain.committee import directories, experts, groups, members, offices, roster
from domain.deciding import Command
from domain.mandate import Decide
from domain.recorded import Event, RecordedInError


class CommitteeRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the Committee itself should never have been recorded."""

    TYPE: ClassVar[str] = "committee.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    members.MemberSeated,
    offices.OfficeHeld,
    offices.OfficeLeft,
    groups.GroupEstablished,
    groups.GroupClosed,
    experts.ExpertAppointed,
    experts.ExpertReleased,
    roster.ExpertiseListed,
    roster.ExpertiseEnded,
    directories.DirectoryConfirmed,
    CommitteeRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    members.SeatMember: cast("Decide", members.seat),
    offices.HoldOffice: cast("Decide", offices.hold),
    offices.LeaveOffice: cast("Decide", offices.leave),
    groups.EstablishGroup: cast("Decide", groups.establish),
    groups.CloseGroup: cast("Decide", groups.close),
    experts.AppointExpert: cast("Decide", experts.appoint),
    experts.ReleaseExpert: cast("Decide", experts.release),
    roster.ListExpertise: cast("Decide", roster.list_expertise),
    roster.EndExpertise: cast("Decide", roster.end),
    directories.ConfirmDirectory: cast("Decide", directories.confirm),
}
