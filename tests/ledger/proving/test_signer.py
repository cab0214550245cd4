"""The signer signs consistent growth of what is durable, once it has sealed it, and nothing else."""

import stat
from pathlib import Path

import pytest

from domain.seals import HeadsSealed
from ledger import merkle
from ledger.archive import Archive
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.heads import heads_at
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note, note, opened
from ledger.proving.refusals import (
    KeyPassedOn,
    RecordForked,
    RecordRolledBack,
    SignerAbsent,
    SignerExists,
    SignerForgot,
    SignerUnfit,
)
from ledger.proving.signer import Signer, signer_of
from ledger.proving.signer_files import SignerFiles
from ledger.refusals import EventDamaged
from tests.ledger.places import ORIGIN, SIMULATION, Place
from tests.ledger.proving import log
from tests.ledger.proving.stranger import Stranger


def test_a_checkpoint_is_of_the_whole_record_under_a_seal_and_signed(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(10)
        signed = made.checkpoint()
        found = checkpoint(opened(bytes(signed), [made.signer.verifier]))
        last = made.record.last_position
        assert found == Checkpoint(ORIGIN, last, made.record.root())
        sealed = next(iter(made.record.recorded(last, last)))
        assert isinstance(sealed.body, HeadsSealed)
        with made.snapshot() as snapshot:
            tree = heads_at(snapshot, last - 1)
        assert (sealed.body.through, sealed.body.streams) == (last - 1, len(tree))
        assert sealed.body.root == tree.root().hex()


def test_where_nothing_was_recorded_since_the_same_checkpoint_is_given_out(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(2)
        first = made.checkpoint()
        last = made.record.last_position
        assert made.checkpoint() == first
        assert made.record.last_position == last
    with log.opened(place) as again:
        assert again.checkpoint() == first


def test_what_was_signed_is_remembered_before_it_is_given_out(place: Place) -> None:
    with log.begun(place) as made:
        assert made.signer.last() == Checkpoint(ORIGIN, 0, merkle.EMPTY)
        made.notes(2)
        signed = made.checkpoint()
        assert note(made.signer.files.memory_file.read_bytes()) == signed
        with pytest.raises(SignerExists):
            made.signer.make()
        for file in (made.signer.files.key_file, made.signer.files.memory_file):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        made.signer.files.remember = _fails  # type: ignore[method-assign]
        made.notes(2)
        with pytest.raises(OSError, match="full"):
            made.checkpoint()


def _fails(signed: object) -> None:
    raise OSError("the disk is full")


def grown(place: Place, first: int = 7, second: int = 9) -> None:
    """A log of which a checkpoint was signed, and more recorded since."""
    with log.begun(place) as made:
        made.notes(first)
        made.checkpoint()
        made.notes(second, "later")


def test_a_record_that_was_rolled_back_is_refused_with_both_heads_named(place: Place) -> None:
    grown(place)
    with log.opened(place) as made:
        before = made.signer.last()
        log.cut(place, before.size - 2)
    with log.opened(place) as made:
        last = made.record.last_position
        with pytest.raises(RecordRolledBack) as refused:
            made.checkpoint()
        assert refused.value.exit_code == 3
        assert str(before.size) in refused.value.what
        assert before.root.hex() in refused.value.what
        assert f"at {last} with the root {made.record.root().hex()}" in refused.value.what
        assert made.record.last_position == last, "nothing is sealed either"
        assert made.signer.last() == before


def test_a_record_that_was_cut_and_written_anew_is_refused_with_both_heads_named(place: Place) -> None:
    grown(place)
    with log.opened(place) as made:
        before = made.signer.last()
    log.cut(place, before.size - 3)
    with log.opened(place) as made:
        made.notes(20, "otherwise")
        now = made.record.root(before.size)
        assert made.record.last_position > before.size
        with pytest.raises(RecordForked) as refused:
            made.checkpoint()
        assert before.root.hex() in refused.value.what
        assert now.hex() in refused.value.what


def test_what_was_cut_before_it_was_signed_leaves_no_trace_in_the_signer(place: Place) -> None:
    grown(place)
    with log.opened(place) as made:
        before = made.signer.last()
    log.cut(place, before.size)
    with log.opened(place) as made:
        made.notes(3, "otherwise")
        assert checkpoint(made.checkpoint()).size > before.size


def test_a_header_that_is_not_that_of_its_leaf_is_not_signed(place: Place) -> None:
    grown(place)
    with log.opened(place) as made:
        position = made.signer.last().size + 2
        with place.stranger() as hand:
            ((header,),) = hand("SELECT header FROM events WHERE position = ?", position)
            hand("UPDATE events SET header = ? WHERE position = ?", header.replace(b"2", b"3", 1), position)
        with made.snapshot() as snapshot, pytest.raises(EventDamaged, match="not that of its headers"):
            made.signer.sign(snapshot)


def test_two_processes_seal_and_sign_in_turn(place: Place) -> None:
    with log.begun(place) as one, log.opened(place) as other:
        sizes = list[int]()
        for n in range(4):
            one.notes(2, f"one{n}")
            sizes.append(checkpoint(one.checkpoint()).size)
            other.notes(2, f"other{n}")
            sizes.append(checkpoint(other.checkpoint()).size)
        assert sizes == sorted(set(sizes))
        assert list(log.verification(place)) == []


def test_a_signer_whose_memory_is_gone_signs_nothing_until_it_has_a_published_checkpoint(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(3)
        signed = made.checkpoint()
        made.signer.files.memory_file.unlink()
        made.notes(3)
        with pytest.raises(SignerForgot, match="gone"):
            made.checkpoint()
        made.signer.files.memory_file.write_bytes(b"no note")
        with pytest.raises(SignerForgot, match="cannot be read"):
            made.checkpoint()
        with made.snapshot() as snapshot:
            wound_back = Checkpoint(ORIGIN, 2, LogTree(snapshot).root(2)).text()
        made.signer.files.memory_file.write_bytes(bytes(Note(wound_back, signed.signatures)))
        with pytest.raises(SignerForgot, match="was not signed here"):
            made.checkpoint()
        made.signer.files.memory_file.write_bytes(bytes(signed))
        assert checkpoint(made.checkpoint()).size == made.record.last_position


def test_a_key_that_others_may_read_or_that_is_of_another_log_signs_nothing(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.signer.files.key_file.chmod(0o640)
        with pytest.raises(SignerUnfit, match="open to others"):
            made.checkpoint()
        made.signer.files.key_file.unlink()
        with pytest.raises(SignerAbsent):
            made.checkpoint()
        other = Signer(tmp_path / "other", "example.org/other/1")
        other.make()
        made.signer.files.key_file.write_bytes(other.files.key_file.read_bytes())
        made.signer.files.key_file.chmod(0o600)
        with pytest.raises(SignerUnfit, match=r"that of example\.org/other/1"):
            made.checkpoint()


def test_a_record_without_a_signer_is_not_signed_and_says_how_one_is_made(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(3)
        for file in made.signer.files.folder.iterdir():
            file.unlink()
        made.signer.files.folder.rmdir()
        with pytest.raises(SignerAbsent, match="make-signer"):
            made.checkpoint()


def test_a_key_that_is_given_is_kept(tmp_path: Path) -> None:
    given = Signer(tmp_path / "given", ORIGIN)
    given.make()
    taken = Signer(tmp_path / "taken", ORIGIN)
    taken.files.folder.mkdir()
    taken.files.key_file.write_bytes(given.files.key_file.read_bytes())
    taken.files.key_file.chmod(0o600)
    taken.make()
    assert taken.verifier == given.verifier


def test_a_simulation_is_signed_with_a_key_of_its_own_that_its_seed_makes(tmp_path: Path) -> None:
    with pytest.raises(SignerUnfit):
        Signer(tmp_path / "real", SIMULATION)
    made = [signer_of(tmp_path / name, Archive(1, SIMULATION, 7)) for name in ("one", "other")]
    for each in made:
        each.make()
    assert made[0].verifier == made[1].verifier
    assert made[0].verifier.name == SIMULATION
    assert [each.files.key_file.name for each in made] == ["simulated-key"] * 2
    real = Signer(tmp_path / "real", ORIGIN)
    real.files.folder.mkdir()
    real.files.key_file.write_bytes(made[0].files.key_file.read_bytes())
    real.files.key_file.chmod(0o600)
    with pytest.raises(SignerUnfit, match="simulation"):
        real.make()


def test_checkpoints_are_consistent_for_a_stranger_too(place: Place, go: Stranger, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(5)
        first = made.checkpoint()
        made.notes(6)
        second = made.checkpoint()
        with made.snapshot() as snapshot:
            path = LogTree(snapshot).consistency(checkpoint(first).size, checkpoint(second).size)
    for name, signed in (("first", first), ("second", second)):
        (tmp_path / name).write_bytes(bytes(signed))
    asked = ("consistent", tmp_path / "first", tmp_path / "second", str(made.signer.verifier))
    said = go.says((*asked, *(each.hex() for each in path)), (*asked, *(each.hex() for each in path[:-1])))
    assert said[0] == "yes"
    assert said[1] != "yes"


def test_a_key_passes_to_another_by_an_event_that_both_sign(place: Place) -> None:
    with log.begun(place) as made:
        made.notes(3)
        old = made.signer.verifier
        made.sealer.change_key("sec")
        new = made.signer.verifier
        assert new != old
        signed = made.checkpoint()
        assert opened(bytes(signed), [new]) == signed
        with made.snapshot() as snapshot:
            keys = made.signer.keys(snapshot)
        (changed,) = made.record.history("record/keys").events
        assert [(each.key, each.first, each.last) for each in keys] == [
            (old, 0, changed.position - 1),
            (new, changed.position, None),
        ]
        made.sealer.change_key("sec")
        assert list(log.verification(place)) == []


def test_an_old_key_signs_nothing_once_the_record_names_another(place: Place) -> None:
    with log.begun(place) as made:
        old = made.signer.files.key_file.read_bytes()
        made.sealer.change_key("sec")
        made.signer.files.key_file.write_bytes(old)
        made.notes(1)
        with pytest.raises(KeyPassedOn):
            made.checkpoint()


def test_a_change_of_key_that_was_cut_short_is_ended_by_changing_it_again(place: Place) -> None:
    with log.begun(place) as made:
        hand_over = SignerFiles.hand_over
        made.signer.files.hand_over = lambda: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            made.sealer.change_key("sec")
        made.signer.files.hand_over = lambda: hand_over(made.signer.files)  # type: ignore[method-assign]
        with pytest.raises(KeyPassedOn):
            made.checkpoint()
        made.sealer.change_key("sec")
        assert len(made.record.history("record/keys").events) == 1
        assert checkpoint(made.checkpoint()).size == made.record.last_position
