"""What whoever follows a log finds wrong with what it is shown."""

from domain.refusals import IntegrityFailure, NotFound, Refusal


class NothingPublished(NotFound):
    """There is no log where one is to be followed."""


class PolicyMissing(NotFound):
    """Nobody has said which key the log has."""


class FolderTaken(Refusal):
    """Where a mirror is to be kept there is something else: a record, or the log that is to be followed."""


class SourceUnreachable(Refusal):
    """What is published cannot be read now."""


class PieceMissing(IntegrityFailure):
    """A piece of the log under its checkpoint is not shown."""


class TileChanged(IntegrityFailure):
    """A piece of the log is not what its checkpoint is over, or is no longer what it was."""


class HeaderWrong(IntegrityFailure):
    """An event is not the one of its leaf, or does not follow from those before it."""


class SealFalse(IntegrityFailure):
    """A seal is not over the heads as they were: a stream was hidden, or cut, or written anew."""


class SealWithheld(IntegrityFailure):
    """The body of a seal is not shown any more: it might have told of a stream that is hidden."""


class KeyUsurped(IntegrityFailure):
    """A change of key that the key in use did not sign."""


class MirrorDamaged(IntegrityFailure):
    """What the mirror keeps is not what it accepted."""


class PositionsMissing(IntegrityFailure):
    """The log that comes after one does not hold all that this mirror has of that."""
