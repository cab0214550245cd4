"""Every kind of thing that falls due."""

from workflows.deadline.kind import Deadlines
from workflows.kinds import At, Kind
from workflows.letters.campaigns import CONTACTS, FIRST_REPORTS
from workflows.letters.kind import Letters
from workflows.letters.occasions import OCCASIONS
from workflows.mail.composing import Letterhead
from workflows.mail.kind import Outbox, Pass
from workflows.notes.kind import Notes
from workflows.review.kind import Reviews, RowsAt, replayed
from workflows.silence.kind import Silence


def kinds(head: Letterhead, send: Pass, rows_at: RowsAt = replayed) -> tuple[Kind, ...]:
    """Return every kind, for letters under a letterhead that are sent in passes, and figures read from rows."""
    letters = [Letters(sort, head) for sort in (CONTACTS, FIRST_REPORTS, OCCASIONS)]
    return (Silence(), Deadlines(head), Notes(head), *letters, Reviews(rows_at), Outbox(send))


def nothing(at: At) -> None:
    """Make no pass of sending: for whoever only asks what falls due."""
    del at
