"""The worklist: all that is to be done, of some States or of all, the oldest first, as a reader may see it."""

from collections.abc import Collection

from domain.access import Reader
from domain.matrix.facts import Facts
from domain.values import Instant
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.rows import Where, seen
from projections.views import changes, citations, matrices, references, submissions
from projections.worklist import (
    of_consents,
    of_contacts,
    of_letters,
    of_matrices,
    of_meetings,
    of_messages,
    of_requests,
    of_sources,
    of_states,
    of_submissions,
    of_visits,
)
from projections.worklist.item import Item

VIEWS = (matrices.VIEW, submissions.VIEW, changes.VIEW, citations.VIEW, references.VIEW)


class Worklist(Answered, frozen=True, kw_only=True):
    """What is to be done about some States, or about all and what concerns none where `states` is null."""

    states: tuple[str, ...] | None
    items: tuple[Item, ...]


def own_states(reader: Reader, now: Instant) -> tuple[str, ...] | None:
    """Return the States that all roles of a reader are limited to; None where one of them is not, or there is none."""
    scopes = {scope for _, scope in reader.held(now)}
    return tuple(sorted(scopes)) if scopes and all(scopes) else None


def worklist(asking: Asking, facts: Facts, states: Collection[str] = ()) -> Worklist:
    """Return what is to be done for the States named, else for those of the reader's roles, as the reader may see it.

    What the reader may not see is taken into account, and not shown. Counted as withheld are the rows of matrices and
    submissions that are not for the reader, whatever is asked.
    """
    chosen = tuple(sorted(set(states))) or own_states(asking.reader, asking.now)
    where: Where = {} if chosen is None else {"state": chosen}
    files = matrices.files(asking.rows.at(matrices.VIEW, asking.axes.cut, where))
    received = asking.rows.at(submissions.VIEW, asking.axes.cut, {"what": "received", **where})
    later = asking.rows.at(submissions.VIEW, asking.axes.cut, {"what": submissions.FOLLOWED})
    came = submissions.fold(received, later)
    found = [
        *of_submissions.not_reflected(asking, files, came, {row.event_id: row for row in received}),
        *of_matrices.items(asking, files),
        *of_states.items(asking, files, came, chosen),
        *of_consents.items(asking, files, chosen),
        *of_letters.items(asking, chosen),
        *of_requests.items(asking, chosen),
        *of_visits.items(asking, chosen),
        *of_meetings.items(asking, chosen),
        *of_contacts.items(asking, chosen),
        *of_messages.items(asking, chosen),
        *of_sources.items(asking, facts, chosen),
    ]
    shown, _ = seen((each.row for each in found), asking.reader, asking.now)
    visible = {row.event_id for row in shown}
    items = sorted(
        (each.item for each in found if each.row.event_id in visible), key=lambda each: (each.since, each.position)
    )
    withheld = asking.withheld(matrices.VIEW, submissions.VIEW)
    heading = over(asking, withheld, any(each.synthetic for each in items))
    return answer(Worklist, heading, states=chosen, items=tuple(items))
