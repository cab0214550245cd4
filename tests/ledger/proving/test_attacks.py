"""Whoever holds the database, and not the signer: each thing that can be done so that the record still fits itself."""

import shutil
from pathlib import Path

import pytest

from domain.header import leaf_hash
from domain.log_keys import ChangeKey, statement
from domain.seals import SealHeads
from ledger import merkle
from ledger.mirroring.kept import Kept
from ledger.mirroring.mirror import Mirror
from ledger.proving.checkpoint import Checkpoint
from ledger.proving.evidence import inclusion_of
from ledger.proving.folder import Folder
from ledger.proving.heads import heads_at
from ledger.proving.inclusion import NotIncluded
from ledger.proving.keys import SignerKey
from ledger.proving.note import Note
from ledger.proving.pieces import Publishing
from ledger.proving.policy import of_keys
from ledger.proving.publishing import publish
from ledger.proving.refusals import RecordForked
from ledger.recheck_proof import SignedCheck
from tests.ledger.places import ORIGIN, Place
from tests.ledger.proving import log
from tests.ledger.proving.forging import forge


def told(place: Place, signed: SignedCheck | None = None) -> list[str]:
    return [str(each) for each in log.verification(place, signed)]


@pytest.fixture
def signed_at(place: Place) -> int:
    """A log whose checkpoint was signed at a size, with more recorded since."""
    with log.begun(place) as made:
        made.notes(12)
        made.checkpoint()
        made.notes(5, "later")
        return made.signer.last().size


def test_a_record_that_was_cut_is_sound_in_itself_and_shorter_than_what_was_signed(
    place: Place, signed_at: int
) -> None:
    log.cut(place, signed_at - 3)
    with log.opened(place) as made:
        assert told(place) == [], "nothing inside the record shows it"
        (found,) = told(place, SignedCheck(made.signer))
        assert f"what was signed is {made.signer.last()}; the record is {ORIGIN} at {signed_at - 3}" in found


def test_a_tail_that_was_written_anew_is_sound_in_itself_and_not_what_was_signed(place: Place, signed_at: int) -> None:
    log.cut(place, signed_at - 3)
    with log.opened(place) as made:
        made.notes(30, "otherwise")
        assert told(place) == [], "nothing inside the record shows it"
        (found,) = told(place, SignedCheck(made.signer))
        assert made.signer.last().root.hex() in found
        assert made.record.root(signed_at).hex() in found


def test_an_earlier_backup_put_in_its_place_is_found(place: Place, home: Path) -> None:
    with log.begun(place) as made:
        made.notes(5)
        made.checkpoint()
        earlier = place.copied(home.with_name("backup"))
        made.notes(5)
        last = made.checkpoint()
        assert told(earlier) == []
        (found,) = told(earlier, SignedCheck(made.signer))
        assert last.text.split("\n")[1] in found


def test_another_history_shown_to_other_readers_is_found(place: Place, tmp_path: Path, signed_at: int) -> None:
    folder = Folder(tmp_path / "log")
    with log.opened(place) as made, made.snapshot() as snapshot:
        keys = made.signer.keys(snapshot)
        publish(snapshot, made.signer.files.remembered(), keys, folder, Publishing(), None)
        forgotten = Checkpoint(ORIGIN, 0, merkle.EMPTY)
    log.cut(place, signed_at - 3)
    with log.opened(place) as made:
        made.notes(30, "for others")
        made.signer.files.memory_file.unlink()
        made.signer.files.make(made.signer.files.key(), forgotten)
        made.checkpoint()
        assert told(place, SignedCheck(made.signer)) == [], "a signer that was made to forget signs both"
        (found,) = told(place, SignedCheck(made.signer, folder))
        assert "published: what was signed is" in found


def test_a_past_that_its_owner_wrote_anew_with_all_hashes_fits_itself_and_not_what_others_hold(
    place: Place, tmp_path: Path
) -> None:
    folder, kept = Folder(tmp_path / "log"), Kept(Folder(tmp_path / "mirror"))
    with log.begun(place) as made:
        made.notes(12, "as it was said")
        signed = made.checkpoint()
        with made.snapshot() as snapshot:
            keys = made.signer.keys(snapshot)
            publish(snapshot, signed, keys, folder, Publishing(entries=True, mirror=lambda _header: True), None)
        kept.put_policy(of_keys(keys).written())
        Mirror(folder, kept).follow()
        position = next(each.position for each in made.record.recorded() if each.header.stream == "note/0")
        with made.snapshot() as snapshot:
            proof = inclusion_of(snapshot, position, signed)
    forge(place, position, b"as it was said", b"as it is wished")
    with log.opened(place) as made:
        assert told(place) == [], "nothing inside the record shows it"
        (found,) = told(place, SignedCheck(made.signer))
        assert made.signer.last().root.hex() in found
        with pytest.raises(RecordForked):
            made.checkpoint()
        (stored,) = made.record.read(position, position)
        with pytest.raises(NotIncluded):
            proof.check(leaf_hash(stored.header))
        made.signer.files.memory_file.unlink()
        made.signer.files.make(made.signer.files.key(), Checkpoint(ORIGIN, 0, merkle.EMPTY))
        made.notes(2)
        forged = made.checkpoint()
        shutil.rmtree(folder.path)
        with made.snapshot() as snapshot:
            publish(snapshot, forged, keys, folder, Publishing(entries=True, mirror=lambda _header: True), None)
        with pytest.raises(RecordForked, match="does not begin with what was accepted"):
            Mirror(folder, kept).follow()


@pytest.mark.parametrize("lie", [{"root": "f" * 64}, {"streams": 1}])
def test_a_seal_that_lies_is_found(place: Place, lie: dict[str, object]) -> None:
    with log.begun(place) as made:
        made.notes(6)
        made.checkpoint()
        made.notes(3)
        through = made.record.last_position
        with made.snapshot() as snapshot:
            tree = heads_at(snapshot, through)
        said = {"through": through, "streams": len(tree), "root": tree.root().hex()} | lie
        made.record.submit(SealHeads(id="lie", actor="system", **said))  # type: ignore[arg-type]
        (found,) = told(place)
        assert f"position {through + 1}: the seal lies" in found
        made.notes(1)
        made.checkpoint()
        assert told(place) == [found], "the true seals around it stay true"


def test_a_stream_that_is_hidden_from_the_heads_is_found(place: Place, signed_at: int) -> None:
    with place.stranger() as hand:
        hand("DELETE FROM heads WHERE stream = 'note/1'")
    with log.opened(place) as made:
        made.sealer.seal()
    found = told(place)
    assert any("the seal lies" in each for each in found)
    assert any("stream note/1 has no head" in each for each in found)
    assert signed_at


def test_a_change_of_key_that_not_both_keys_signed_is_found(place: Place) -> None:
    thief = SignerKey.new(ORIGIN, bytes(32))
    with log.begun(place) as made:
        old, new = str(made.signer.verifier), str(thief.verifier)
        text = bytes(Note(statement(ORIGIN, old, new)).signed(thief)).decode()
        made.record.submit(ChangeKey(id="stolen", actor="sec", from_key=old, to_key=new, note=text))
        (found,) = told(place)
        assert "the change of key is not signed by both keys" in found


def test_a_change_of_key_that_was_signed_for_another_log_is_found(place: Place) -> None:
    thief = SignerKey.new(ORIGIN, bytes(32))
    with log.begun(place) as made:
        old, new = str(made.signer.verifier), str(thief.verifier)
        signed = Note(statement("example.org/other/1", old, new)).signed(made.signer.files.key()).signed(thief)
        note = bytes(signed).decode()
        made.record.submit(ChangeKey(id="other", actor="sec", from_key=old, to_key=new, note=note))
        (found,) = told(place)
        assert "not of this change of key" in found
