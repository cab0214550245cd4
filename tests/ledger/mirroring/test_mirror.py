"""A log is followed from outside: what grows is kept, and whatever else is shown is found, and named."""

import os
import shutil
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.refusals import IntegrityFailure
from domain.seals import SealHeads
from ledger import merkle
from ledger.mirroring.kept import Kept
from ledger.mirroring.mirror import Mirror, Mirrored
from ledger.mirroring.refusals import (
    FolderTaken,
    HeaderWrong,
    MirrorDamaged,
    NothingPublished,
    PieceMissing,
    PolicyMissing,
    SealFalse,
    SealWithheld,
    SourceUnreachable,
    TileChanged,
)
from ledger.mirroring.source import source
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.folder import Folder
from ledger.proving.heads import heads_at
from ledger.proving.note import Note, SignatureWrong, note
from ledger.proving.pieces import Publishing
from ledger.proving.policy import of_keys
from ledger.proving.publishing import publish
from ledger.proving.refusals import RecordForked, RecordRolledBack
from tests.ledger.places import ORIGIN, Place
from tests.ledger.proving import log
from tests.ledger.proving.log import Log
from tests.ledger.proving.test_publishing import files

ALL = Publishing(entries=True, mirror=lambda _header: True)


class Pair:
    """A published log, and a mirror of it."""

    def __init__(self, folder: Path) -> None:
        self.shown = Folder(folder / "log")
        self.kept = Kept(Folder(folder / "mirror"))

    def publishes(self, made: Log, what: Publishing = ALL) -> Checkpoint:
        signed = made.checkpoint()
        with made.snapshot() as snapshot:
            keys = made.signer.keys(snapshot)
            publish(snapshot, signed, keys, self.shown, what, None)
        if self.kept.policy() is None:
            self.kept.put_policy(of_keys(keys).written())
        return checkpoint(signed)

    def follows(self, where: str = "", *, whole: bool = False) -> Mirrored:
        return Mirror(source(where or str(self.shown.path)), self.kept).follow(whole=whole)

    def alarms(self, kind: type[IntegrityFailure], *, whole: bool = False) -> str:
        before = self.kept.accepted()
        with pytest.raises(kind) as found:
            self.follows(whole=whole)
        assert self.kept.accepted() == before, "nothing of it is accepted"
        assert str(before) in found.value.what
        assert str(checkpoint(note(self.shown.read("checkpoint") or b""))) in found.value.what
        assert any((self.kept.folder.path / "refused").iterdir())
        return found.value.what


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    (tmp_path / "mirror").mkdir()
    return Pair(tmp_path)


def pieces(folder: Folder) -> dict[str, bytes]:
    return {
        name: data for name, data in files(folder).items() if name.split("/")[0] in ("checkpoint", "tile", "mirror")
    }


def test_a_mirror_comes_to_hold_what_is_published_however_it_grew(place: Place, pair: Pair) -> None:
    with log.begun(place) as made:
        for count in (5, 240, 300, 3):
            made.notes(count, f"n{count}")
            shown = pair.publishes(made)
            report = pair.follows()
            assert (report.events, report.root) == (shown.size, shown.root.hex())
            assert report.withheld == 0
        assert pieces(pair.kept.folder) == pieces(pair.shown)
        again = pair.follows(whole=True)
        assert (again.taken, again.seals) == (0, 4)
        made.sealer.change_key("sec")
        made.notes(2)
        pair.publishes(made)
        assert pair.follows().taken >= 3, "the new key is learnt from the log, signed by both"
        other = Pair(pair.shown.path.parent / "other")
        other.shown = pair.shown
        other.kept.put_policy(pair.kept.policy() or "")
        other.follows()
        assert pieces(other.kept.folder).items() <= pieces(pair.kept.folder).items()


@contextmanager
def served(folder: Path) -> Generator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_log_is_followed_from_any_file_server(place: Place, pair: Pair) -> None:
    with log.begun(place) as made:
        made.notes(300)
        shown = pair.publishes(made)
        with served(pair.shown.path) as url:
            assert pair.follows(url).root == shown.root.hex()
            with pytest.raises(NothingPublished):
                pair.follows(f"{url}/elsewhere")
        with pytest.raises(SourceUnreachable):
            pair.follows(url)
    assert pieces(pair.kept.folder) == pieces(pair.shown)


def test_of_a_tree_alone_growth_is_checked_and_the_rest_is_said_not_to_be(place: Place, pair: Pair) -> None:
    with log.begun(place) as made:
        with pytest.raises(PolicyMissing):
            pair.follows()
        made.notes(300)
        pair.publishes(made, Publishing())
        assert pair.follows().tree_only
        made.notes(3)
        pair.publishes(made, Publishing(entries=True, mirror=lambda header: header.stream != "note/1"))
        found = pair.follows()
        assert (found.tree_only, found.seals) == (True, 0)
    whole = Pair(pair.shown.path.parent / "whole")
    whole.shown, (found_policy) = pair.shown, pair.kept.policy()
    whole.kept.put_policy(found_policy or "")
    report = whole.follows()
    assert (report.tree_only, report.withheld, report.seals) == (False, 101, 2)


# What is found


@pytest.fixture
def followed(place: Place, pair: Pair) -> Checkpoint:
    """A log that was followed to a size, with more recorded since."""
    with log.begun(place) as made:
        made.notes(12)
        found = pair.publishes(made)
        pair.follows()
        made.notes(5, "later")
        return found


def forgets(place: Place) -> None:
    """The operator makes the signer forget, and takes away what was published."""
    with log.opened(place) as made:
        made.signer.files.memory_file.unlink()
        made.signer.files.make(made.signer.files.key(), Checkpoint(ORIGIN, 0, merkle.EMPTY))


def test_another_history_shown_to_other_readers_is_a_fork(place: Place, pair: Pair, followed: Checkpoint) -> None:
    shutil.rmtree(pair.shown.path)
    log.cut(place, followed.size - 3)
    forgets(place)
    with log.opened(place) as made:
        made.notes(30, "for others")
        pair.publishes(made)
        assert "another history is shown" in pair.alarms(RecordForked)
        shutil.rmtree(pair.shown.path)
    log.cut(place, followed.size - 3)
    forgets(place)
    with log.opened(place) as made:
        made.notes(2, "for others")
        assert pair.publishes(made).size == followed.size
        assert "of the same size" in pair.alarms(RecordForked)


def test_an_earlier_log_is_a_roll_back_and_another_short_one_a_fork(
    place: Place, pair: Pair, followed: Checkpoint, tmp_path: Path
) -> None:
    shutil.copytree(pair.shown.path, tmp_path / "earlier")
    with log.opened(place) as made:
        pair.publishes(made)
        pair.follows()
    shutil.rmtree(pair.shown.path)
    shutil.copytree(tmp_path / "earlier", pair.shown.path)
    assert "shorter than it was" in pair.alarms(RecordRolledBack)
    shutil.rmtree(pair.shown.path)
    log.cut(place, followed.size - 4)
    forgets(place)
    with log.opened(place) as made:
        pair.publishes(made)
    assert "and another history" in pair.alarms(RecordForked)


@pytest.mark.parametrize("lie", [{"root": "f" * 64}, {"streams": 1}])
def test_a_seal_that_lies_is_false(place: Place, pair: Pair, followed: Checkpoint, lie: dict[str, object]) -> None:
    with log.opened(place) as made:
        through = made.record.last_position
        with made.snapshot() as snapshot:
            tree = heads_at(snapshot, through)
        said = {"through": through, "streams": len(tree), "root": tree.root().hex()} | lie
        made.record.submit(SealHeads(id="lie", actor="system", **said))  # type: ignore[arg-type]
        pair.publishes(made)
    assert f"the seal lies: through {through}" in pair.alarms(SealFalse)


def test_a_stream_that_is_hidden_from_the_heads_makes_a_false_seal(
    place: Place, pair: Pair, followed: Checkpoint
) -> None:
    with place.stranger() as hand:
        hand("DELETE FROM heads WHERE stream = 'note/1'")
    with log.opened(place) as made:
        pair.publishes(made)
    pair.alarms(SealFalse)


def test_a_checkpoint_by_an_old_key_is_found(place: Place, pair: Pair, followed: Checkpoint) -> None:
    with log.opened(place) as made:
        old = made.signer.files.key()
        made.sealer.change_key("sec")
        now = pair.publishes(made)
        true = pair.shown.read("checkpoint") or b""
        pair.shown.write("checkpoint", bytes(Note(now.text()).signed(old)))
        assert "not the key of a checkpoint of this size" in pair.alarms(SignatureWrong)
        pair.shown.write("checkpoint", true)
        assert pair.follows().root == now.root.hex()
        pair.shown.write("checkpoint", bytes(Note(now.text()).signed(old)))
        pair.alarms(SignatureWrong)


def test_a_tile_that_is_changed_is_named(place: Place, pair: Pair, followed: Checkpoint) -> None:
    with log.opened(place) as made:
        made.notes(300)
        now = pair.publishes(made)
    leaves = pair.shown.read("tile/0/000") or b""
    for name, kind in (
        ("tile/0/000", HeaderWrong),
        ("tile/0/001.p/" + str(now.size - 256), HeaderWrong),
        ("tile/1/000.p/1", TileChanged),
        ("tile/entries/000", HeaderWrong),
    ):
        data = pair.shown.read(name)
        assert data is not None, name
        pair.shown.write(name, data[:-1] + bytes([data[-1] ^ 1]))
        pair.alarms(kind)
        pair.shown.write(name, data)
    (pair.shown.path / "tile/0/000").unlink()
    pair.alarms(PieceMissing)
    pair.shown.write("tile/0/000", leaves + b"x")
    assert "longer than 256 hashes" in pair.alarms(TileChanged)
    pair.shown.write("tile/0/000", leaves)
    assert pair.follows().root == now.root.hex()
    data = pair.shown.read("tile/0/000") or b""
    pair.shown.write("tile/0/000", bytes([data[0] ^ 1]) + data[1:])
    assert pair.follows().taken == 0, "what was taken is compared when that is asked for"
    assert "tile/0/000 is no longer what it was" in pair.alarms(TileChanged, whole=True)


def test_a_seal_that_is_withheld_once_seals_were_shown_is_an_alarm(
    place: Place, pair: Pair, followed: Checkpoint
) -> None:
    """Given a mirror that checked seals, when the next one's body is not shown, then that is an alarm."""
    with log.opened(place) as made:
        made.notes(3)
        pair.publishes(made, Publishing(entries=True, mirror=lambda header: not header.type.startswith("record.heads")))
    assert "the body of this seal is not shown" in pair.alarms(SealWithheld)


def test_seals_that_were_never_shown_are_counted_as_unchecked(place: Place, pair: Pair) -> None:
    with log.begun(place) as made:
        made.notes(3)
        pair.publishes(made, Publishing(entries=True))
    found = pair.follows()
    assert (found.seals, found.unread_seals) == (0, 1)


def test_a_folder_that_holds_something_else_is_not_made_a_mirror(pair: Pair) -> None:
    (pair.kept.folder.path).mkdir(parents=True, exist_ok=True)
    (pair.kept.folder.path / "record.sqlite").write_bytes(b"")
    with pytest.raises(FolderTaken, match="and no mirror"):
        pair.kept.put_policy("log example.org/x+abc+def\n")


def test_a_mirror_that_was_changed_itself_says_so(place: Place, pair: Pair, followed: Checkpoint) -> None:
    name = f"tile/0/000.p/{followed.size}"
    data = pair.kept.folder.read(name) or b""
    pair.kept.folder.write(name, bytes([data[0] ^ 1]) + data[1:])
    with pytest.raises(IntegrityFailure):
        pair.follows()
    (pair.kept.folder.path / name).unlink()
    with pytest.raises(MirrorDamaged):
        pair.follows()


def test_a_mirror_that_is_killed_anywhere_goes_on_from_what_it_had_accepted(
    place: Place, pair: Pair, followed: Checkpoint, tmp_path: Path
) -> None:
    with log.opened(place) as made:
        made.notes(700)
        now = pair.publishes(made)
    count = 0
    while True:
        tried = Pair(tmp_path / f"tried-{count}")
        tried.shown = pair.shown
        shutil.copytree(pair.kept.folder.path, tried.kept.folder.path)
        if not _killed(tried, count):
            break
        accepted = tried.kept.accepted()
        assert accepted in (followed, now)
        assert tried.follows().root == now.root.hex()
        assert pieces(tried.kept.folder) == pieces(pair.shown)
        count += 1
    assert count >= 10


def _killed(pair: Pair, at: int) -> bool:
    """Follow in a process that is killed at its n-th file; return whether it was."""
    child = os.fork()
    if child == 0:
        left, write = [at], pair.kept.folder.write

        def dying(name: str, data: bytes) -> None:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            write(name, data)

        pair.kept.folder.write = dying  # type: ignore[method-assign]
        try:
            pair.follows()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
