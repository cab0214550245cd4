"""What the doors of backup, restore and drill share: what is signed before, and what is known outside a backup."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput, Refusal
from interfaces.signers import SETTING, signer_folder

if TYPE_CHECKING:
    from ledger.address import Address
    from ledger.backups.manifest import Manifest
    from ledger.backups.restoring import Outside
    from ledger.backups.tails import Tail
    from ledger.copying import Progress
    from ledger.proving.note import Note
    from ledger.proving.signer_files import SignerFiles
    from ledger.record import Record


def backed_up(record: Record, to: Path, progress: Progress) -> Manifest:
    """Seal and sign a record where it has a signer, and make a backup of it.

    Raises:
        Refusal: it is not what was signed, is not sound, or something is there already.
    """
    from interfaces.signers import signer_of
    from ledger import opening
    from ledger.backups.making import back_up
    from ledger.copying import Place
    from ledger.proving.policy import of_keys
    from ledger.proving.sealer import Sealer

    signer, signed, policy = signer_of(record), None, None
    if signer.files.there:
        signed = Sealer(record, signer).checkpoint()
        with opening.snapshot(record.address) as snapshot:
            policy = of_keys(signer.keys(snapshot)).written()
    return back_up(Place(record.address, record.home), to, signed=signed, policy=policy, progress=progress)


def outside(
    *, tail: str | None, checkpoint: Path | None, policy: Path | None, signer: Path | None, home: Path | None
) -> Outside:
    """Return what is known of a log outside its backup: a signer's memory, a checkpoint that was kept, a tail.

    Raises:
        Refusal: one of them cannot be read.
    """
    from ledger.backups.restoring import Outside
    from ledger.proving.note import note
    from ledger.proving.policy import policy as policy_in

    found = None if tail is None else _tail(tail, home)
    signed: list[Note] = [] if checkpoint is None else [note(_read(checkpoint, "--checkpoint"))]
    files = _signer(signer, home)
    key = None if files is None else files.key().verifier
    signed += [] if files is None else [files.remembered()]
    written = None if policy is None else _read(policy, "--policy").decode(errors="replace")
    if written is None and found is not None:
        written = found.policy
    if written is not None:
        key = next((each.key for each in policy_in(written).keys), key)
    return Outside(key=key, signer=files, signed=signed, tail=found, home=home)


def _signer(named: Path | None, home: Path | None) -> SignerFiles | None:
    """Return the files of a signer: as named, as set, or in the home that is given up."""
    from ledger.proving.signer_files import SignerFiles

    if named is None and (os.environ.get(SETTING) or home is not None):
        named = signer_folder(home or Path())
    if named is None or not named.is_dir():
        return None
    files = SignerFiles(named)
    return files if files.there else SignerFiles(named, simulation=True)


def _tail(written: str, home: Path | None) -> Tail:
    from ledger.address import SQLiteAddress
    from ledger.backups.tails import tail_in

    place = _address(written)
    usual = place.path.parent if isinstance(place, SQLiteAddress) else Path(written)
    try:
        return tail_in(usual if place is None or home is None else home, place)
    except Refusal as refusal:
        raise refusal.at("--tail") from None


def _address(written: str) -> Address | None:
    from ledger.address import address

    return address(written) if written.startswith(("postgresql:", "postgres:", "sqlite:")) else None


def _read(file: Path, option: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise MalformedInput(f"cannot read {file}: {error.strerror}", where=option) from None
