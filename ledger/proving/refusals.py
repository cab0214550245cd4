"""What the signer refuses, and what it finds."""

from domain.refusals import Conflict, IntegrityFailure, NotFound, Refusal


class SignerAbsent(NotFound):
    """There is no key to sign checkpoints with."""


class SignerExists(Conflict):
    """There is a key already."""


class SignerUnfit(Refusal):
    """The key, or its file, is not fit to sign the checkpoints of this record."""


class SignerForgot(IntegrityFailure):
    """The signer does not know what it has signed last, and so signs nothing."""


class RecordRolledBack(IntegrityFailure):
    """The record is shorter than what was signed: it was cut, or an older copy stands in its place."""


class RecordForked(IntegrityFailure):
    """The record does not begin with what was signed: it is another history."""


class KeyPassedOn(IntegrityFailure):
    """Another key signs by now, says the record."""


class LogClosed(Conflict):
    """Nothing is signed under the name of a log that was closed: the record goes on under the next one's."""
