"""Streams and audiences of what is recorded about a State."""

from domain import ids
from domain.matrix import commands as c
from tests.committee import A, Committee


def test_every_event_lies_in_the_stream_and_is_addressed_as_the_contract_says(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    sent = committee.sends(1)
    consent = committee.one(c.GiveConsent, state="KEN", scope="share", partners=("state:FRA",))
    assert sent.header.stream == ids.exchange("KEN")
    assert consent.header.stream == ids.consent("KEN")
    void = committee.voids(sent)
    assert (void.header.type, void.header.audience) == ("exchange.recorded-in-error", sent.header.audience)
    assert committee.voids(consent).header.type == "consent.recorded-in-error"
    inside = [event for event in committee.record.events if event.header.stream.startswith("matrix/")]
    assert {event.header.audience for event in inside} == {("committee", "expert", "secretariat")}
