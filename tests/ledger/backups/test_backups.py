"""A backup is taken while others record, is checked file by file, and restores what was signed, or nothing."""

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from domain.refusals import Conflict
from ledger.address import Address
from ledger.archive import in_home
from ledger.backups.making import back_up
from ledger.backups.manifest import checked
from ledger.backups.refusals import BackupDamaged, BackupExists, NoBackup, TailLost
from ledger.backups.restoring import Outside, Restored, restore
from ledger.backups.tails import CopyTail, MirrorTail
from ledger.copying import Place as At
from ledger.mirroring.kept import Kept
from ledger.mirroring.mirror import Mirror
from ledger.proving.folder import Folder
from ledger.proving.keys import SignerKey
from ledger.proving.note import SignatureWrong
from ledger.proving.pieces import Publishing
from ledger.proving.policy import of_keys
from ledger.proving.publishing import publish
from ledger.proving.refusals import RecordForked
from ledger.record import Record
from ledger.refusals import CommandReused, CopyDiffers
from ledger.verify import Verification
from tests.ledger import tiny
from tests.ledger.places import ORIGIN, Place
from tests.ledger.proving import log
from tests.ledger.proving.log import RULES, Log


def backs_up(made: Log, to: Path) -> Path:
    back_up(At(made.place.address, made.place.home), to, signed=made.checkpoint(), rules=RULES)
    return to


def restores(backup: Path, home: Path, outside: Outside | None = None, address: Address | None = None) -> Restored:
    return restore(backup, home, outside or Outside(), address=address, rules=RULES)


def known(made: Log, **members: object) -> Outside:
    return Outside(key=made.signer.verifier, signed=[made.signer.files.remembered()], **members)  # type: ignore[arg-type]


def opened_again(home: Path, address: Address | None = None) -> Record:
    return Record.open(home, address=address, rules=RULES)


def mirrored(made: Log, folder: Path, *, bodies: Callable[[object], bool] = lambda _header: True) -> MirrorTail:
    """Publish a log and mirror it."""
    signed, shown, kept = made.checkpoint(), Folder(folder / "log"), Kept(Folder(folder / "mirror"))
    with made.snapshot() as snapshot:
        keys = made.signer.keys(snapshot)
        publish(snapshot, signed, keys, shown, Publishing(entries=True, mirror=bodies), None)
    kept.put_policy(of_keys(keys).written())
    Mirror(shown, kept).follow()
    return MirrorTail(kept.folder.path)


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_a_backup_restores_the_same_record_elsewhere(place: Place, tmp_path: Path, name: str) -> None:
    target = place.beside("restored")
    with log.begun(place) as made:
        made.notes(20)
        made.record.submit(tiny.Note(id="d", actor="x", text="see", document="a document"))
        backup = backs_up(made, tmp_path / name)
        found = restores(backup, target.home, known(made), target.address)
        assert (found.replayed, found.against) == (0, found.report.events)
        with opened_again(target.home, target.address) as record:
            assert list(record.read()) == list(made.record.read())
            assert [each.name for each in record.documents.files()] == [
                each.name for each in made.record.documents.files()
            ]
            assert record.submit(tiny.Note(id="d", actor="x", text="see", document="a document")).repeated
        assert not list(tmp_path.glob(".*")), "nothing is left beside it"
        with pytest.raises(BackupExists):
            backs_up(made, backup)
        with pytest.raises(Conflict):
            restores(backup, target.home)


def test_what_is_kept_apart_is_in_no_backup(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        backup = backs_up(made, tmp_path / "backup")
        (place.home / "vault").mkdir()
    assert {each.name for each in backup.iterdir()} == {"manifest.json", "record.sqlite", "documents"}
    said = json.loads((backup / "manifest.json").read_bytes())
    assert set(said["left_out"]) >= {"signer", "vault"}
    assert said["checkpoint"].startswith(ORIGIN)


def test_others_record_while_a_backup_is_taken(place: Place, tmp_path: Path) -> None:
    over = Event()
    with log.begun(place) as made:
        made.notes(50)

        def records() -> None:
            with place.open(rules=RULES) as other:
                for n in range(1000):
                    if over.is_set():
                        return
                    other.submit(tiny.Note(id=f"while-{n}", actor="x", text="x", document=f"document {n}"))

        writer = Thread(target=records)
        writer.start()
        try:
            for n in range(3):
                back_up(At(place.address, place.home), tmp_path / f"backup-{n}", rules=RULES)
        finally:
            over.set()
            writer.join()
        for n in range(3):
            home = tmp_path / f"restored-{n}"
            found = restores(tmp_path / f"backup-{n}", home)
            with opened_again(home) as record:
                assert record.root() == made.record.root(found.report.events)


@pytest.mark.parametrize("what", ["byte", "missing", "more", "manifest"])
def test_a_backup_that_was_changed_is_refused_and_makes_nothing(place: Place, tmp_path: Path, what: str) -> None:
    with log.begun(place) as made:
        made.record.submit(tiny.Note(id="d", actor="x", text="see", document="a document"))
        backup = backs_up(made, tmp_path / "backup")
    document = next(each for each in (backup / "documents").rglob("*") if each.is_file())
    match what:
        case "byte":
            document.chmod(0o600)
            document.write_bytes(b"another document")
        case "missing":
            document.unlink()
        case "more":
            (backup / "documents" / "more").write_bytes(b"")
        case _:
            said = json.loads((backup / "manifest.json").read_bytes())
            (backup / "manifest.json").write_text(json.dumps(said | {"root": "0" * 64}), "utf-8")
    with pytest.raises(BackupDamaged):
        restores(backup, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    shutil.rmtree(backup)
    with pytest.raises(NoBackup):
        restores(backup, tmp_path / "restored")
    with tarfile.open(tmp_path / "empty.tar", "w"):
        pass
    with pytest.raises(NoBackup):
        restores(tmp_path / "empty.tar", tmp_path / "restored")


# What came since


@pytest.fixture
def old(place: Place, tmp_path: Path) -> Path:
    """A backup of a log that has gone on since."""
    with log.begun(place) as made:
        made.record.submit_all(
            [
                tiny.Assess(id="a1", actor="x", cell=tiny.CELL, value="X"),
                tiny.Assess(id="a2", actor="x", cell=tiny.CELL, value="?", strikes="a1#0"),
            ]
        )
        made.notes(20)
        backup = backs_up(made, tmp_path / "backup")
        made.record.submit(tiny.Assess(id="a3", actor="x", cell=tiny.CELL, value="", strikes="a2#0"))
        made.record.submit(tiny.Assess(id="a4", actor="x", cell=tiny.CELL, value="", strikes="a3#0", void=True))
        made.notes(300, "since", streams=7)
        made.record.submit(tiny.Note(id="d", actor="x", text="see", document="a document"))
        made.checkpoint()
        return backup


def test_an_old_backup_is_brought_up_to_what_was_signed_from_a_mirror(place: Place, tmp_path: Path, old: Path) -> None:
    target = place.beside("restored")
    with log.opened(place) as made:
        outside = known(made, tail=mirrored(made, tmp_path), home=place.home)
        found = restores(old, target.home, outside, target.address)
        assert found.replayed > 300
        assert found.report.root == made.record.root().hex()
        assert found.against == made.record.last_position
        with opened_again(target.home, target.address) as record:
            assert list(record.read()) == list(made.record.read())
            with pytest.raises(CommandReused, match="does not say with which content"):
                record.submit(tiny.Note(id="d", actor="x", text="see", document="a document"))
        assert not list(Verification(target.home, address=target.address, rules=RULES))


def test_an_old_backup_is_brought_up_from_another_copy_which_knows_what_was_asked(
    place: Place, tmp_path: Path, old: Path
) -> None:
    target = place.beside("restored")
    with log.opened(place) as made:
        made.notes(3, "not signed yet")
        tail = CopyTail(At(place.address, place.home))
        found = restores(old, target.home, known(made, tail=tail), target.address)
        assert found.report.root == made.record.root().hex()
        with opened_again(target.home, target.address) as record:
            assert record.submit(tiny.Note(id="d", actor="x", text="see", document="a document")).repeated


def test_an_old_backup_without_what_came_since_is_not_gone_on_from(place: Place, tmp_path: Path, old: Path) -> None:
    with log.opened(place) as made:
        with pytest.raises(TailLost) as lost:
            restores(old, tmp_path / "restored", known(made))
        assert str(made.signer.last()) in lost.value.what
        assert not (tmp_path / "restored").exists()
        tail = mirrored(made, tmp_path, bodies=lambda header: header.stream != "note/1")  # type: ignore[attr-defined]
        with pytest.raises(TailLost, match="bodies are not at hand, of positions"):
            restores(old, tmp_path / "restored", known(made, tail=tail, home=place.home))
        shutil.rmtree(tmp_path / "log")
        shutil.rmtree(tmp_path / "mirror")
        tail = mirrored(made, tmp_path)
        made.notes(2, "after the mirror")
        made.checkpoint()
        with pytest.raises(TailLost):
            restores(old, tmp_path / "restored", known(made, tail=tail, home=place.home))
        assert not (tmp_path / "restored").exists()


def test_documents_that_came_since_must_be_found_too(place: Place, tmp_path: Path, old: Path) -> None:
    with log.opened(place) as made:
        with pytest.raises(CopyDiffers, match="the document is not in the store"):
            restores(old, tmp_path / "restored", known(made, tail=mirrored(made, tmp_path)))
        assert not (tmp_path / "restored").exists()


def test_a_backup_of_another_history_is_a_fork(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(12)
        made.checkpoint()
        made.notes(5)
        outside, size = known(made), made.signer.last().size
        last = made.signer.files.memory_file.read_bytes()
    log.cut(place, size - 3)
    with log.opened(place) as made:
        made.notes(30, "otherwise")
        back_up(At(place.address, place.home), tmp_path / "backup", rules=RULES)
        with pytest.raises(RecordForked) as forked:
            restores(tmp_path / "backup", tmp_path / "restored", outside)
        assert made.record.root(size).hex() in forked.value.what
        assert made.signer.files.memory_file.read_bytes() == last
        with pytest.raises(RecordForked):
            back_up(At(place.address, place.home), tmp_path / "second", signed=outside.signed[0], rules=RULES)
        assert not (tmp_path / "second").exists()


def test_a_checkpoint_by_somebody_elses_key_is_not_believed(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        backup = backs_up(made, tmp_path / "backup")
        strange = Outside(key=SignerKey.new(ORIGIN, bytes(32)).verifier, signed=known(made).signed)
        with pytest.raises(SignatureWrong):
            restores(backup, tmp_path / "restored", strange)
        made.sealer.change_key("sec")
        later = backs_up(made, tmp_path / "later")
        with pytest.raises(SignatureWrong, match="is no key of this log"):
            restores(later, tmp_path / "restored", strange)
        assert restores(later, tmp_path / "restored", known(made)).against == made.record.last_position


def test_a_record_that_is_not_sound_is_not_backed_up(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        made.notes(5)
        with place.stranger() as hand:
            hand("UPDATE bodies SET body = ? WHERE position = 3", b"{}")
        with pytest.raises(CopyDiffers):
            backs_up(made, tmp_path / "backup")
    assert not list(tmp_path.glob("*backup*"))


def test_a_backup_checks_itself(place: Place, tmp_path: Path) -> None:
    with log.begun(place) as made:
        backup = backs_up(made, tmp_path / "backup")
        manifest = checked(backup)
        assert (manifest.origin, manifest.events) == (ORIGIN, made.record.last_position)
    assert in_home(backup).path.stat().st_mode & 0o777 in (0o600, 0o644)
