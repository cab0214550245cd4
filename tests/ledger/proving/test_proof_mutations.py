"""Requests, answers of witnesses, cosignatures and time stamps damaged at random: none is taken for another."""

import hashlib
import random
from pathlib import Path

import pytest

from domain.refusals import Refusal
from ledger.proving.add_checkpoint import add_checkpoint
from ledger.proving.checkpoint import checkpoint
from ledger.proving.cosignature import cosigned, cosigned_at
from ledger.proving.keys import COSIGNATURE, SignerKey
from ledger.proving.note import Note, note
from ledger.proving.posting import Replied
from ledger.proving.time_stamp import Stamp, StampWrong, certificates, check, read, signature_of, stamped, stamps_on
from ledger.proving.witness import Witness
from ledger.proving.witnessing import Witnesses
from tests.ledger.proving.authority import TimeAuthority, answering
from tests.ledger.proving.witnessed import KEY, SEEN_AT, TREE, trusting, witness
from tests.soaking import report, seed
from tests.verifier.test_mutations import damaged
from verifier import verify_bundle

WITNESS = SignerKey.new("witness.example.org", bytes(32), COSIGNATURE)
COSIGNED = TREE.signed(9).with_signature(cosigned(TREE.signed(9), WITNESS, SEEN_AT))


@pytest.fixture
def at_8(tmp_path: Path) -> Witness:
    made = witness(tmp_path / "witness", of=KEY.verifier)
    assert made.add_checkpoint(TREE.asks(0, 8)).status == 200
    return made


@pytest.fixture(scope="module")
def stamp(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stamp, TimeAuthority]:
    authority = TimeAuthority(tmp_path_factory.mktemp("authority") / "tsa")
    with answering(authority) as url:
        signed = stamped(TREE.signed(9), "tsa", url, certificates(authority.certificate.read_bytes()))
    return stamps_on(signed)[0], authority


def check_requests(at_8: Witness, by: int, count: int) -> None:
    chance, request = random.Random(by), TREE.asks(8, 20)
    for _ in range(count):
        data = damaged(request, chance)
        reply = at_8.add_checkpoint(data)
        assert reply.status in (200, 400, 403, 404, 409, 422)
        if reply.status == 200:
            signed = add_checkpoint(data).checkpoint
            assert signed.text == TREE.signed(20).text, "only what the log signed"
            with at_8.book.turn() as turn:
                turn.saw(KEY.verifier.name, bytes(TREE.signed(8)))


def check_notes(by: int, count: int) -> None:
    chance, data = random.Random(by), bytes(COSIGNED)
    for _ in range(count):
        try:
            found = note(damaged(data, chance))
            said = checkpoint(found)
            signers, seconds = found.signed_by([KEY.verifier]), cosigned_at(found, WITNESS.verifier)
        except Refusal:
            continue
        assert said == checkpoint(COSIGNED) or not (signers or seconds)
        assert seconds in (None, SEEN_AT)


def check_answers(tmp_path: Path, by: int, count: int) -> None:
    chance = random.Random(by)
    asked = trusting(KEY.verifier, witness(tmp_path / "w", of=KEY.verifier))
    key = SignerKey.new("witness.example.org", b"witness.example.org".ljust(32, b"-"), COSIGNATURE)
    line = cosigned(TREE.signed(9), key, SEEN_AT).line().encode()

    def post(url: str, data: bytes, kind: str, seconds: float) -> Replied:
        status = chance.choice((200, 200, 200, 409, 409, 422, 500))
        return Replied(status, kind, damaged(line if status == 200 else b"7\n", chance))

    witnesses = Witnesses(asked, post)
    for _ in range(count):
        found = witnesses.cosign(
            TREE.signed(9), lambda first, second: list(add_checkpoint(TREE.asks(first, second)).proof)
        )
        (answer,) = found.answers
        assert answer.seconds in (None, SEEN_AT)
        assert asked.cosigners(found.note) == ({"w0": SEEN_AT} if answer.seconds else {})


def check_stamps(stamp: Stamp, authority: TimeAuthority, by: int, count: int) -> None:
    chance, trusted = random.Random(by), certificates(authority.certificate.read_bytes())
    expected = check(stamp, trusted)
    for _ in range(count):
        other = Stamp(stamp.authority, damaged(stamp.token, chance), stamp.over)
        try:
            read(other)
            found = check(other, trusted)
        except StampWrong:
            continue
        assert found == expected
    moved = Stamp(stamp.authority, stamp.token, Note(TREE.signed(10).text).text.encode())
    with pytest.raises(StampWrong):
        check(moved, trusted)


def check_named_stamps(stamp: Stamp, by: int, count: int) -> None:
    chance, signed = random.Random(by), TREE.signed(9)
    whole = bytes(signed.with_signature(signature_of(stamp)))
    expected = verify_bundle.stamps_on(verify_bundle.read_checkpoint(whole.decode()))
    assert [each.authority for each in expected] == [stamp.authority]
    for _ in range(count):
        try:
            point = verify_bundle.read_checkpoint(damaged(whole, chance).decode(errors="replace"))
            found = verify_bundle.stamps_on(point)
        except verify_bundle.Refused:
            continue
        assert all(each.digest == hashlib.sha256(point.text).hexdigest() for each in found[:1])


def test_damaged_requests_are_answered_and_only_what_the_log_signed_is_cosigned(at_8: Witness) -> None:
    check_requests(at_8, 1, 2_000)


def test_damaged_checkpoints_with_cosignatures_are_refused_or_say_the_same() -> None:
    check_notes(2, 5_000)


def test_damaged_answers_of_witnesses_are_no_cosignatures(tmp_path: Path) -> None:
    check_answers(tmp_path, 3, 2_000)


def test_damaged_time_stamps_are_refused_or_say_the_same(stamp: tuple[Stamp, TimeAuthority]) -> None:
    check_stamps(*stamp, 4, 3_000)
    check_named_stamps(stamp[0], 9, 3_000)


@pytest.mark.soak
def test_a_hundred_thousand_damaged_of_each(at_8: Witness, tmp_path: Path, stamp: tuple[Stamp, TimeAuthority]) -> None:
    chosen, count = seed(), 100_000
    check_requests(at_8, chosen, count)
    check_notes(chosen, count)
    check_answers(tmp_path, chosen, count)
    check_stamps(*stamp, chosen, count)
    check_named_stamps(stamp[0], chosen, count)
    of = (
        "requests to a witness",
        "checkpoints with cosignatures",
        "answers of witnesses",
        "time stamps",
        "their names",
    )
    report("damaged and given to those who read them", chosen, dict.fromkeys(of, count))
