"""Sharing with partners, and its preview: what will be seen and by whom, before and after consent is given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.actor import GrantRole, RegisterActor
from domain.deciding import Command
from domain.matrix import commands as c
from domain.organization.registering import RegisterOrganization
from domain.refusals import MalformedInput, NotFound, NotPermitted
from interfaces.bootstrap import now_of, reader_of
from ledger.record import Record
from projections.matrix import show
from projections.openness import seen_by
from projections.preview import Preview, preview
from tests.projections.kenya import ask, history, make

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
WCO = "organization:wco"


def unpublished(*more: Command) -> list[Command]:
    """Kenya's history without its publication, the World Customs Organization with someone to speak for it."""
    return [
        *(command for command in history() if command.id not in ("consent", "publish-1")),
        RegisterOrganization(
            id="wco", organization="wco", kind="international", title="", title_fr="", known="2013-01-01", **SEC
        ),
        RegisterActor(id="wco-1", name="customs", known="2013-01-01", **SEC),
        GrantRole(id="wco-2", to="customs", granted_role="organization", scope="wco", known="2013-01-01", **SEC),
        *more,
    ]


def shares(**members: Any) -> c.GiveConsent:
    given: dict[str, Any] = {"id": "share", "scope": "share", "partners": (WCO,), "known": "2019-01-01"}
    return c.GiveConsent(state="KEN", **given | SEC | members)


def seeing(record: Record, *actors: str, standing: str = "approved") -> set[str]:
    found: set[str] = set()
    for actor in actors:
        cells = show(ask(record, actor, standing=standing)).view.cells
        if cells and not cells[0].withheld:
            found.add(actor)
    return found


OUTSIDE = ("customs", "france", "kenya", "someone", "")


@pytest.mark.parametrize(
    ("more", "readers"),
    [
        ((), set[str]()),
        ((shares(),), {"customs"}),
        ((shares(revision=1),), {"customs"}),
        ((shares(partners=(WCO, "state:FRA")),), {"customs", "france"}),
        ((shares(partners=()),), set[str]()),
        ((shares(valid_to="2019-06-30"),), set[str]()),
        (
            (shares(), c.WithdrawConsent(id="no", state="KEN", scope="share", known="2020-01-01", **SEC)),
            set[str](),
        ),
    ],
)
def test_an_approved_matrix_is_open_to_the_partners_named_while_the_consent_holds(
    tmp_path: Path, more: tuple[Command, ...], readers: set[str]
) -> None:
    with make(tmp_path, unpublished(*more)) as record:
        assert seeing(record, *OUTSIDE) == readers
        assert seeing(record, *OUTSIDE, standing="working") == set()
        cells = record.history("matrix/KEN/1").events
        opened: set[str] = set()
        for actor in OUTSIDE:
            seen = seen_by(record, reader_of(record, actor), now_of(record))
            if any(seen(event.header) for event in cells):
                opened.add(actor)
        assert opened == (readers | {"kenya"})


def test_what_is_not_approved_is_shared_with_nobody(tmp_path: Path) -> None:
    commands = [each for each in unpublished(shares(revision=1)) if each.id != "approve-1"]
    with make(tmp_path, commands) as record:
        assert seeing(record, "customs", standing="sent") == set()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya"), unpublished()) as made:
        yield made


def previewed(record: Record, scope: str, *partners: str, actor: str = "sec", **asked: Any) -> Preview:
    return preview(ask(record, actor, **asked), now_of(record), scope, partners)


def test_a_preview_lists_every_cell_with_its_words_that_the_audience_would_see(record: Record, tmp_path: Path) -> None:
    before = previewed(record, "share", WCO)
    (audience,) = before.audiences
    with make(tmp_path, unpublished(shares())) as shared:
        after = show(ask(shared, "customs")).view.cells
        told = {(cell.cell, cell.value, cell.sources or ()) for cell in after if not cell.withheld}
        assert {(cell.cell, cell.value, cell.sources) for cell in audience.cells} == told
        (now,) = previewed(shared, "share", WCO).audiences
        assert (now.cells, now.seen_already) == ((), len(audience.cells))
    assert (audience.audience, before.approved) == (WCO, True)
    assert any(source.quotation for cell in audience.cells for source in cell.sources)


def test_a_preview_of_publication_is_what_everyone_will_see(record: Record, tmp_path: Path) -> None:
    (everyone,) = previewed(record, "publish").audiences
    with make(tmp_path, history()) as published:
        seen = [cell for cell in show(ask(published, "", standing="published")).view.cells if not cell.withheld]
    assert [(each.cell, each.value) for each in everyone.cells] == [(each.cell, each.value) for each in seen]


def test_looking_opens_nothing_and_needs_a_text_a_partner_and_the_right_to_read(record: Record) -> None:
    previewed(record, "publish")
    assert seeing(record, *OUTSIDE) == set()
    with pytest.raises(NotPermitted):
        previewed(record, "publish", actor="someone")
    with pytest.raises(MalformedInput):
        previewed(record, "share")
    with pytest.raises(MalformedInput):
        previewed(record, "share", "sector:industry")
    with pytest.raises(MalformedInput):
        previewed(record, "publish", WCO)
    with pytest.raises(MalformedInput):
        previewed(record, "official-list")
    with pytest.raises(NotFound):
        previewed(record, "publish", standing="published")


def test_the_state_itself_may_preview_what_it_was_sent(record: Record) -> None:
    found = previewed(record, "share", WCO, actor="kenya", standing="sent")
    assert found.audiences[0].cells
