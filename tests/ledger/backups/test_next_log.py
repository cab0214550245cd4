"""Where events that were signed are lost for good, the log is closed and the next one opened, and that shows."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from domain.header import Header, decode_header
from domain.log_keys import LogOpened, follows, next_log
from domain.refusals import Conflict, IntegrityFailure, MalformedInput
from ledger import merkle, opening
from ledger.archive import in_home
from ledger.backups.making import back_up
from ledger.backups.manifest import checked
from ledger.backups.next_log import NextLog, Opened
from ledger.backups.refusals import NothingLost, TailLost
from ledger.backups.restoring import Outside, restore
from ledger.backups.tails import CopyTail, MirrorTail, Tail
from ledger.clock import SimulatedClock
from ledger.copying import Place as At
from ledger.copying import copy
from ledger.mirroring.kept import Kept
from ledger.mirroring.mirror import Mirror, Mirrored
from ledger.mirroring.refusals import KeyUsurped, PositionsMissing
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.folder import Folder
from ledger.proving.keys import SignerKey
from ledger.proving.note import Note, SignatureWrong
from ledger.proving.pieces import Publishing
from ledger.proving.policy import Policy, of_keys
from ledger.proving.publishing import PublishedDiffers, publish
from ledger.proving.refusals import LogClosed, RecordForked, RecordRolledBack, SignerUnfit
from ledger.proving.sealer import Sealer
from ledger.proving.witnessing import SeenOtherwise
from ledger.record import Record
from ledger.verify import Verification
from tests.ledger import tiny
from tests.ledger.places import ORIGIN, SIMULATION, Place
from tests.ledger.proving import log
from tests.ledger.proving.log import RULES, Log
from tests.ledger.proving.witnessed import asking, trusting, witness

SECOND = next_log(ORIGIN)
AUTHORITY = NextLog("sec", "Decision of the Committee of 4 March 2014, note 12")
Bodies = Callable[[Header], bool]


class Loss:
    """A log with a mirror, a backup of it from some time ago, and the place where it is to go on."""

    def __init__(self, place: Place, folder: Path) -> None:
        self.place = place
        self.to = place.beside("restored")
        self.folder = folder
        self.backup = folder / "backup"
        self.shown, self.kept = Folder(folder / "log"), Kept(Folder(folder / "mirror"))
        with log.begun(place) as made:
            made.notes(20)
            back_up(At(place.address, place.home), self.backup, signed=made.checkpoint(), rules=RULES)
            self.backed_up = made.record.last_position
            made.notes(300, "since")
            self.signed = checkpoint(made.checkpoint())

    def publishes(self, made: Log, folder: Folder, bodies: Bodies = lambda _header: True) -> Policy:
        signed = made.checkpoint()
        with made.snapshot() as snapshot:
            keys = made.signer.keys(snapshot)
            publish(snapshot, signed, keys, folder, Publishing(entries=True, mirror=bodies), None)
        return of_keys(keys)

    def mirrored(self, bodies: Bodies = lambda _header: True) -> MirrorTail:
        """Mirror the old log while it is still there."""
        with log.opened(self.place) as made:
            self.kept.put_policy(self.publishes(made, self.shown, bodies).written())
            Mirror(self.shown, self.kept).follow()
        return MirrorTail(self.kept.folder.path)

    def opens(self, tail: Tail | None = None, asked: NextLog | None = AUTHORITY) -> Opened:
        with log.opened(self.place) as made:
            files = made.signer.files
            outside = Outside(key=made.signer.verifier, signer=files, signed=[files.remembered()], tail=tail)
        address = self.to.address
        found = restore(self.backup, self.to.home, outside, next_log=asked, address=address, rules=RULES)
        assert found.opened is not None
        return found.opened

    def follows(self, folder: Folder, kept: Kept) -> Mirrored:
        return Mirror(folder, kept).follow()


@pytest.fixture
def loss(place: Place, tmp_path: Path) -> Loss:
    return Loss(place, tmp_path)


def test_the_next_log_is_named_by_the_next_number() -> None:
    assert next_log("example.org/ledger1540/1") == "example.org/ledger1540/2"
    assert next_log("example.org/ledger1540/9") == "example.org/ledger1540/10"
    assert next_log("example.org/ledger") == "example.org/ledger/2"
    assert follows("example.org/a/3", "example.org/a/1")
    assert follows("example.org/a/2", "example.org/a")
    assert not follows("example.org/a/1", "example.org/a/2")
    assert not follows("example.org/b/2", "example.org/a/1")
    assert not follows("example.org/a", "example.org/a")


def test_where_events_are_lost_the_record_goes_on_under_the_next_log_and_says_so(loss: Loss) -> None:
    opened = loss.opens()
    kept = loss.backed_up
    assert (opened.closed, opened.log, opened.kept) == (ORIGIN, SECOND, kept)
    assert (opened.lost, opened.signed) == (loss.signed.size - kept, (str(loss.signed),))
    assert opened.head.startswith(f"{SECOND} at {kept + 2} ")
    assert opened.vouched_for
    with log.opened(loss.place) as old, log.opened(loss.to) as made:
        assert made.record.origin == SECOND
        assert list(made.record.read(1, kept)) == list(old.record.read(1, kept)), "what is left keeps its bytes"
        (event,) = made.record.recorded(kept + 1, kept + 1)
        assert isinstance(event.body, LogOpened)
        assert event.header.log == SECOND
        assert event.body.authority == AUTHORITY.authority
        assert event.body.checkpoints == (bytes(old.signer.files.remembered()).decode(),)
        made.notes(3, "after")
        assert checkpoint(made.checkpoint()).origin == SECOND
        assert {decode_header(each.header).log for each in made.record.read(kept + 1, kept + 5)} == {SECOND}
    assert not list(log.verification(loss.to))


def test_it_is_not_opened_while_a_mirror_or_another_copy_has_what_came_since(loss: Loss) -> None:
    for tail in (loss.mirrored(), CopyTail(At(loss.place.address, loss.place.home))):
        with pytest.raises(NothingLost):
            loss.opens(tail)
        assert not loss.to.home.exists()
    with pytest.raises(TailLost):
        loss.opens(asked=None)


def test_what_a_mirror_has_is_recovered_up_to_the_first_command_that_it_has_not_whole(loss: Loss) -> None:
    with log.opened(loss.place) as made:
        secret = next(e for e in made.record.recorded(loss.backed_up + 100, loss.signed.size)).header.command_id
    tail = loss.mirrored(lambda header: header.command_id != secret)
    opened = loss.opens(tail)
    with log.opened(loss.place) as old:
        first = next(p for p in range(1, loss.signed.size) if _command(old, p) == secret)
        assert opened.kept == first - 1 > loss.backed_up
        with log.opened(loss.to) as made:
            assert made.record.root(opened.kept) == old.record.root(opened.kept)


def _command(made: Log, position: int) -> str:
    (stored,) = made.record.read(position, position)
    return decode_header(stored.header).command_id


def test_nothing_is_opened_without_authority_or_without_the_key_that_signed(loss: Loss) -> None:
    with pytest.raises(MalformedInput, match="authority"):
        loss.opens(asked=NextLog("sec", " "))
    with log.opened(loss.place) as made:
        signed = [made.signer.files.remembered()]
    for key in (None, SignerKey.new(ORIGIN, bytes(32)).verifier):
        with pytest.raises(SignatureWrong, match="not signed by a key that is known"):
            restore(
                loss.backup,
                loss.to.home,
                Outside(key=key, signed=signed),
                next_log=AUTHORITY,
                address=loss.to.address,
                rules=RULES,
            )
    assert not loss.to.home.exists()


def test_the_signer_of_a_closed_log_signs_no_more_and_each_log_has_its_own(loss: Loss) -> None:
    loss.opens()
    with log.opened(loss.place) as old:
        with pytest.raises(LogClosed, match=SECOND):
            old.checkpoint()
        assert checkpoint(old.signer.files.remembered()) == loss.signed, "its memory is as it was"
    with log.opened(loss.to) as made:
        shutil.copy(loss.place.home / "signer" / "key", made.signer.files.key_file)
        with pytest.raises(SignerUnfit):
            made.checkpoint()


def test_without_the_old_key_the_opening_says_that_nobody_vouches_for_it(loss: Loss) -> None:
    with log.opened(loss.place) as made:
        outside = Outside(key=made.signer.verifier, signed=[made.signer.files.remembered()])
    address = loss.to.address
    found = restore(loss.backup, loss.to.home, outside, next_log=AUTHORITY, address=address, rules=RULES)
    assert found.opened is not None
    assert not found.opened.vouched_for
    only_old = of_keys([each for each in _held(loss) if each.key.name == ORIGIN])
    with log.opened(loss.to) as made:
        both = loss.publishes(made, Folder(loss.folder / "log2"))
    stranger, told = Kept(Folder(loss.folder / "stranger")), Kept(Folder(loss.folder / "told"))
    stranger.put_policy(only_old.written())
    with pytest.raises(KeyUsurped, match="the policy does not name its own"):
        loss.follows(Folder(loss.folder / "log2"), stranger)
    told.put_policy(both.written())
    assert loss.follows(Folder(loss.folder / "log2"), told).missing[0].missing == loss.signed.size - loss.backed_up


def _held(loss: Loss) -> list:  # type: ignore[type-arg]
    with log.opened(loss.to) as made, made.snapshot() as snapshot:
        return made.signer.keys(snapshot)


def test_keys_may_change_in_the_new_log_and_the_policy_names_all_of_both(loss: Loss) -> None:
    loss.opens()
    with log.opened(loss.to) as made:
        made.sealer.change_key("sec")
        made.checkpoint()
        policy = loss.publishes(made, Folder(loss.folder / "log2"))
    names = [(each.key.name, each.first, each.last) for each in policy.keys]
    assert names[0] == (ORIGIN, 0, loss.signed.size)
    assert [each[0] for each in names[1:]] == [SECOND, SECOND]
    assert names[1][1] == loss.backed_up + 1
    kept = Kept(Folder(loss.folder / "mirror2"))
    kept.put_policy(of_keys(policy.keys[:1]).written())
    assert loss.follows(Folder(loss.folder / "log2"), kept).origin == SECOND, "each key vouches for the next"
    assert not list(log.verification(loss.to))


# What others see of it


def test_a_mirror_says_how_many_positions_of_the_old_log_are_not_in_the_new_one(loss: Loss) -> None:
    loss.mirrored(lambda _header: False)  # it was not shown the bodies, so it has no tail to give
    loss.opens()
    with log.opened(loss.to) as made:
        made.notes(400, "after")
        with pytest.raises(PublishedDiffers, match="a folder of its own"):
            loss.publishes(made, loss.shown)
        loss.publishes(made, Folder(loss.folder / "log2"))
    lost = loss.signed.size - loss.backed_up
    with pytest.raises(PositionsMissing, match=f"{lost} are not in it, from position {loss.backed_up + 1} on"):
        loss.follows(Folder(loss.folder / "log2"), loss.kept)
    assert loss.kept.accepted() == loss.signed, "the old mirror stays as it was: it is evidence"


def test_an_opening_that_hides_what_was_signed_last_does_not_hide_it_from_a_mirror(loss: Loss, tmp_path: Path) -> None:
    with log.opened(loss.place) as made:
        earlier = made.signer.files.remembered()
        made.notes(50, "more")
        made.checkpoint()
        key = made.signer.verifier
    loss.mirrored()
    outside = Outside(key=key, signed=[earlier])
    found = restore(loss.backup, loss.to.home, outside, next_log=AUTHORITY, address=loss.to.address, rules=RULES)
    assert found.opened is not None
    assert found.opened.lost == loss.signed.size - loss.backed_up, "as far as was shown"
    with log.opened(loss.to) as made:
        loss.publishes(made, Folder(tmp_path / "log2"))
    accepted = loss.kept.accepted()
    assert accepted is not None
    with pytest.raises(PositionsMissing, match=f"{accepted.size - loss.backed_up} are not in it"):
        loss.follows(Folder(tmp_path / "log2"), loss.kept)


def test_a_mirror_that_had_no_more_than_was_kept_goes_on_with_the_new_log(loss: Loss, tmp_path: Path) -> None:
    early = Kept(Folder(tmp_path / "early"))
    opened = loss.opens()
    old = loss.place.beside("old")
    restore(loss.backup, old.home, Outside(), address=old.address, rules=RULES)
    shutil.copytree(loss.place.home / "signer", old.home / "signer")
    (old.home / "signer" / "closed").unlink()
    (old.home / "signer" / "memory").write_text(checked(loss.backup).checkpoint or "")
    with log.opened(old) as made:
        early.put_policy(loss.publishes(made, Folder(tmp_path / "early-log")).written())
        loss.follows(Folder(tmp_path / "early-log"), early)
    with log.opened(loss.to) as made:
        loss.publishes(made, Folder(tmp_path / "log2"))
        report = loss.follows(Folder(tmp_path / "log2"), early)
        assert (report.origin, report.taken) == (SECOND, 2)
        made.notes(3)
        loss.publishes(made, Folder(tmp_path / "log2"))
        again = loss.follows(Folder(tmp_path / "log2"), Kept(early.folder))
    (missing,) = again.missing
    assert (missing.kept, missing.missing) == (opened.kept, opened.lost)
    assert missing.authority == AUTHORITY.authority


def test_an_old_copy_put_in_place_silently_is_found_by_signer_and_mirror(loss: Loss) -> None:
    loss.mirrored()
    old = loss.place.beside("old")
    restore(loss.backup, old.home, Outside(), address=old.address, rules=RULES)
    shutil.copytree(loss.place.home / "signer", old.home / "signer")
    with log.opened(old) as made:
        with pytest.raises(RecordRolledBack):
            made.checkpoint()
        files = made.signer.files
        files.remember(Note(Checkpoint(ORIGIN, 0, merkle.EMPTY).text()).signed(files.key()))  # it was made to forget
        made.notes(10, "otherwise")
        loss.publishes(made, Folder(loss.folder / "silent"))
        with pytest.raises(IntegrityFailure) as shorter:
            loss.follows(Folder(loss.folder / "silent"), loss.kept)
        made.notes(500, "otherwise")
        loss.publishes(made, Folder(loss.folder / "silent"))
        with pytest.raises(RecordForked):
            loss.follows(Folder(loss.folder / "silent"), loss.kept)
    assert isinstance(shorter.value, RecordForked)


def test_an_old_copy_put_in_place_silently_is_found_by_the_witness_which_goes_on_with_the_new_log(
    loss: Loss, tmp_path: Path
) -> None:
    with log.opened(loss.place) as made:
        outside = witness(tmp_path / "witness", of=made.signer.verifier)
        asked = asking(trusting(made.signer.verifier, outside), outside)
        assert Sealer(made.record, made.signer, asked).witnessed().enough
    old = loss.place.beside("old")
    restore(loss.backup, old.home, Outside(), address=old.address, rules=RULES)
    shutil.copytree(loss.place.home / "signer", old.home / "signer")
    with log.opened(old) as made:
        files = made.signer.files
        files.remember(Note(Checkpoint(ORIGIN, 0, merkle.EMPTY).text()).signed(files.key()))
        with pytest.raises(SeenOtherwise, match=f"it has seen {loss.signed.size} events"):
            Sealer(made.record, made.signer, asked).witnessed()
    loss.opens()
    with log.opened(loss.to) as made:
        outside.add_log(made.signer.verifier)
        again = asking(trusting(made.signer.verifier, outside), outside)
        assert Sealer(made.record, made.signer, again).witnessed().enough


def test_after_the_new_log_is_opened_nobody_goes_on_under_the_old_name(loss: Loss, tmp_path: Path) -> None:
    loss.opens()
    with log.opened(loss.to) as made:
        policy = loss.publishes(made, Folder(tmp_path / "log2"))
    kept = Kept(Folder(tmp_path / "mirror2"))
    kept.put_policy(policy.written())
    loss.follows(Folder(tmp_path / "log2"), kept)
    (loss.place.home / "signer" / "closed").unlink()
    with log.opened(loss.place) as old:
        old.notes(5, "under the old name")
        loss.publishes(old, Folder(tmp_path / "old"))
    with pytest.raises(SignatureWrong, match="not the key of a checkpoint of this size in this log"):
        loss.follows(Folder(tmp_path / "old"), kept)


# What the record itself shows


@pytest.mark.parametrize("what", ["kept", "last", "authority", "to_log"])
def test_an_opening_that_was_changed_is_found(loss: Loss, what: str) -> None:
    loss.opens()
    position = loss.backed_up + 1
    with loss.to.stranger() as hand:
        body = _body(loss)
        changed = body.replace(b'"kept":', b'"kept":1') if what == "kept" else body
        changed = body.replace(b'"last":', b'"last":1') if what == "last" else changed
        changed = body.replace(b"note 12", b"note 13") if what == "authority" else changed
        changed = (
            body.replace(f'"to_log":"{SECOND}"'.encode(), f'"to_log":"{ORIGIN}"'.encode())
            if what == "to_log"
            else changed
        )
        assert changed != body
        hand("UPDATE bodies SET body = ? WHERE position = ?", changed, position)
    found = [str(each) for each in log.verification(loss.to)]
    assert any("commits to" in each for each in found)


def _body(loss: Loss) -> bytes:
    with log.opened(loss.to) as made:
        (stored,) = made.record.read(loss.backed_up + 1, loss.backed_up + 1)
    assert stored.body is not None
    return stored.body


def test_the_new_log_is_copied_backed_up_and_lost_in_its_turn(loss: Loss, tmp_path: Path) -> None:
    loss.opens()
    elsewhere = loss.place.beside("elsewhere")
    copy(At(loss.to.address, loss.to.home), At(elsewhere.address, elsewhere.home), rules=RULES)
    assert opening.read(elsewhere.address).origin == SECOND
    with log.opened(loss.to) as made:
        back_up(At(loss.to.address, loss.to.home), tmp_path / "second", signed=made.checkpoint(), rules=RULES)
        made.notes(7, "in the second")
        files = made.signer.files
        made.checkpoint()
        outside = Outside(key=made.signer.verifier, signer=files, signed=[files.remembered()])
        known = Outside(
            key=made.signer.verifier,
            signed=outside.signed,
            tail=CopyTail(At(loss.to.address, loss.to.home)),
        )
        whole = loss.place.beside("whole")
        restore(loss.backup, whole.home, known, address=whole.address, rules=RULES)
        assert opening.read(whole.address).origin == SECOND, "an older backup is brought over the opening"
        older = Outside(key=made.signer.verifier, signed=outside.signed)
        with pytest.raises(RecordForked, match=f"what is at hand is of {ORIGIN}"):
            restore(loss.backup, tmp_path / "mixed", older, next_log=AUTHORITY, rules=RULES)
    with log.opened(loss.place) as old:
        outside = msgspec.structs.replace(outside, signed=[*outside.signed, old.signer.files.remembered()])
    third = loss.place.beside("third")
    found = restore(tmp_path / "second", third.home, outside, next_log=AUTHORITY, address=third.address, rules=RULES)
    assert found.opened is not None
    assert found.opened.log == next_log(SECOND)
    assert not list(Verification(third.home, address=third.address, rules=RULES))


def test_a_simulation_is_made_again_from_its_seed_and_has_no_next_log(tmp_path: Path) -> None:
    home, clock = tmp_path / "simulation", SimulatedClock("2004-04-28T00:00:00.000000Z")
    with Record.create(home, origin=SIMULATION, seed=7, clock=clock, rules=RULES) as record:
        record.submit_all(tiny.registrations())
    back_up(At(in_home(home), home), tmp_path / "backup", rules=RULES)
    with pytest.raises(Conflict, match="a simulation has no next log"):
        restore(tmp_path / "backup", tmp_path / "again", Outside(), next_log=AUTHORITY, rules=RULES)
