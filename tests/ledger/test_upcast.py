"""Reading what was written years ago: an old body keeps its bytes and is read as the newest version of its type."""

import msgspec
import pytest

from domain.catalogue import TYPES
from domain.consent import ConsentGiven, ConsentGivenV1
from domain.deciding import Command, Context
from domain.matrix.commands import GiveConsent
from domain.recorded import Decided, Draft
from domain.records import RegisterType
from ledger.rules import catalogue
from ledger.upcast import STEPS, upcast
from ledger.verify import Verification
from schemas import golden
from tests.ledger.places import Place

OLD = ConsentGivenV1(state="KEN", scope="share", manifest=None, valid_from=None, valid_to=None, document_id=None)


def test_every_older_version_of_a_type_has_a_step_to_the_next_and_a_golden_file_to_try_it_on() -> None:
    newest = {
        kind.TYPE: max(each.VERSION for each in TYPES.values() if each.TYPE == kind.TYPE) for kind in TYPES.values()
    }
    older = {topic for topic, kind in TYPES.items() if newest[kind.TYPE] > kind.VERSION}
    assert set(STEPS) == older
    for topic in older:
        kind = TYPES[topic]
        for instance in golden.instances(kind.TYPE, kind.VERSION):
            read = upcast(msgspec.json.decode(instance.body, type=kind))
            assert (kind.TYPE, newest[kind.TYPE]) == (read.TYPE, read.VERSION)


@pytest.fixture
def written_then(place: Place) -> Place:
    """A record in which a program of long ago put a consent of the first version."""

    def as_then(command: Command, context: Context) -> Decided:
        if isinstance(command, GiveConsent):
            return Decided((Draft(stream="consent/KEN", event=OLD, audience=("committee",)),), (), "secretariat")
        return catalogue().decide(command, context)

    rules = msgspec.structs.replace(catalogue(), decide=as_then)
    with place.create(rules=rules) as record:
        record.submit_all(
            RegisterType(
                id=f"type:{topic}",
                actor="system",
                type_name=kind.TYPE,
                type_version=kind.VERSION,
                json_schema=golden.json_schema(kind.TYPE, kind.VERSION),
                avro_schema=golden.avro_schema(kind.TYPE, kind.VERSION),
            )
            for topic, kind in TYPES.items()
            if topic != ConsentGiven.topic()
        )
        record.submit(GiveConsent(id="long-ago", actor="sec", state="KEN", scope="share"))
    return place


def test_a_consent_of_long_ago_is_read_with_no_partner_and_its_bytes_are_as_they_were(written_then: Place) -> None:
    with written_then.open(rules=catalogue()) as record:
        (event,) = record.history("consent/KEN").events
        assert isinstance(event.body, ConsentGiven)
        assert (event.header.type_version, event.body.partners, event.body.letter) == (1, (), None)
        (stored,) = list(record.read())[-1:]
        assert stored.body is not None
        assert b"partners" not in stored.body
    assert not list(Verification(written_then.home, address=written_then.address, rules=catalogue(), progress=None))
