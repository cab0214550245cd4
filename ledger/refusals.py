"""What the record itself refuses, whatever the command is about."""

from domain.refusals import Conflict, IntegrityFailure, NotFound, Refusal


class RecordAbsent(NotFound):
    """There is no record in this home."""


class RecordExists(Conflict):
    """There is a record in this home already."""


class OriginUnfit(Refusal):
    """The origin does not fit the record, its clock or its seed."""


class NotOurRecord(IntegrityFailure):
    """The file is no record, or of a format that this program does not know."""


class EventDamaged(IntegrityFailure):
    """What is stored of an event cannot have been written so."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy or "`ledger1540 verify` names the first position that fails")


class RecordUnavailable(Refusal):
    """The database could not be used: locked for long, full, or gone. The same command may be sent again."""


class CommandReused(Conflict):
    """The id of this command belongs to another one on record."""


class TypeNotRegistered(Refusal):
    """An event type is registered on record before its first use."""


class StrikesElsewhere(Refusal):
    """A correction stands in the stream of what it strikes."""


class KnownTooLate(Refusal):
    """An event is known no later than it is recorded."""


class CopyDiffers(IntegrityFailure):
    """What arrived of a copied record is not sound."""


class TailDiffers(IntegrityFailure):
    """What is to be put behind a restored record does not follow from it."""


class DocumentGone(IntegrityFailure):
    """A document that the record names is not in the store."""


class BatchRefused(Refusal):
    """One command of a batch was refused, so nothing of the batch is recorded.

    `index` says which, from 0; `cause` is the refusal itself, whose name and exit code this one takes.
    """

    def __init__(self, index: int, cause: Refusal) -> None:
        super().__init__(cause.what, where=_place(index, cause.where), remedy=cause.remedy)
        self.index = index
        self.cause = cause
        self.exit_code = cause.exit_code

    @property
    def name(self) -> str:
        """The name of the refusal inside."""
        return self.cause.name

    def at(self, where: str) -> Refusal:
        """Return the refusal inside, found at `where`."""
        return self.cause.at(where)


def _place(index: int, where: str) -> str:
    return f"commands[{index}].{where}" if where else f"commands[{index}]"
