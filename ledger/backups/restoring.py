"""Putting a backup in a record's place: checked, brought up to what was signed since, and verified; or not at all."""

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from domain.refusals import Conflict
from ledger import archive, opening
from ledger.access_log import AccessLog
from ledger.address import Address
from ledger.archive import Archive
from ledger.backups.comparing import compare, head_of, keys_from
from ledger.backups.making import unpacked
from ledger.backups.manifest import checked
from ledger.backups.next_log import NextLog, Opened, open_next_log
from ledger.backups.refusals import BackupDamaged, TailLost
from ledger.backups.tails import Tail
from ledger.clock import SystemClock
from ledger.copying import Place, Progress, copy
from ledger.documents import Documents, sync_folder
from ledger.parts import Parts
from ledger.proving.checkpoint import checkpoint
from ledger.proving.heads import size_of
from ledger.proving.held_keys import HeldKey
from ledger.proving.keys import VerifierKey
from ledger.proving.note import Note, SignatureWrong
from ledger.proving.signer_files import SignerFiles
from ledger.refusals import CopyDiffers
from ledger.replaying import Replay
from ledger.rules import Rules, catalogue
from ledger.verify import Report, Verification

_SHOWN = 5


class Restored(msgspec.Struct, frozen=True):
    """What a restore came to: how many events the backup had, how many came from the tail, and the verification.

    `opened` says which log was opened, if events that were signed are lost.
    """

    backed_up: int
    replayed: int
    against: int | None
    """The size of the largest checkpoint that it was compared with."""
    report: Report
    opened: Opened | None = None


class Outside(msgspec.Struct, frozen=True):
    """What is known of a log outside its backup: a key of it, its signer, what was signed, and where a tail is.

    Documents that the tail names, and the access log, may still be in a `home` whose database is gone.
    """

    key: VerifierKey | None = None
    signer: SignerFiles | None = None
    signed: Sequence[Note] = ()
    tail: Tail | None = None
    home: Path | None = None


def restore(
    backup: Path,
    home: Path,
    outside: Outside,
    *,
    next_log: NextLog | None = None,
    address: Address | None = None,
    owner: Address | None = None,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Restore a backup to a home that is not there yet; the home appears when all is verified.

    With `next_log`, and not without, it goes on where events that were signed are lost: under the next log's name.

    Raises:
        NoBackup: it is none.
        BackupDamaged: it is not as its manifest says.
        TailLost: more was signed than the backup and the tail hold.
        NothingLost: the next log is to be opened, and no more was signed than they hold.
        RecordForked: it is another history than the one that was signed.
        CopyDiffers: what came of it is not sound.
    """
    if home.exists():
        raise Conflict(f"{home} is there already", where="home", remedy="restore to a place where nothing is")
    partly = home.with_name(f".{home.name}.partly")
    if partly.exists():
        shutil.rmtree(partly)
    elsewhere = None if address == archive.in_home(home) else address
    place = Place(elsewhere or archive.in_home(partly), partly)
    with unpacked(backup, home) as folder:
        manifest = checked(folder)
        report = copy(Place(archive.in_home(folder), folder), place, owner=owner, rules=rules, progress=progress)
        with _unmade_if_it_fails(place, owner):
            if (report.events, report.root) != (manifest.events, manifest.root):
                raise BackupDamaged(f"{manifest.events} events under {manifest.root} were backed up, and not these")
            found = _brought_up(place, outside, report, next_log, rules)
            if found.opened is not None and outside.signer is not None:
                outside.signer.close(found.opened.log)
            partly.rename(home)
    sync_folder(home.parent)
    return found


@contextmanager
def _unmade_if_it_fails(place: Place, owner: Address | None) -> Generator[None]:
    try:
        yield
    except BaseException:
        opening.unmake(place.address, owner=owner)
        shutil.rmtree(place.home, ignore_errors=True)
        raise


def _brought_up(
    place: Place, outside: Outside, report: Report, next_log: NextLog | None, rules: Rules | None
) -> Restored:
    tail, opened = outside.tail, None
    if tail is not None:
        lost = _replay(place, tail, report.events, rules, whole=next_log is not None)
        if lost:
            raise TailLost(f"{len(lost)} bodies are not at hand, of positions {_some(lost)}", remedy=_REMEDY)
    notes = [*outside.signed, *([] if tail is None or tail.signed is None else [tail.signed])]
    with opening.snapshot(place.address) as snapshot:
        size, keys = size_of(snapshot), keys_from(snapshot, outside.key)
        beyond = compare(snapshot, notes, keys, place)
        if next_log is None and keys is not None and all(each.key != outside.key for each in keys):
            raise SignatureWrong(f"{outside.key} is no key of this log", where="key")
    if beyond and next_log is None:
        now = head_of(place, size)
        raise TailLost(f"what was signed is {checkpoint(beyond[0])}; what is at hand is {now}", remedy=_REMEDY)
    if next_log is not None:
        opened = open_next_log(place, next_log, beyond, _believed(keys, outside), outside.signer, rules)
    replayed = size - report.events
    if replayed:
        for home in (None if tail is None else tail.home, outside.home):
            if home is not None:
                _take_beside(home, place, rules)
    before = report.events
    if replayed or opened:
        report = _verified(place, rules)
    against = max((checkpoint(each).size for each in notes), default=None)
    return Restored(before, replayed, against, report, opened)


def _believed(keys: list[HeldKey] | None, outside: Outside) -> list[VerifierKey]:
    """Return the keys that may have signed what is lost: one of them may have come with it."""
    return [each for each in (*(one.key for one in keys or ()), outside.key) if each is not None]


_REMEDY = "name a mirror, or another copy of the record, that has them, with --tail"


def _replay(place: Place, tail: Tail, size: int, rules: Rules | None, *, whole: bool) -> list[int]:
    parts = _parts(place, rules)
    try:
        replay = Replay(parts, tail.requests(size))
        replay.take(tail.whole_after(size) if whole else tail.after(size))
    finally:
        parts.application.close()
    return replay.lost


def _parts(place: Place, rules: Rules | None) -> Parts:
    found: Archive = opening.read(place.address)
    used = rules or catalogue()
    return Parts(place.home, place.address, origin=found.origin, seed=found.seed, clock=SystemClock(), rules=used)


def _take_beside(home: Path, place: Place, rules: Rules | None) -> None:
    """Take from a home the documents that the restored record names and does not have, and the access log."""
    lacking = {finding.document for finding in Verification(place.home, address=place.address, rules=rules)}
    for path in Documents(home / archive.DOCUMENTS).files():
        if path.stem in lacking:
            place.documents().take(path)
    AccessLog(home).copy_to(AccessLog(place.home))


def _verified(place: Place, rules: Rules | None) -> Report:
    check = Verification(place.home, address=place.address, rules=rules)
    first = next(iter(check), None)
    if first is not None:
        remedy = "name where its documents are, with --home-from" if first.document else ""
        raise CopyDiffers(f"what was restored is not sound: {first}", remedy=remedy)
    return check.report()


def _some(positions: Sequence[int]) -> str:
    more = "" if len(positions) <= _SHOWN else " and so on"
    return ", ".join(map(str, positions[:_SHOWN])) + more
