"""Whom a verifier trusts: the keys of a log with what each may sign, witnesses, groups, and the quorum."""

import pytest

from ledger import merkle
from ledger.proving.checkpoint import Checkpoint
from ledger.proving.cosignature import cosigned
from ledger.proving.held_keys import HeldKey
from ledger.proving.keys import COSIGNATURE, SignerKey
from ledger.proving.note import Note
from ledger.proving.policy import PolicyMalformed, of_keys, policy

LOG = SignerKey.new("example.org/log", bytes([1] * 32))
LATER = SignerKey.new("example.org/log", bytes([2] * 32))
X, Y, Z = (SignerKey.new(f"{name}.example.org", bytes([n] * 32), COSIGNATURE) for n, name in enumerate("xyz", 3))
WITNESSES = "".join(f"witness {name} {key.verifier}\n" for name, key in (("X", X), ("Y", Y), ("Z", Z)))
SIGNED = Note(Checkpoint("example.org/log", 5, merkle.EMPTY).text()).signed(LOG)


def test_a_policy_of_keys_is_written_and_read_back() -> None:
    made = of_keys([HeldKey(LOG.verifier, 0, 9), HeldKey(LATER.verifier, 10)])
    assert policy(made.written()) == made
    assert of_keys([HeldKey(LOG.verifier)]).written() == f"log {LOG.verifier}\nquorum none\n"


def test_comments_tabs_and_urls_are_read_as_the_specification_has_them() -> None:
    read = policy(
        f"# ours\n\n \tlog\t{LOG.verifier}  https://log.example \nwitness X {X.verifier} https://x\nquorum X\n"
    )
    assert [each.key for each in read.keys] == [LOG.verifier]
    assert read.witnesses["X"].url == "https://x"
    assert read.quorum == "X"


@pytest.mark.parametrize(
    ("group", "enough"),
    [
        ("group G 2 X Y Z", [{"X", "Y"}, {"X", "Z"}, {"Y", "Z"}]),
        ("group G any X Y", [{"X"}, {"Y"}]),
        ("group G all X Y", [{"X", "Y"}]),
        ("group H any X Y\ngroup G all H Z", [{"X", "Z"}, {"Y", "Z"}]),
    ],
)
def test_a_quorum_is_met_by_as_many_as_it_says(group: str, enough: list[set[str]]) -> None:
    read = policy(f"log {LOG.verifier}\n{WITNESSES}{group}\nquorum G\n")
    for names in ({"X"}, {"Y"}, {"Z"}, {"X", "Y"}, {"X", "Z"}, {"Y", "Z"}, {"X", "Y", "Z"}):
        signed = SIGNED
        for name, key in (("X", X), ("Y", Y), ("Z", Z)):
            if name in names:
                signed = signed.with_signature(cosigned(signed, key, 1_700_000_000))
        found = read.cosigners(signed)
        assert set(found) == names
        assert read.met_by(found) == any(each <= names for each in enough)
    assert not read.met_by({})


@pytest.mark.parametrize(
    "written",
    [
        "",
        "quorum none\nquorum none\n",
        "quorum X\n",
        "log\nquorum none\n",
        f"log {LOG.verifier}\nlog {LOG.verifier}\nquorum none\n",
        f"signs {LOG.verifier} 0 9\nquorum none\n",
        f"log {LOG.verifier}\nsigns {LOG.verifier} 09\nquorum none\n",
        f"witness none {X.verifier}\nquorum none\n",
        f"witness X {X.verifier}\nwitness Y {X.verifier}\nquorum none\n",
        f"log {X.verifier}\nquorum none\n",
        f"witness X {LOG.verifier}\nquorum none\n",
        f"{WITNESSES}group G 0 X\nquorum G\n",
        f"{WITNESSES}group G 3 X Y\nquorum G\n",
        f"{WITNESSES}group G any X X\nquorum G\n",
        f"{WITNESSES}group G any X\ngroup H any X\nquorum G\n",
        f"{WITNESSES}group G any W\nquorum G\n",
        f"{WITNESSES}group G any none\nquorum G\n",
    ],
)
def test_what_is_no_policy_is_refused(written: str) -> None:
    with pytest.raises(PolicyMalformed):
        policy(written)
