"""A log as files: what a stranger reads there, what a crash leaves behind, and what is never written over."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from domain.header import leaf_hash
from ledger import merkle
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.folder import Folder
from ledger.proving.note import Note, SignatureWrong, note
from ledger.proving.pieces import Publishing, mirror_path
from ledger.proving.publishing import PublishedDiffers, differences, publish, published
from ledger.proving.refusals import RecordForked, RecordRolledBack
from ledger.proving.signer import Signer
from ledger.proving.tiles import Tile, entry_bundles, first_and_last, hashes_in, tiles
from ledger.recheck_proof import SignedCheck
from ledger.refusals import EventDamaged
from tests.ledger.places import KINDS, Place
from tests.ledger.proving import log
from tests.ledger.proving.log import Log
from tests.ledger.proving.stranger import Stranger

ALL = Publishing(entries=True, mirror=lambda _header: True)


def publishes(made: Log, folder: Folder, what: Publishing = ALL) -> Checkpoint:
    signed = made.checkpoint()
    with made.snapshot() as snapshot:
        publish(snapshot, signed, made.signer.keys(snapshot), folder, what, None)
    return checkpoint(signed)


def read_by_tiles(folder: Folder, size: int) -> bytes:
    """The root that the tiles of a tree have, worked out from the leaves in them and from nothing else."""
    tree = merkle.Growth(0, ())
    for tile in tiles(size):
        data = folder.read(tile.path())
        assert data is not None, tile.path()
        assert len(data) == tile.width * 32
        if tile.level == 0:
            for leaf in hashes_in(data):
                tree.append(leaf)
    return tree.root()


def entries_in(data: bytes) -> list[bytes]:
    found = list[bytes]()
    while data:
        length = int.from_bytes(data[:2], "big")
        found.append(data[2 : 2 + length])
        data = data[2 + length :]
    return found


def files(folder: Folder) -> dict[str, bytes]:
    return {str(each.relative_to(folder.path)): each.read_bytes() for each in folder.path.rglob("*") if each.is_file()}


def test_a_stranger_reads_every_leaf_through_the_tiles(place: Place, tmp_path: Path, go: Stranger) -> None:
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        found = publishes(made, folder)
        for count in (5, 240, 300, 3):
            made.notes(count, f"n{count}")
            found = publishes(made, folder)
            assert read_by_tiles(folder, found.size) == found.root
            assert go.says(("tiles", folder.path, str(made.signer.verifier))) == ["yes"]
            leaves = [
                leaf_hash(entry)
                for bundle in entry_bundles(found.size)
                for entry in entries_in(folder.read(bundle.path()) or b"")
            ]
            assert leaves == [leaf_hash(each.header) for each in made.record.read(1, found.size)]
        whole = b"".join(folder.read(mirror_path(each)) or b"" for each in entry_bundles(found.size))
        assert whole.count(b"\n") == found.size
        with made.snapshot() as snapshot:
            assert list(differences(snapshot, published(folder, made.signer.keys(snapshot)), folder)) == []
        (mode,) = {each.stat().st_mode & 0o777 for each in folder.path.rglob("*") if each.is_file()}
        assert mode == 0o644
        assert not (folder.path / "tile/0/000.p").exists(), "what is there in full is there no more in part"
    assert first_and_last(Tile("entries", 1, 3)) == (257, 259)


def test_publishing_again_writes_nothing_new_and_from_nothing_the_same(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(300)
        folder, other = Folder(tmp_path / "log"), Folder(tmp_path / "other")
        publishes(made, folder)
        before = files(folder)
        publishes(made, folder)
        publishes(made, other)
        assert files(folder) == before == files(other)


def test_what_has_gone_from_the_folder_is_written_again_and_what_is_too_long_is_refused(
    place: Place, tmp_path: Path
) -> None:
    """Given a published log that lost pieces, when it is published again, then they are there; a longer tile is not."""
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(300)
        publishes(made, folder)
        whole = files(folder)
        for lost in ("tile/0/000", "tile/entries/000", "mirror/000", "tile/1/000.p/1"):
            (folder.path / lost).unlink()
        publishes(made, folder)
        assert files(folder) == whole
        folder.write("tile/0/000", whole["tile/0/000"] + b"x")
        with pytest.raises(PublishedDiffers, match="tile/0/000"):
            publishes(made, folder)


def test_of_two_that_publish_at_once_the_one_that_signed_less_changes_nothing(place: Place, tmp_path: Path) -> None:
    """Given a checkpoint that another process has gone beyond, when it is published too, then that is no alarm."""
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(20)
        earlier = made.checkpoint()
        made.notes(20, "more")
        publishes(made, folder)
        before = files(folder)
        with made.snapshot() as snapshot:
            assert publish(snapshot, earlier, made.signer.keys(snapshot), folder, Publishing(), None) == 0
    assert files(folder) == before


def test_who_may_read_only_the_tree_gets_only_the_tree(place: Place, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(5, "secret words")
        publishes(made, folder, Publishing())
        assert {name.split("/")[0] for name in files(folder)} == {"checkpoint", "tile"}
        assert not (folder.path / "tile/entries").exists()
        made.notes(300)
        publishes(made, folder, Publishing(entries=True, mirror=lambda _header: False))
        assert all(b"secret words" not in data for data in files(folder).values())
        assert folder.read("tile/entries/000") is not None, "what was not asked for before is written now"


def test_nothing_is_written_over_another_log_or_another_history(place: Place, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(20)
        found = publishes(made, folder)
        before = files(folder)
        other = Signer(tmp_path / "other", "example.org/other/1")
        other.make()
        strange = Note(Checkpoint("example.org/other/1", 3, merkle.EMPTY).text()).signed(other.files.key())
        folder.write("checkpoint", bytes(strange))
        with pytest.raises(SignatureWrong):
            publishes(made, folder)
        folder.write("checkpoint", before["checkpoint"])
    signer = made.signer.files.folder
    log.cut(place, found.size - 4)
    (signer / "memory").unlink()
    with log.opened(place) as made:
        made.signer.files.make(made.signer.files.key(), Checkpoint(made.record.origin, 0, merkle.EMPTY))
        with pytest.raises(RecordRolledBack):
            publishes(made, folder)
        made.notes(30, "otherwise")
        with pytest.raises(RecordForked):
            publishes(made, folder)
    assert files(folder) == before


def test_a_tile_that_was_changed_is_named_and_not_written_over(place: Place, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(20)
        size = publishes(made, folder).size
        (tile, *_) = tiles(size)
        data = folder.read(tile.path()) or b""
        folder.write(tile.path(), data[:-1] + bytes([data[-1] ^ 1]))
        with made.snapshot() as snapshot:
            found = list(differences(snapshot, published(folder, made.signer.keys(snapshot)), folder))
        assert found == [(tile.path(), "it is not what the record holds")]
        with pytest.raises(PublishedDiffers, match=tile.path()):
            publishes(made, folder)
        (folder.path / tile.path()).unlink()
        told = [str(each) for each in log.verification(place, SignedCheck(made.signer, folder))]
        assert told == [f"the record: published {tile.path()}: it is not published"]
        publishes(made, folder)
        assert list(log.verification(place, SignedCheck(made.signer, folder))) == []


@pytest.mark.parametrize("more", [1, 600])
def test_what_is_signed_and_published_while_it_is_compared_is_not_held_against_it(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    """Others go on meanwhile, until tiles that were there in part are there in full, and the key is another."""
    folder = Folder(tmp_path / "log")
    monkeypatch.setattr("ledger.recheck_events.PROGRESS_EVERY", 1)
    with log.begun(place) as made:
        made.notes(20)
        before = publishes(made, folder)

        def others_go_on(position: int) -> None:
            if position == 1:
                made.notes(more)
                made.sealer.change_key("sec")
                publishes(made, folder)

        check = log.verification(place, SignedCheck(made.signer, folder), others_go_on)
        assert list(check) == []
        assert (check.report().signed, check.report().published) == (before.size, before.size)
        last = made.signer.last()
        assert last.size > before.size + more
    log.cut(place, before.size)
    with log.opened(place) as made:
        signed, seen = log.verification(place, SignedCheck(made.signer, folder))
        assert f"what was signed is {last}; the record is {made.signer.origin} at {before.size}" in signed.what
        assert seen.what.startswith("published: ")


def test_a_node_that_was_changed_in_the_database_is_not_published(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(20)
        made.checkpoint()
        with place.stranger() as hand:
            ((hashes,),) = hand("SELECT hashes FROM nodes WHERE position = 3")
            hand("UPDATE nodes SET hashes = ? WHERE position = 3", bytes([hashes[0] ^ 1]) + hashes[1:])
        with pytest.raises(EventDamaged):
            publishes(made, Folder(tmp_path / "log"))


def test_a_checkpoint_by_an_old_key_is_found(place: Place, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "log")
    with log.begun(place) as made:
        made.notes(5)
        publishes(made, folder)
        old = made.signer.files.key()
        made.sealer.change_key("sec")
        now = publishes(made, folder)
        with made.snapshot() as snapshot:
            keys = made.signer.keys(snapshot)
        assert published(folder, keys) == now
        folder.write("checkpoint", bytes(Note(now.text()).signed(old)))
        with pytest.raises(SignatureWrong, match="not the key of a checkpoint of this size"):
            published(folder, keys)
        told = [str(each) for each in log.verification(place, SignedCheck(made.signer, folder))]
        assert len(told) == 1
        assert "not the key of a checkpoint of this size" in told[0]


STEPS = ("tile/0", "tile/1", "tile/entries", "mirror", "checkpoint")


@pytest.mark.parametrize("kind", [KINDS["sqlite"]], ids=["sqlite"])
def test_a_publication_that_is_killed_anywhere_is_ended_by_doing_it_again(kind: type[Place], tmp_path: Path) -> None:
    place, folder, whole = kind(tmp_path / "home"), Folder(tmp_path / "log"), Folder(tmp_path / "whole")
    with log.begun(place) as made:
        made.notes(40)
        before = publishes(made, folder)
        made.notes(700)
        now = publishes(made, whole)
    count = len(set(files(whole)) - set(files(folder))) + 1
    fell: dict[str, int] = dict.fromkeys(STEPS, 0)
    for write in range(count):
        for half in (False, True):
            tried = Folder(tmp_path / f"tried-{write}-{half}")
            shutil.copytree(folder.path, tried.path)
            step = _killed(place, tried, write, half=half)
            if step is None:
                continue
            fell[next(name for name in STEPS if step.startswith(name))] += 1
            left = checkpoint(note(tried.read("checkpoint") or b""))
            assert left in (before, now)
            assert read_by_tiles(tried, left.size) == left.root, "what is published is whole at any moment"
            with log.opened(place) as made:
                assert publishes(made, tried) == now
            assert files(tried) == files(whole), "nor is anything half written left"
    assert min(fell.values()) >= 1, fell
    assert sum(fell.values()) >= 20, fell


def _killed(place: Place, folder: Folder, at: int, *, half: bool) -> str | None:
    """Publish in a process that is killed at its n-th file, before it is in its place; return at which file."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _publish_and_die(place, folder, at, telling, half=half)
    os.close(telling)
    _, status = os.waitpid(child, 0)
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read().decode()
    assert os.WIFSIGNALED(status) or said == "", said
    return said or None


def _publish_and_die(place: Place, folder: Folder, at: int, telling: int, *, half: bool) -> None:
    left = [at]
    write = folder.write

    def dying(name: str, data: bytes) -> None:
        if left[0] == 0:
            os.write(telling, name.encode())
            if half:
                path = folder.path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.with_name(f".incoming-{path.name}").write_bytes(data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        write(name, data)

    folder.write = dying  # type: ignore[method-assign]
    try:
        with log.opened(place) as made:
            publishes(made, folder)
    finally:
        os._exit(0)
