"""A witness outside the operator: it cosigns what continues what it saw, and tells whoever shows it something else."""

from pathlib import Path
from threading import Thread

import pytest

from ledger.proving.add_checkpoint import SIZE_TYPE, AddCheckpoint, add_checkpoint
from ledger.proving.checkpoint import checkpoint
from ledger.proving.keys import SignerKey
from ledger.proving.log_tree import LogTree
from ledger.proving.sealer import Sealer
from ledger.proving.witness import PLAIN, Reply, Witness, WitnessExists
from ledger.proving.witness_book import WitnessForgot
from ledger.proving.witnessing import SeenOtherwise, Witnesses
from tests.ledger.places import Place
from tests.ledger.proving import log
from tests.ledger.proving.stranger import Stranger
from tests.ledger.proving.witnessed import FORKED, KEY, OTHER, SEEN_AT, TREE, asking, trusting, witness


@pytest.fixture
def at_8(tmp_path: Path) -> Witness:
    """A witness that has seen eight events."""
    made = witness(tmp_path / "witness", of=KEY.verifier)
    assert made.add_checkpoint(TREE.asks(0, 8)).status == 200
    return made


def test_what_continues_is_cosigned_with_the_time_at_which_it_was_seen(at_8: Witness) -> None:
    policy = trusting(KEY.verifier, at_8)
    for old, size in ((8, 8), (8, 9), (9, 33)):
        reply = at_8.add_checkpoint(TREE.asks(old, size))
        assert reply.status == 200
        signed = bytes(TREE.signed(size)) + reply.body
        assert policy.cosigners(add_checkpoint(b"old 0\n\n" + signed).checkpoint) == {"w0": SEEN_AT}


def test_each_thing_that_is_not_cosigned_has_its_answer(at_8: Witness) -> None:
    def said(data: bytes) -> tuple[int, str]:
        reply = at_8.add_checkpoint(data)
        assert reply.kind == (SIZE_TYPE if reply.status == 409 else PLAIN)
        return reply.status, reply.body.decode().strip()

    assert said(b"old 08\n\n")[0] == 400
    assert said(bytes(AddCheckpoint(10, (), TREE.signed(9))))[0] == 400
    stranger = SignerKey.new("example.org/other", bytes(32))
    assert said(bytes(AddCheckpoint(8, (), TREE.signed(9, stranger))))[0] == 404
    assert said(bytes(AddCheckpoint(8, (), TREE.signed(9, OTHER))))[0] == 403
    tampered = bytes(TREE.asks(8, 9)).replace(b"\n9\n", b"\n10\n")
    assert said(tampered)[0] == 403
    assert said(TREE.asks(0, 9)) == (409, "8")
    assert said(TREE.asks(4, 6)) == (409, "8")
    assert said(bytes(AddCheckpoint(8, (bytes(32),), TREE.signed(9))))[0] == 422
    assert said(bytes(AddCheckpoint(8, (bytes(32),), TREE.signed(8))))[0] == 422
    at_8.add_checkpoint(TREE.asks(8, 12))
    assert said(FORKED.asks(12, 12)) == (409, "12")
    assert said(FORKED.asks(12, 14))[0] == 422


def test_the_first_checkpoint_comes_without_a_proof(tmp_path: Path) -> None:
    fresh = witness(tmp_path / "witness", of=KEY.verifier)
    assert fresh.add_checkpoint(bytes(AddCheckpoint(0, (bytes(32),), TREE.signed(5)))).status == 422
    assert fresh.add_checkpoint(TREE.asks(0, 0)).status == 200
    assert fresh.add_checkpoint(TREE.asks(0, 5)).status == 200


def test_another_key_of_the_log_is_known_beside_the_first(at_8: Witness) -> None:
    at_8.add_log(OTHER.verifier)
    proof = add_checkpoint(TREE.asks(8, 9)).proof
    assert at_8.add_checkpoint(bytes(AddCheckpoint(8, proof, TREE.signed(9, OTHER)))).status == 200


def test_requests_at_once_never_take_a_witness_back(at_8: Witness) -> None:
    replies: dict[int, Reply] = {}

    def ask(size: int) -> None:
        replies[size] = at_8.add_checkpoint(TREE.asks(8, size))

    threads = [Thread(target=ask, args=(size,)) for size in range(9, 33)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (first,) = [size for size, reply in replies.items() if reply.status == 200]
    assert {reply.body for size, reply in replies.items() if size != first} == {f"{first}\n".encode()}


def test_a_witness_without_its_memory_cosigns_nothing(at_8: Witness) -> None:
    with pytest.raises(WitnessExists):
        at_8.make("another.example.org", bytes(32))
    at_8.book.path.write_bytes(b"")
    with pytest.raises(WitnessForgot):
        at_8.add_checkpoint(TREE.asks(8, 9))
    at_8.book.path.write_bytes(bytes(4096))
    with pytest.raises(WitnessForgot):
        at_8.add_checkpoint(TREE.asks(8, 9))


def test_a_log_keeps_with_its_checkpoint_what_its_witnesses_gave(place: Place, tmp_path: Path, go: Stranger) -> None:
    with log.begun(place) as made:
        key = made.signer.verifier
        two = [witness(tmp_path / name, f"{name}.example.org", of=key) for name in ("a", "b")]
        trusted = trusting(key, *two)
        sealer = Sealer(made.record, made.signer, asking(trusted, *two))
        found = sealer.witnessed()
        for count in (5, 1, 70):
            made.notes(count)
            found = sealer.witnessed()
            assert found.enough
            assert trusted.cosigners(found.note) == {"w0": SEEN_AT, "w1": SEEN_AT}
            assert made.signer.files.remembered() == found.note
        assert sealer.witnessed() == found, "nobody is asked twice for the same"
        file = tmp_path / "checkpoint"
        file.write_bytes(bytes(found.note))
        assert go.says(*(("cosigned", file, key, each.verifier) for each in two)) == ["yes", "yes"]
        file.write_bytes(bytes(found.note).replace(b"\n\n", b"\nmore\n\n"))
        assert go.says(("cosigned", file, key, two[0].verifier))[0].startswith("no")


def test_where_too_few_answer_the_checkpoint_stands_and_it_is_said(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        key = made.signer.verifier
        near, far = witness(tmp_path / "near", "near.example.org", of=key), witness(tmp_path / "far", "far.example.org")
        unreached = trusting(key, near, far, url="http://127.0.0.1:9/{}")
        none = Sealer(made.record, made.signer, Witnesses(unreached)).witnessed()
        assert not none.enough
        assert all("does not answer" in each.said for each in none.answers)
        one = Sealer(made.record, made.signer, asking(trusting(key, near, far), near, far)).witnessed()
        assert not one.enough
        assert [each.said for each in one.answers] == ["", "it does not know this log"]
        assert (
            Sealer(made.record, made.signer, asking(trusting(key, near, far, quorum="any"), near, far))
            .witnessed()
            .enough
        )


def test_a_record_that_was_rolled_back_is_told_by_its_witness(place: Place, tmp_path: Path) -> None:
    """Who holds the database and the signer's folder makes both forget; the witness does not."""
    with log.begun(place) as made:
        made.notes(8)
        other = witness(tmp_path / "witness", of=made.signer.verifier)
        trusted = trusting(made.signer.verifier, other)
        early = made.checkpoint()
        made.notes(8)
        Sealer(made.record, made.signer, asking(trusted, other)).witnessed()
        made.signer.files.remember(early)
        size, seen = checkpoint(early).size, made.record.last_position
    log.cut(place, size)
    with log.opened(place) as made:
        assert made.checkpoint() == early, "the signer that was made to forget signs it"
        with pytest.raises(SeenOtherwise, match=f"it has seen {seen} events"):
            Sealer(made.record, made.signer, asking(trusted, other)).witnessed()


def test_a_checkpoint_that_was_cosigned_is_shown_to_its_witness_again_by_each_process(
    place: Place, tmp_path: Path
) -> None:
    """Who puts a whole home back puts back what the witness gave for it then; the witness has seen more."""
    with log.begun(place) as made:
        made.notes(8)
        other = witness(tmp_path / "witness", of=made.signer.verifier)
        trusted = trusting(made.signer.verifier, other, url="http://127.0.0.1:9/{}")
        reached = trusting(made.signer.verifier, other)
        cosigned = Sealer(made.record, made.signer, asking(reached, other)).witnessed()
        again = Sealer(made.record, made.signer, asking(reached, other)).witnessed()
        assert again == cosigned, "the time at which it was seen first stays"
        silent = Sealer(made.record, made.signer, Witnesses(trusted)).witnessed()
        assert silent.enough
        assert "does not answer" in silent.answers[0].said
        assert made.signer.files.remembered() == silent.note == cosigned.note
        made.notes(8)
        seen = Sealer(made.record, made.signer, asking(reached, other)).witnessed().size
        made.signer.files.remember(cosigned.note)
    log.cut(place, cosigned.size)
    with log.opened(place) as made, pytest.raises(SeenOtherwise, match=f"it has seen {seen} events"):
        Sealer(made.record, made.signer, asking(reached, other)).witnessed()


def test_another_history_is_told_by_the_witness_that_saw_the_first(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(8)
        other = witness(tmp_path / "witness", of=made.signer.verifier)
        trusted = trusting(made.signer.verifier, other)
        early = made.checkpoint()
        made.notes(8)
        before = Sealer(made.record, made.signer, asking(trusted, other)).witnessed()
        made.signer.files.remember(early)
    log.cut(place, checkpoint(early).size)
    with log.opened(place) as made:
        made.notes(60, "otherwise")
        sealer = Sealer(made.record, made.signer, asking(trusted, other))
        with pytest.raises(SeenOtherwise, match="it has seen another history"):
            sealer.witnessed()
        assert not trusted.cosigners(made.signer.files.remembered())
        with made.snapshot() as snapshot:
            assert LogTree(snapshot).root(before.size) != checkpoint(before.note).root


def test_requests_are_as_the_specification_writes_them() -> None:
    """The example of C2SP tlog-witness, read and written again byte for byte."""
    example = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 example.com/behind-the-sofa \
opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
""".encode()
    found = add_checkpoint(example)
    assert (found.old, len(found.proof), len(found.checkpoint.signatures)) == (20852014, 4, 2)
    assert checkpoint(found.checkpoint).size == 20852163
    assert bytes(AddCheckpoint(found.old, found.proof, found.checkpoint)) == example
