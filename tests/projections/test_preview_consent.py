"""What a consent of no matrix would open: lines of the official list, contacts; and whether a line still stands."""

from typing import Any

import pytest

from domain.access import reader
from domain.assistance.listing import ListOfficially
from domain.audiences import COMMITTEE, with_state
from domain.matrix.commands import GiveConsent, WithdrawConsent
from domain.refusals import MalformedInput, NotPermitted
from domain.standing import Cut
from projections.axes import Axes, RecordedBy
from projections.engine import answering
from projections.engine.rows import ReplayedRows
from projections.preview_consent import AskingConsent, preview_contact, preview_listing
from projections.views.references import references
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, authentic, offers, requests
from tests.projections.engine.given import Followed


@pytest.fixture
def committee() -> Committee:
    """Two authentic requests of Kenya, one of them joint, one not authenticated, and an offer of France."""
    committee = at_work()
    authentic(committee)
    authentic(committee, "joint", requesters=("KEN", "UGA"))
    requests(committee, "informal")
    offers(committee)
    committee.grants("uganda", "state", scope="UGA")
    committee.grants("kenya", "state", scope="KEN")
    return committee


def about(committee: Committee, actor: str, state: str = "KEN") -> AskingConsent:
    record = Followed(committee.record)
    axes = Axes(
        as_of=None, cut=Cut(position=record.last_position), recorded_by=RecordedBy(1, None), standing="approved"
    )
    return AskingConsent(
        source=record, reader=reader(committee.record, actor), axes=axes, now=record.now(), state=state
    )


def told(committee: Committee, actor: str = "sec") -> list[dict[str, Any]]:
    """Return what the official list tells."""
    asked = about(committee, actor)
    asking = answering.Asking(
        rows=ReplayedRows(Followed(committee.record)),
        reader=asked.reader,
        axes=asked.axes,
        now=asked.now,
        source=Followed(committee.record),
    )
    return [each.told for each in references(asking, "official-list").listed]


def test_a_preview_of_the_list_names_what_may_stand_on_it_who_reads_it_and_who_else_must_consent(
    committee: Committee,
) -> None:
    found = preview_listing(about(committee, "kenya"))
    assert [(each.of, each.name, each.read_by, each.also_needs) for each in found.lines] == [
        ("request", "border", with_state("KEN"), ()),
        ("request", "joint", with_state("KEN", "UGA"), ("UGA",)),
    ]
    assert [each.name for each in preview_listing(about(committee, "sec", "FRA")).lines] == ["training"]


def test_what_the_preview_names_is_what_the_consent_lets_be_listed(committee: Committee) -> None:
    (first, _) = preview_listing(about(committee, "sec")).lines
    committee.one(GiveConsent, state="KEN", scope="official-list")
    listed = committee.one(ListOfficially, request=first.name)
    assert listed.header.audience == first.read_by
    after = preview_listing(about(committee, "sec"))
    assert ([each.name for each in after.lines], after.on_list_already) == (["joint"], 1)


def test_a_line_tells_that_it_stands_no_more_once_the_consent_is_taken_back(committee: Committee) -> None:
    committee.one(GiveConsent, state="KEN", scope="official-list")
    committee.one(ListOfficially, request="border")
    assert [each["on the list now"] for each in told(committee)] == ["yes"]
    committee.one(WithdrawConsent, state="KEN", scope="official-list")
    assert [each["on the list now"] for each in told(committee)] == ["no"]


def test_a_preview_of_direct_contact_names_the_contacts_and_who_reads_of_them(committee: Committee) -> None:
    industry = preview_contact(about(committee, "sec"), ("sector:industry",))
    assert [each.kind for each in industry.contacts] == ["contact-industry"]
    found = preview_contact(about(committee, "sec"), ())
    assert {each.kind for each in found.contacts} == {"contact-civil-society", "contact-academia", "contact-industry"}
    assert {each.read_by for each in found.contacts} == {COMMITTEE}
    with pytest.raises(MalformedInput, match="others than States"):
        preview_contact(about(committee, "sec"), ("state:FRA",))


@pytest.mark.parametrize("actor", ["uganda", "nobody"])
def test_whoever_is_not_concerned_is_shown_no_preview(committee: Committee, actor: str) -> None:
    with pytest.raises(NotPermitted):
        preview_listing(about(committee, actor))
    with pytest.raises(NotPermitted):
        preview_contact(about(committee, actor), ())
