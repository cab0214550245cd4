"""The signer of a record's checkpoints: where it keeps its files, and when a process leaves the record sealed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from domain.refusals import IntegrityFailure, MalformedInput, Refusal
from interfaces import logs

if TYPE_CHECKING:
    from collections.abc import Generator

    from ledger.address import Address
    from ledger.proving.sealer import Sealer
    from ledger.proving.signer import Signer
    from ledger.proving.witnessing import Witnessed, Witnesses
    from ledger.record import Record

SETTING = "LEDGER1540_SIGNER"
SEAL_SETTING = "LEDGER1540_SEAL"
POLICY_SETTING = "LEDGER1540_POLICY"
ON_EXIT, ELSEWHERE = "on-exit", "elsewhere"
LOOK_SECONDS = 0.5


def signer_folder(home: Path) -> Path:
    """Return where the signer of a home keeps its key and its memory: as set, else in the home."""
    named = os.environ.get(SETTING)
    return Path(named).expanduser() if named else home / "signer"


def signer_of(record: Record) -> Signer:
    """Return the signer of a record, which may have no key yet."""
    from domain.header import FORMAT
    from ledger.archive import Archive
    from ledger.proving.signer import signer_of as found

    return found(signer_folder(record.home), Archive(FORMAT, record.origin, record.seed))


def signer_at(home: Path, database: Address | None) -> Signer | None:
    """Return the signer of a record that need not be sound, or None where there is none.

    Raises:
        Refusal: there is no record.
    """
    if not signer_folder(home).is_dir():
        return None
    from ledger import archive, opening
    from ledger.proving.signer import signer_of as found

    signer = found(signer_folder(home), opening.read(database or archive.in_home(home)))
    return signer if signer.files.there else None


def sealer_of(record: Record, policy: Path | None = None) -> Sealer:
    """Return who seals and signs a record, and asks the witnesses of a policy, if one is given or set.

    Raises:
        MalformedInput: there is no such policy, or it is none.
    """
    from ledger.proving.sealer import Sealer

    return Sealer(record, signer_of(record), witnesses_of(policy))


def witnesses_of(file: Path | None = None) -> Witnesses | None:
    """Return the witnesses of a policy file, by default that of LEDGER1540_POLICY; None where none is set.

    Raises:
        MalformedInput: there is no such file, or it is no policy.
    """
    where = "--policy" if file is not None else POLICY_SETTING
    named = file or os.environ.get(POLICY_SETTING)
    if not named:
        return None
    from ledger.proving.policy import policy
    from ledger.proving.witnessing import Witnesses

    try:
        return Witnesses(policy(Path(named).expanduser().read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedInput(f"cannot read {named}: {error}", where=where) from None
    except Refusal as refusal:
        raise MalformedInput(f"{named}: {refusal}", where=where) from None


def leave_sealed(record: Record) -> None:
    """Seal and sign what a short process has recorded, where there is a signer and no other process does so.

    Raises:
        Refusal: the signer does not sign it; what was recorded stays on record.
    """
    told = os.environ.get(SEAL_SETTING) or ON_EXIT
    if told not in (ON_EXIT, ELSEWHERE):
        raise MalformedInput(f"{told!r} is neither {ON_EXIT} nor {ELSEWHERE}", where=SEAL_SETTING)
    if told == ELSEWHERE or not signer_folder(record.home).is_dir():
        return
    if signer_of(record).files.there:
        _log(sealer_of(record).witnessed())


@contextmanager
def kept_sealed(record: Record) -> Generator[None]:
    """Seal and sign what any process records, in the rhythm of the record, until what is nested in it has ended."""
    if not signer_of(record).files.there:
        yield
        return
    stop = Event()
    thread = Thread(target=_keep, args=(record, sealer_of(record), stop), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _log(witnessed: Witnessed) -> int:
    """Log what was signed, and who cosigned it; return its size."""
    for each in witnessed.answers:
        if each.seconds is None:
            logs.info("not cosigned", witness=each.witness, because=each.said)
    cosigned = sum(each.seconds is not None for each in witnessed.answers)
    logs.info("signed", position=witnessed.size, cosigned=cosigned, enough=witnessed.enough)
    return witnessed.size


def _keep(record: Record, sealer: Sealer, stop: Event) -> None:
    from ledger.proving.rhythm import Rhythm

    rhythm = Rhythm()

    def seal() -> None:
        try:
            size = _log(sealer.witnessed())
        except Refusal as refusal:
            log = logs.error if isinstance(refusal, IntegrityFailure) else logs.info
            log("not signed or not witnessed", refusal=refusal.name, because=str(refusal))
            size = record.last_position
        rhythm.signed(size)

    seal()  # what is not sealed yet, and what witnesses have seen of it
    with record.awaiting() as awaiting:
        position = record.last_position
        while not stop.is_set():
            left = rhythm.seconds_left()
            position = awaiting.beyond(position, LOOK_SECONDS if left is None else min(left, LOOK_SECONDS))
            rhythm.saw(position)
            left = rhythm.seconds_left()
            if left is not None and left <= 0:
                seal()
                position = record.last_position
    if rhythm.seconds_left() is not None:
        seal()
