"""What an answer is proved with: paths of events to a checkpoint, and heads under the seal in it."""

from pathlib import Path

import pytest

from domain.header import leaf_hash
from ledger import merkle
from ledger.proving.checkpoint import checkpoint
from ledger.proving.evidence import NotUnder, inclusion_of, sealed_under
from ledger.proving.inclusion import inclusion
from ledger.refusals import EventDamaged
from tests.ledger.places import Place
from tests.ledger.proving import log
from tests.ledger.proving.stranger import Stranger


def test_every_event_has_a_proof_that_a_stranger_checks(place: Place, tmp_path: Path, go: Stranger) -> None:
    with log.begun(place) as made:
        made.notes(9)
        signed = made.checkpoint()
        vkey, asked = str(made.signer.verifier), list[tuple[object, ...]]()
        with made.snapshot() as snapshot:
            for stored in made.record.read():
                proof = bytes(inclusion_of(snapshot, stored.position, signed))
                assert inclusion(proof).check(leaf_hash(stored.header)) == checkpoint(signed)
                (tmp_path / f"{stored.position}.tlog-proof").write_bytes(proof)
                (tmp_path / f"{stored.position}").write_bytes(stored.header)
                asked.append(
                    ("included", f"{tmp_path}/{stored.position}.tlog-proof", vkey, f"{tmp_path}/{stored.position}")
                )
            with pytest.raises(NotUnder):
                inclusion_of(snapshot, len(asked) + 1, signed)
        assert go.says(*asked) == ["yes"] * len(asked)


def test_the_heads_under_the_last_seal_prove_what_a_stream_holds(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(9)
        signed = made.checkpoint()
        made.notes(9, "later", streams=5)
        with made.snapshot() as snapshot:
            found = sealed_under(snapshot, signed)
        assert found.position == checkpoint(signed).size
        proof = found.heads.proof("note/1")
        assert proof is not None
        assert proof.head.version == 3
        root = bytes.fromhex(found.seal.root)
        assert merkle.includes(merkle.leaf_hash(proof.head.line()), proof.index, found.seal.streams, proof.path, root)
        before, after = found.heads.neighbours("note/4")
        assert before is not None
        assert after is not None
        assert (before.head.stream, after.head.stream) == ("note/2", "record/types")


def test_without_a_seal_nothing_is_complete(place: Place) -> None:
    with log.begun(place) as made, made.snapshot() as snapshot, pytest.raises(NotUnder):
        sealed_under(snapshot, made.signer.files.remembered())


def test_heads_that_are_not_those_sealed_prove_nothing(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(9)
        signed = made.checkpoint()
        with place.stranger() as hand:
            hand("DELETE FROM heads WHERE stream = 'note/1'")
        with made.snapshot() as snapshot, pytest.raises(EventDamaged):
            sealed_under(snapshot, signed)
