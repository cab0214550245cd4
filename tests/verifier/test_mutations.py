"""Bundles and policies that were damaged at random: none is taken for another answer, and nothing falls over."""

import random

import pytest

from tests.soaking import report, seed
from tests.verifier.proven import WITNESS, Proven
from verifier.verify_bundle import Refused, check, read_checkpoint, read_policy


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return some bytes with a little changed, cut, doubled or moved."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        if not found:
            break
        at, length = chance.randrange(len(found)), chance.choice((1, 1, 2, 16, 300))
        match chance.randrange(5):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at : at + length] = b""
            case 2:
                found[at:at] = found[at : at + length]
            case 3:
                found[at : at + length] = chance.randbytes(length)
            case _:
                other = chance.randrange(len(found))
                found[at], found[other] = found[other], found[at]
    return bytes(found)


def check_damaged(here: Proven, data: bytes, by: int, count: int) -> None:
    chance = random.Random(by)
    answer = check(data, here.policy)[0]
    for _ in range(count):
        other = damaged(data, chance)
        try:
            found, _ = check(other, here.policy)
        except Refused:
            continue
        assert found == answer


def check_damaged_notes(here: Proven, by: int, count: int) -> None:
    chance = random.Random(by)
    note, policy = here.point.checkpoint, f"log {here.key.verifier}\nwitness other {WITNESS.verifier}\nquorum other\n"
    for _ in range(count):
        for data, read in ((note, read_checkpoint), (policy, read_policy)):
            try:
                read(damaged(data.encode(), chance).decode(errors="replace"))
            except Refused:
                continue


def test_a_damaged_bundle_is_refused_or_says_the_same(here: Proven, sound: bytes) -> None:
    check_damaged(here, sound, 1, 300)


def test_damaged_checkpoints_and_policies_are_read_or_refused(here: Proven) -> None:
    check_damaged_notes(here, 2, 3_000)


@pytest.mark.soak
def test_a_hundred_thousand_damaged_bundles_and_notes(here: Proven, sound: bytes) -> None:
    chosen, count = seed(), 100_000
    check_damaged(here, sound, chosen, count)
    check_damaged_notes(here, chosen, count)
    report("damaged and given to the verifier", chosen, {"bundles": count, "checkpoints": count, "policies": count})
