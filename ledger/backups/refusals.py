"""What is refused of a backup, and what is found wrong with one."""

from domain.refusals import Conflict, IntegrityFailure, MalformedInput


class BackupExists(Conflict):
    """There is something already where a backup is to be written."""


class NoBackup(MalformedInput):
    """What is given as a backup is none."""


class BackupDamaged(IntegrityFailure):
    """A backup is not as its manifest says."""


class TailLost(IntegrityFailure):
    """What was signed after a backup was made is not at hand: to go on without it would be a fork."""


class NothingLost(Conflict):
    """All that was signed is at hand: the log goes on under its own name."""
