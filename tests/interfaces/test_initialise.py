from __future__ import annotations

from collections import Counter

import pytest

from domain import catalogue, corrected_reading, document, state, template
from domain.corrected_reading import DocumentReadAgain
from domain.document import DocumentRegistered
from domain.ids import command_id
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from domain.standing import Cut
from domain.times import end_of, new_york_date
from interfaces import initialise
from interfaces.initialise.files import bytes_of
from tests.domain.asked import due_at
from tests.domain.given import InMemory, as_of

SCAN = "twelfth-programme-of-work.fr"


@pytest.fixture(scope="module")
def record() -> InMemory:
    record = InMemory()
    for data in initialise.documents():
        record.store(data)
    for command in initialise.commands("secretariat-1"):
        record.when(catalogue.decide, command)
    return record


def of_type(record: InMemory, name: str) -> list[Recorded]:
    return [event for event in record.events if event.header.type == name]


def test_every_command_has_a_key_of_its_own_that_never_changes() -> None:
    keys = [command.id for command in initialise.commands("secretariat-1")]
    assert len(keys) == len({command_id(key) for key in keys})
    assert all(key.startswith("init:") for key in keys)
    assert {"init:template:T2011", "init:state:KEN", "init:mandate:1977", "init:programme:12"} <= set(keys)


def test_the_same_commands_are_given_each_time_and_survive_a_file() -> None:
    first = [catalogue.encode_command(command) for command in initialise.commands("secretariat-1")]
    assert first == [catalogue.encode_command(command) for command in initialise.commands("secretariat-1")]
    assert [catalogue.encode_command(catalogue.decode_command(line)) for line in first] == first


def test_a_record_begins_with_193_states_three_templates_two_mappings_ten_mandates_and_a_programme(
    record: InMemory,
) -> None:
    assert Counter(event.header.type for event in record.events) == {
        "actor.registered": 1,
        "actor.role-granted": 1,
        "state.registered": 193,
        "state.renamed": 5,
        "template.adopted": 3,
        "mapping.adopted": 2,
        "mandate.adopted": 10,
        "document.registered": 1,
        "document.reading-corrected": 1,
        "programme.adopted": 1,
        "programme.transmitted": 1,
    }


def test_nothing_of_what_a_state_has_done_is_among_it(record: InMemory) -> None:
    prefixes = {event.header.stream.partition("/")[0] for event in record.events}
    assert not prefixes & {"matrix", "submission", "exchange", "consent", "assistance"}


def test_the_first_actor_holds_the_role_from_which_all_others_are_granted(record: InMemory) -> None:
    (granted,) = of_type(record, "actor.role-granted")
    assert (granted.header.stream, granted.header.role) == ("actor/secretariat-1", "secretariat")


@pytest.mark.parametrize(
    ("code", "before", "name_before", "after", "name_after"),
    [
        ("CPV", "2013-09-30", "Cape Verde", "2013-10-31", "Cabo Verde"),
        ("SWZ", "2017-12-31", "Swaziland", "2018-12-31", "Eswatini"),
        ("KEN", "2004-01-01", "Kenya", "2020-01-01", "Kenya"),
    ],
)
def test_a_state_has_the_name_of_the_date_that_is_read(
    record: InMemory, code: str, before: str, name_before: str, after: str, name_after: str
) -> None:
    history = record.history(state.stream(code))
    assert state.name_at(history, as_of(before)) == name_before
    assert state.name_at(history, as_of(after)) == name_after


def test_what_is_known_by_its_year_only_stands_at_the_end_of_that_year(record: InMemory) -> None:
    for event in of_type(record, "template.adopted"):
        year = int(event.header.stream.removeprefix("template/T"))
        assert event.header.known_precision == "year"
        assert event.header.known_at == end_of(new_york_date(event.header.known_at).replace(month=12, day=31))
        assert new_york_date(event.header.known_at).year == year


def test_the_row_of_a_template_says_what_it_allows_and_how_sure_we_are(record: InMemory) -> None:
    fields = template.by_cell(template.adopted(record.history("template/T2011"), "T2011", Cut()))
    row = fields["T2011/op3cd-5-nw-legal"]
    assert (row.section, row.item, row.weapon, row.aspect) == ("op3cd", 5, "nw", "legal")
    assert row.allowed == ("X", "?", "NA", "")
    assert {field.allowed for field in fields.values() if field.aspect == "statement"} == {("YES", "")}
    assert sum(field.confidence == "verified" for field in fields.values()) == 10


def test_the_programme_is_kept_as_scanned_with_a_corrected_reading_beside_it(record: InMemory) -> None:
    registered, read_again = (event.body for event in record.history(document.stream(SCAN)).events)
    assert isinstance(registered, DocumentRegistered)
    assert isinstance(read_again, DocumentReadAgain)
    assert registered.content.sha256 is not None
    scan = record.documents[registered.content.sha256]
    assert scan == bytes_of(f"{SCAN}.txt")
    corrected = bytes_of(f"{SCAN}.corrected.txt").decode()
    assert corrected_reading.corrected(scan.decode(), read_again.mended) == corrected


def test_each_of_the_55_duties_cites_a_paragraph_and_its_words(record: InMemory) -> None:
    (event,) = of_type(record, "programme.adopted")
    assert isinstance(event.body, ProgrammeAdopted)
    scan = bytes_of(f"{SCAN}.txt").decode()
    assert len(event.body.duties) == 55
    for duty in event.body.duties:
        assert duty.passages
        assert all(scan[each.start : each.end] == each.quotation for each in duty.passages)
    assert event.header.known_at == as_of("2013-05-31").known_at


def test_a_duty_without_a_date_keeps_the_words_that_say_when() -> None:
    found = {duty.duty: duty for duty in initialise.duties()}
    assert (found["CAL-MONTHLY"].due, found["CAL-MONTHLY"].due_policy) == (None, "end of each month")
    assert (found["ODA-REP"].due, found["ODA-REP"].due_policy) == ("2013-09-01", "by")
    assert (found["WEB"].due, found["WEB"].due_policy, found["WEB"].due_basis) == (None, None, "none")
    assert found["ONBOARD"].due_basis == "internal"
    assert found["PRINCIPLES"].steps == ()


def test_what_is_due_in_a_new_record_is_what_the_programme_says(record: InMemory) -> None:
    entries = {entry.duty: entry for entry in due_at(record, as_of("2013-06-15"))}
    assert (entries["REV-2013"].status, str(entries["REV-2013"].due)) == ("open", "2013-12-31")
    assert (entries["PoW-13"].status, str(entries["PoW-13"].due)) == ("open", "2014-05-31")
    assert entries["PoW-12"].status == "done"
