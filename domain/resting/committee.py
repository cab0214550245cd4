"""What members, offices, working groups and experts lay and rest on."""

from collections.abc import Iterator, Mapping

from domain.committee import experts, groups, offices
from domain.committee.directories import DirectoryConfirmed
from domain.committee.experts import ExpertAppointed, ExpertReleased
from domain.committee.groups import GroupClosed, GroupEstablished
from domain.committee.members import MemberSeated
from domain.committee.offices import OfficeHeld, OfficeLeft
from domain.committee.roster import STREAM as ROSTER
from domain.committee.roster import ExpertiseEnded, ExpertiseListed
from domain.deciding import RecordView
from domain.recorded import Event
from domain.resting.ground import FindStreams, Ground, Grounds, adoptions, documents, in_one, states


def bears(body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about the Committee lays while it stands."""
    match body:
        case GroupEstablished():
            yield Ground("group", body.group)
        case OfficeHeld():
            yield Ground("office", _office(body))
        case ExpertAppointed():
            yield Ground("expert", body.expert)
        case ExpertiseListed():
            yield Ground("expertise", body.expert)
        case _:
            pass


def rests(_record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact about the Committee stands on."""
    match body:
        case MemberSeated():
            yield from states(body.state)
        case OfficeHeld():
            yield from states(body.state)
            yield from () if body.group is None else (Ground("group", body.group),)
        case OfficeLeft():
            yield Ground("office", _office(body))
        case GroupEstablished():
            yield from adoptions(body.decision_id)
        case GroupClosed():
            yield Ground("group", body.group)
        case ExpertAppointed() | ExpertiseListed():
            yield Ground("actor", body.expert)
        case ExpertReleased():
            yield Ground("expert", body.expert)
        case ExpertiseEnded():
            yield Ground("expertise", body.expert)
        case DirectoryConfirmed():
            yield from states(*(entry.state for entry in body.entries if entry.state is not None))
            yield from documents(body.document_id)
        case _:
            pass


def _office(body: OfficeHeld | OfficeLeft) -> str:
    return " ".join(each for each in (body.office, body.group, "held by", body.state) if each)


_OWN: Mapping[str, FindStreams] = {
    "expert": in_one(experts.STREAM),
    "expertise": in_one(ROSTER),
    "office": in_one(offices.STREAM),
}
GROUNDS = Grounds(bears, rests, laid_in={"group": in_one(groups.STREAM), **_OWN}, rested_on_in=_OWN)
