"""Who sees what: judged by what is on record now, whatever date is asked about."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.correcting import MarkInError
from domain.document import DocumentRegistered
from domain.matrix import commands as c
from domain.refusals import NotFound, NotPermitted
from interfaces.bootstrap import facts_of, now_of, reader_of
from ledger.record import Record
from projections.blame import blame
from projections.diff import diff, matrix_side
from projections.documents import document
from projections.log import log
from projections.matrix import show
from projections.openness import documents_seen, seen_by
from tests.projections.kenya import ACTORS, A, B, ask, asking, history, make

SEC: dict[str, Any] = {"actor": "sec", "role": "secretariat"}
COMMITTEE = {"sec", "sec2", "expert", "member", "chair", "auditor"}
EVERYONE = {*ACTORS, ""}
PAST = "2014-01-31"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("kenya")) as made:
        yield made


@pytest.fixture
def unpublished(tmp_path: Any) -> Iterator[Record]:
    """The same history, its matrix never published."""
    commands = [command for command in history() if command.id not in ("consent", "publish-1")]
    with make(tmp_path, commands) as made:
        yield made


def readers(record: Record, **asked: Any) -> set[str]:
    """Return who sees the cells; every other reader sees all of them withheld, with nothing in them."""
    seeing: set[str] = set()
    for actor in EVERYONE:
        view = show(ask(record, actor, **asked)).view
        assert view.cells
        withheld = {cell.withheld for cell in view.cells}
        assert len(withheld) == 1
        if withheld == {False}:
            seeing.add(actor)
        else:
            told = [getattr(cell, name) for cell in view.cells for name in cell.__struct_fields__[1:-1]]
            assert not any(told)
            assert (view.differs, view.possibly_known) == ((), 0)
    return seeing


@pytest.mark.parametrize("as_of", [None, PAST])
@pytest.mark.parametrize(
    ("standing", "may"),
    [("working", COMMITTEE), ("approved", EVERYONE), ("sent", EVERYONE), ("published", EVERYONE)],
)
def test_a_published_manifest_is_everyones_and_a_draft_the_committees(
    record: Record, standing: str, may: set[str], as_of: str | None
) -> None:
    asked = {"standing": standing} if as_of is None else {"standing": standing, "as_of": as_of}
    assert readers(record, **asked) == may


@pytest.mark.parametrize("as_of", [None, PAST])
@pytest.mark.parametrize(
    ("standing", "may"),
    [("working", COMMITTEE), ("approved", COMMITTEE), ("sent", {*COMMITTEE, "kenya"})],
)
def test_what_is_not_published_is_the_committees_and_what_was_sent_also_its_states(
    unpublished: Record, standing: str, may: set[str], as_of: str | None
) -> None:
    asked = {"standing": standing} if as_of is None else {"standing": standing, "as_of": as_of}
    assert readers(unpublished, **asked) == may


def test_what_was_unpublished_is_withheld_at_the_dates_when_it_was_public_too(record: Record, tmp_path: Any) -> None:
    gone = [*history(), c.UnpublishMatrix(id="unpublish", state="KEN", revision=1, known="2020-01-01", **SEC)]
    with make(tmp_path, gone) as made:
        assert readers(made, standing="published", as_of=PAST) == COMMITTEE


def test_a_consent_that_was_withdrawn_closes_what_was_published_under_it(tmp_path: Any) -> None:
    taken_back = c.WithdrawConsent(id="no", state="KEN", scope="publish", known="2020-01-01", **SEC)
    with make(tmp_path, [*history(), taken_back]) as made:
        assert readers(made, standing="published") == COMMITTEE


def test_a_consent_that_has_run_out_closes_what_was_published_under_it(tmp_path: Any) -> None:
    limited = [
        c.GiveConsent(id="consent", state="KEN", scope="publish", valid_to="2015-01-01", known="2013-10-01", **SEC)
        if command.id == "consent"
        else command
        for command in history()
    ]
    with make(tmp_path, limited) as made:
        assert readers(made, standing="published") == COMMITTEE


def test_a_publication_recorded_in_error_was_never_public(tmp_path: Any) -> None:
    void = MarkInError(id="oops", target="publish-1#0", reason="another revision", known="2020-01-01", **SEC)
    with make(tmp_path, [*history(), void]) as made:
        assert readers(made, standing="published", as_of=PAST, recorded_by=str(made.last_position - 1)) == COMMITTEE


def test_a_sending_recorded_in_error_closes_the_file_to_the_state(tmp_path: Any) -> None:
    kept = [command for command in history() if command.id not in ("consent", "publish-1")]
    void = MarkInError(id="oops", target="send-1#0", reason="sent to another", known="2020-01-01", **SEC)
    with make(tmp_path, [*kept, void]) as made:
        last = str(made.last_position - 1)
        assert readers(made, standing="sent", as_of=PAST, recorded_by=last) == COMMITTEE


def test_everyone_is_told_of_a_published_cell_but_not_of_its_later_correction(record: Record) -> None:
    for actor, told in (("member", True), ("someone", False), ("kenya", False), ("", False)):
        cells = {cell.cell: cell for cell in show(ask(record, actor, standing="published")).view.cells}
        assert cells[B].value == "YES"
        assert (cells[B].corrected_by is not None) == told


def test_a_blank_and_a_withheld_cell_look_alike_to_who_may_not_read(unpublished: Record) -> None:
    assert {cell.withheld for cell in show(ask(unpublished, "someone")).view.cells} == {True}


def test_an_approval_is_not_told_to_whom_it_is_not_addressed(record: Record) -> None:
    first = blame(ask(record, "someone", standing="published")).cells[0]
    assert first.approval is not None
    assert (first.approval.withheld, first.approval.decision_id) == (True, None)
    committee = blame(ask(record, "member", standing="published")).cells[0].approval
    assert committee is not None
    assert committee.decision_id == "2013-1"


def test_the_story_of_a_cell_is_told_to_the_public_only_where_it_was_published(record: Record) -> None:
    story = log(ask(record, "someone", standing="working"), A).changes
    assert [change.withheld for change in story] == [True, False, True]
    assert [change.value for change in story] == [None, "", None]
    assert story[1].old_value is None
    assert not any(change.event_id or change.known_at or change.role for change in story if change.withheld)


def test_nobody_compares_what_is_withheld(record: Record) -> None:
    question = ask(record, "someone")
    drafts = [matrix_side(question.on(question.axes.standing_as("working").at(day))) for day in ("2013-03", "2014")]
    with pytest.raises(NotPermitted):
        diff(question, *drafts)


def test_a_restricted_document_is_withheld_and_so_is_who_cites_it(record: Record) -> None:
    for actor, withheld in (("member", False), ("someone", True), ("kenya", True)):
        view = document(asking(record, actor), facts_of(record, replay=True), "ken-secret")
        assert view.withheld == withheld
        assert (view.title is None) == withheld
        assert (view.cited_by == ()) == withheld


def test_the_log_is_open_to_a_reader_as_far_as_the_views_are(record: Record) -> None:
    now = now_of(record)
    for actor, secret in (("auditor", True), ("someone", False)):
        seen = seen_by(record, reader_of(record, actor), now)
        bodies = {event.header.command_id for event in record.recorded() if seen(event.header)}
        assert (len(bodies) > 100) is True
        drafts = [event for event in record.recorded() if event.header.stream == "matrix/KEN/2"]
        assert {seen(event.header) for event in drafts} == {secret}
        digests = {name for name, _ in documents_seen(record, seen)}
        kept = {
            event.body.content.sha256
            for event in record.history("document/ken-secret").events
            if isinstance(event.body, DocumentRegistered)
        }
        assert (kept <= digests) == secret


def test_an_actor_that_nobody_registered_is_refused_and_not_taken_for_the_public(record: Record) -> None:
    with pytest.raises(NotFound, match="nosuch"):
        ask(record, "nosuch")
    with pytest.raises(NotFound):
        ask(record, "no/such actor")
