"""Going on where events that were signed are lost for good: the log is closed, and the next one opened, on record."""

from collections.abc import Sequence

import msgspec

from domain.log_keys import OpenNextLog
from domain.log_keys import next_log as name_after
from domain.refusals import Conflict
from ledger import opening
from ledger.backups.refusals import NothingLost
from ledger.clock import SystemClock
from ledger.copying import Place
from ledger.proving.checkpoint import checkpoint
from ledger.proving.keys import VerifierKey
from ledger.proving.log_openings import statement_signed
from ledger.proving.note import Note, SignatureWrong
from ledger.proving.refusals import RecordForked
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer
from ledger.proving.signer_files import FOLDER, SignerFiles
from ledger.record import Record
from ledger.rules import Rules, catalogue


class NextLog(msgspec.Struct, frozen=True):
    """Who opens the next log, and on whose authority."""

    actor: str
    authority: str


class Opened(msgspec.Struct, frozen=True):
    """The log that was opened: how much of the old one it has, what was signed of that, and its own first head."""

    log: str
    closed: str
    kept: int
    lost: int
    signed: tuple[str, ...]
    head: str
    vouched_for: bool
    """True where the key of the old log signed the opening."""


def open_next_log(
    place: Place,
    asked: NextLog,
    beyond: Sequence[Note],
    keys: Sequence[VerifierKey],
    old: SignerFiles | None,
    rules: Rules | None,
) -> Opened:
    """Put the opening of the next log behind what is left of the old one, and sign the first checkpoint.

    Raises:
        NothingLost: nothing that was signed is missing.
        RecordForked: what was signed is of another log.
        SignatureWrong: what is said to have been signed was not, by any key that is known.
    """
    found = opening.read(place.address)
    if found.seed is not None:
        raise Conflict("a simulation has no next log", remedy="make it again from its seed")
    if not beyond:
        raise NothingLost(
            "all that is known to have been signed is at hand", remedy="leave out --open-next-log, or name --checkpoint"
        )
    strange = next((head for head in map(checkpoint, beyond) if head.origin != found.origin), None)
    if strange is not None:
        raise RecordForked(
            f"what was signed is {strange}; what is at hand is of {found.origin}",
            remedy="begin with a backup of the log that was signed, or name a tail that has its opening",
        )
    furthest = max(beyond, key=lambda each: checkpoint(each).size)
    for each in beyond:
        _signer(each, keys)
    from_key = _signer(furthest, keys)
    log, last = name_after(found.origin), checkpoint(furthest).size
    signer = Signer(place.home / FOLDER, log)
    signer.make()
    with Record(
        place.home,
        place.address,
        msgspec.structs.replace(found, origin=log),
        clock=SystemClock(),
        rules=rules or catalogue(),
    ) as record:
        kept = record.last_position
        at_hand = [old.key()] if old is not None and old.there else []
        signers = [each for each in at_hand if each.verifier == from_key]
        note = statement_signed(found.origin, from_key, kept, last, (*signers, signer.files.key()))
        record.submit(
            OpenNextLog(
                id=f"open-next-log:{signer.verifier}",
                actor=asked.actor,
                from_log=found.origin,
                from_key=str(from_key),
                to_key=str(signer.verifier),
                last=last,
                checkpoints=tuple(dict.fromkeys(bytes(each).decode() for each in beyond)),
                note=bytes(note).decode(),
                authority=asked.authority,
            )
        )
        head = checkpoint(Sealer(record, signer).checkpoint())
    signed = tuple(str(checkpoint(each)) for each in dict.fromkeys(beyond))
    return Opened(log, found.origin, kept, last - kept, signed, str(head), bool(signers))


def _signer(signed: Note, keys: Sequence[VerifierKey]) -> VerifierKey:
    """Return the key that signed a checkpoint of its log."""
    head = checkpoint(signed)
    for each in signed.signed_by(keys):
        if each.name == head.origin:
            return each
    raise SignatureWrong(
        f"{head} is not signed by a key that is known",
        where="key",
        remedy="name the log's key: --policy FILE, or its signer: --signer DIR",
    )
