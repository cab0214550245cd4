"""Whoever changes, hides, adds or swaps something in a bundle is found, and told what was found."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from ledger.merkle import leaf_hash
from ledger.proving.keys import COSIGNATURE, SignerKey
from ledger.proving.note import Note, note
from projections.proving import answers
from projections.proving.bundle import of_event
from tests.verifier.asking import Place, bundle, everything
from tests.verifier.proven import WITNESS, Proven, opened
from verifier.verify_bundle import Refused, canonical, check, parsed, read_policy, written

Bundle = dict[str, Any]


def refusal(here: Proven, members: Bundle, **expected: str) -> str:
    """Return by which name a bundle is refused, its digest worked out again."""
    with pytest.raises(Refused) as refused:
        check(written(members), here.policy, expected)
    return refused.value.name


def stream(members: Bundle, name: str) -> Bundle:
    found: Bundle = next(each for each in members["streams"] if each["stream"] == name)
    return found


def cells(members: Bundle) -> Bundle:
    """The stream of a revision with some events."""
    found: Bundle = max(
        (each for each in members["streams"] if each["stream"].startswith("matrix/KEN/")),
        key=lambda each: sum("body" in event for event in each["events"]),
    )
    return found


def told(members: Bundle) -> list[Bundle]:
    """The events of that stream whose bodies are in the bundle."""
    return [event for event in cells(members)["events"] if "body" in event]


def with_body(event: Bundle, **members: object) -> Bundle:
    """Return an event with another body, committed to in its header as if it had been recorded so."""
    body = canonical(parsed(event["body"], "body") | members)
    header = parsed(event["header"], "header")
    header["body_commitment"] = hashlib.sha256(bytes.fromhex(event["nonce"]) + body.encode()).hexdigest()
    return event | {"header": canonical(header), "body": body}


def chained(events: list[Bundle]) -> list[Bundle]:
    """Return events with their versions and links worked out again."""
    found: list[Bundle] = []
    for version, event in enumerate(events, start=1):
        header = parsed(event["header"], "header")
        previous = leaf_hash(found[-1]["header"].encode()).hex() if found else None
        found.append(event | {"header": canonical(header | {"version": version, "previous": previous})})
    return found


# A fact is changed


def test_another_value_is_not_what_was_committed_to(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    event = told(members)[0]
    event["body"] = canonical(parsed(event["body"], "body") | {"value": "NA"})
    assert refusal(here, members) == "another-body"


def test_another_value_with_its_commitment_and_all_links_worked_out_again_does_not_end_where_the_head_does(
    here: Proven, sound: bytes
) -> None:
    members = opened(sound)
    revision, event = cells(members), told(members)[0]
    place = revision["events"].index(event)
    revision["events"][place] = with_body(event, value="NA")
    revision["events"] = chained(revision["events"])
    assert refusal(here, members) == "head-not-sealed"


def test_another_seal_is_not_in_the_tree(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    members["seal"] = with_body(members["seal"], root="0" * 64)
    assert refusal(here, members) == "not-included"
    members["seal"]["body"] = opened(sound)["seal"]["body"]
    assert refusal(here, members) == "another-body"


def test_bodies_that_are_swapped_are_found(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    first, second, *_ = told(members)
    for name in ("body", "nonce"):
        first[name], second[name] = second[name], first[name]
    assert refusal(here, members) == "another-body"


def test_a_manifest_that_is_replaced_is_not_the_one_that_was_approved(here: Proven, place: Place) -> None:
    approved = opened(bundle(here, place._replace(written=place.written.__class__(standing="approved"))))
    for index, text in enumerate(approved["documents"]):
        document = parsed(text, "document")
        if document["kind"] == "manifest":
            approved["documents"][index] = canonical(document | {"cells": document["cells"][:1]})
    assert refusal(here, approved) == "left-out"


# Something is left out


@pytest.mark.parametrize("which", [0, 1, -2, -1])
def test_an_event_that_is_withheld_is_missed(here: Proven, sound: bytes, which: int) -> None:
    members = opened(sound)
    del cells(members)["events"][which]
    assert refusal(here, members) in ("left-out", "head-not-sealed")


@pytest.mark.parametrize("which", [0, 1, -2, -1])
def test_an_event_that_is_withheld_and_the_chain_mended_is_missed(here: Proven, sound: bytes, which: int) -> None:
    members = opened(sound)
    revision = cells(members)
    del revision["events"][which]
    revision["events"] = chained(revision["events"])
    assert refusal(here, members) == "head-not-sealed"


def test_a_whole_stream_cannot_be_hidden(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    hidden = cells(members)
    members["streams"].remove(hidden)
    assert refusal(here, members) == "left-out"
    members["ranges"]["matrix/KEN/"]["names"].remove(hidden["stream"])
    assert refusal(here, members) == "left-out"
    heads = here.point.heads
    known = heads.proof(hidden["stream"])
    assert known is not None
    members["ranges"][hidden["stream"]] = members["ranges"]["matrix/KEN/"]
    assert refusal(here, members) == "left-out"


def test_a_stream_that_is_there_cannot_be_shown_to_be_absent(here: Proven) -> None:
    members = opened(answers.stream(here.record, here.point, everything(here), "matrix/NONE"))
    members["question"]["stream"] = "matrix/KEN"
    members["ranges"]["matrix/KEN"] = members["ranges"]["matrix/NONE"]
    assert refusal(here, members) == "left-out"


def test_a_value_that_is_kept_back_is_told_and_not_passed_over(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    shown = {each["position"] for each in check(sound, here.policy)[0]["answer"]["cells"] if each["position"]}
    for event in (each for one in members["streams"] for each in one["events"]):
        if parsed(event["header"], "header")["position"] in shown:
            del event["body"], event["nonce"]
    assert refusal(here, members) == "not-disclosed"


# Another log, another key, another question


def test_a_bundle_of_another_log_is_refused(here: Proven, sound: bytes) -> None:
    other = SignerKey.new("example.org/other/1", b"k" * 32).verifier
    with pytest.raises(Refused, match="another-log"):
        check(sound, read_policy(f"log {other}\nquorum none\n"))


def test_a_key_that_the_policy_does_not_know_signs_nothing(here: Proven, sound: bytes) -> None:
    other = SignerKey.new(here.record.origin, b"x" * 32)
    with pytest.raises(Refused, match="signature"):
        check(sound, read_policy(f"log {other.verifier}\nquorum none\n"))
    members = opened(sound)
    members["checkpoint"] = bytes(Note(note(sound_checkpoint(members)).text).signed(other)).decode()
    assert refusal(here, members) == "signature"


def sound_checkpoint(members: Bundle) -> bytes:
    found: str = members["checkpoint"]
    return found.encode()


def test_a_checkpoint_signed_by_an_old_key_is_refused(here: Proven, sound: bytes) -> None:
    known = f"log {here.key.verifier}\nquorum none\nsigns {here.key.verifier} 0"
    until = read_policy(f"{known} {here.point.size - 1}")
    with pytest.raises(Refused, match="old-key"):
        check(sound, until)
    check(sound, read_policy(f"{known} {here.point.size}"))


def test_the_answer_to_another_question_is_refused(here: Proven, sound: bytes) -> None:
    assert refusal(here, opened(sound), state="UGA") == "another-question"
    assert refusal(here, opened(sound), standing="approved") == "another-question"
    check(sound, here.policy, {"state": "KEN", "standing": "working"})
    members = opened(sound)
    members["question"]["as_of"] = "2010"
    assert refusal(here, members) == "another-question"
    members = opened(sound)
    members["question"] |= {"recorded_by": "30", "position": 31}
    assert refusal(here, members) in ("another-question", "left-out")
    members = opened(of_event(here.record, here.point, 30, disclosed=True))
    members["question"]["position"] = 31
    assert refusal(here, members) == "another-question"


# Witnesses


@pytest.mark.parametrize(
    ("quorum", "enough"),
    [("none", True), ("other", True), ("both", False), ("one-of", True), ("third", False)],
)
def test_the_policy_says_how_many_witnesses_are_enough(
    here: Proven, sound: bytes, quorum: str, *, enough: bool
) -> None:
    third = SignerKey.new("third.example.org", b"3" * 32, COSIGNATURE).verifier
    policy = read_policy(
        f"log {here.key.verifier}\nwitness other {WITNESS.verifier}\nwitness third {third}\n"
        f"group both all other third\ngroup one-of any other third\nquorum {quorum}\n"
    )
    trust = check(sound, policy)[1]
    assert trust.enough is enough
    assert trust.witnessed == (("other", "2025-06-15T15:06:40Z"),)


def test_a_cosignature_that_is_not_good_is_refused_and_not_passed_over(here: Proven, sound: bytes) -> None:
    members = opened(sound)
    whole = note(sound_checkpoint(members))
    last = whole.signatures[-1]
    changed = last.data[:-1] + bytes([last.data[-1] ^ 1])
    members["checkpoint"] = bytes(
        Note(whole.text, (*whole.signatures[:-1], type(last)(last.name, last.key_id, changed)))
    ).decode()
    assert refusal(here, members) == "signature"


@pytest.mark.parametrize(
    "line",
    [
        "log nonsense",
        "log",
        "witness a",
        "group g 3 a",
        "quorum nobody",
        "frobnicate",
        "signs {key} one",
        "quorum none",
    ],
)
def test_a_policy_that_cannot_be_read_says_which_line(here: Proven, line: str) -> None:
    with pytest.raises(Refused, match="policy") as refused:
        read_policy(f"log {here.key.verifier}\nquorum none\n{line.format(key=here.key.verifier)}\n")
    assert refused.value.code == 2


# Every fact of a bundle, one after the other


def paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [each for name in value for each in paths(value[name], (*at, name))]
    if isinstance(value, list):
        return [each for index, item in enumerate(value) for each in paths(item, (*at, index))]
    return [at]


def changed(value: object) -> list[object]:
    """Return what somebody might put in the place of a value."""
    if isinstance(value, str):
        return [value[:-1], value + "0", value[:1] + "A" + value[2:], value.replace("1", "2", 1), "", None, 7]
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, int):
        return [value + 1, value - 1, -1, str(value), None]
    return ["", 0, [], {}]


Asking = Callable[[Proven], bytes]


@pytest.mark.parametrize(
    "asking",
    [
        lambda here: answers.stream(here.record, here.point, everything(here), "consent/KEN"),
        lambda here: answers.stream(here.record, here.point, everything(here), "decision/none"),
        lambda here: answers.event(here.record, here.point, everything(here), 40),
    ],
    ids=["a stream", "a stream that is absent", "an event"],
)
def test_each_fact_of_a_bundle_changed_on_purpose_is_found_or_changes_nothing(here: Proven, asking: Asking) -> None:
    data = asking(here)
    answer, _ = check(data, here.policy)
    tried = 0
    for path in paths(opened(data)):
        for index in range(7):
            members = opened(data)
            *way, last = path
            inner: Any = members
            for step in way:
                inner = inner[step]
            several = changed(inner[last])
            if index >= len(several) or several[index] == inner[last]:
                continue
            inner[last] = several[index]
            tried += 1
            try:
                found, _ = check(written(members), here.policy)
            except Refused:
                continue
            assert found["answer"] == answer["answer"], (path, several[index])
    assert tried > 50
