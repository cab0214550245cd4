"""Sealing and signing: the heads of all streams go on record, then the signer signs what is durable."""

from domain.access import SYSTEM
from domain.log_keys import ChangeKey
from domain.refusals import Conflict
from domain.seals import STREAM, HeadsSealed, SealHeads, last_sealed
from ledger import opening
from ledger.proving.checkpoint import checkpoint
from ledger.proving.heads import GrowingHeads
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note
from ledger.proving.signer import Signer
from ledger.proving.witnessing import Witnessed, Witnesses
from ledger.record import Record
from ledger.refusals import CommandReused


class Sealer:
    """Seals a record and signs its checkpoints; what it has read of the heads is kept for the next time."""

    def __init__(self, record: Record, signer: Signer, witnesses: Witnesses | None = None) -> None:
        """Take a record, the signer of its log, and the witnesses that are asked, if any are."""
        self._record = record
        self._signer = signer
        self._witnesses = witnesses
        self._heads = GrowingHeads()

    @property
    def sealed(self) -> bool:
        """True where the last event is a seal over all before it."""
        last = self._record.last_position
        event = next(iter(self._record.recorded(last, last)), None) if last else None
        body = None if event is None else event.body
        return last == 0 or (isinstance(body, HeadsSealed) and body.through == last - 1)

    def seal(self) -> None:
        """Put the heads of all streams on record: worked out outside the lock, recorded under it."""
        with opening.snapshot(self._record.address) as snapshot:
            tree = self._heads.at_the_end_of(snapshot)
        through = self._heads.through
        command = SealHeads(
            id=f"seal-heads:{through}", actor=SYSTEM, through=through, streams=len(tree), root=tree.root().hex()
        )
        try:
            self._record.submit(command)
        except CommandReused:
            raise
        except Conflict:
            last = last_sealed(self._record.history(STREAM).standing())
            if last is None or last.through < through:
                raise  # else another process was quicker, and sealed more

    def checkpoint(self) -> Note:
        """Seal what is not sealed yet, and return the signed checkpoint of the whole record.

        Raises:
            Refusal: the signer does not sign it, by its own name.
        """
        with self._signer.files.alone():
            self._check()
            if not self.sealed:
                self.seal()
            with opening.snapshot(self._record.address) as snapshot:
                return self._signer.sign(snapshot)

    def witnessed(self) -> Witnessed:
        """Return the signed checkpoint of the whole record with the cosignatures of its witnesses, kept with it.

        Raises:
            Refusal: the signer does not sign it, by its own name.
            SeenOtherwise: a witness has seen another history.
        """
        signed = self.checkpoint()
        if self._witnesses is None:
            return Witnessed(signed)
        found = self._witnesses.cosign(signed, self._consistency)
        found.check(self.keep(found.note))
        return found

    def keep(self, signed: Note) -> int:
        """Keep what else a checkpoint is signed with, if it is still the last; return the size of the last."""
        with self._signer.files.alone():
            last = self._signer.files.remembered()
            if last.text == signed.text:
                self._signer.files.remember(last.with_signatures_of(signed))
        return checkpoint(last).size

    def _consistency(self, first: int, second: int) -> list[bytes]:
        with opening.snapshot(self._record.address) as snapshot:
            return LogTree(snapshot).consistency(first, second)

    def _check(self) -> None:
        """Refuse a record that was cut or rewritten before a seal is put on it."""
        with opening.snapshot(self._record.address) as snapshot:
            self._signer.check(snapshot)

    def change_key(self, actor: str) -> Note:
        """Have another key sign from now on, on record and signed by both; return the first checkpoint under it.

        Where this is cut short, it goes on from there when it is done again.

        Raises:
            Refusal: the actor may not, or the signer does not sign, each by its own name.
        """
        with self._signer.files.alone():
            self._check()
            from_key, to_key, note = self._signer.handing_over()
            self._record.submit(
                ChangeKey(id=f"change-key:{to_key}", actor=actor, from_key=from_key, to_key=to_key, note=note)
            )
            self._signer.hand_over()
        return self.checkpoint()
