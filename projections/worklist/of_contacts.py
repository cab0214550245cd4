"""Points of contact that nobody can write to, that wait for a second person, or that have not answered."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from domain.calendar.campaigns import ANSWERED_WITHIN, REMINDER
from domain.contact.events import ContactProposed
from domain.contact.file import ContactFile, file_of, stream
from domain.messages.message import Message, message_of
from domain.messages.message import stream as message_stream
from domain.recorded import Recorded
from domain.times import new_york_date
from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.views import references
from projections.views.references import ReferenceColumns
from projections.worklist.item import Found, found

Said = tuple[Row[ReferenceColumns], Recorded]
CHANGE = "propose-contact --contact {0} with what changes, or record reaffirm-contact --contact {0}"


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield what is to be done about points of contact, of some States or of whomever."""
    by_name: dict[str, list[Said]] = defaultdict(list)
    for row, event in asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "contacts"})):
        by_name[row.of.name].append((row, event))
    day = new_york_date(asking.axes.cut.known_at)
    reachable: set[str] = set()
    lost: list[tuple[str, ContactProposed, Said]] = []
    for name, said in sorted(by_name.items()):
        file = file_of(asking.source.history(stream(name)).standing(asking.axes.cut))
        shown = file.shown
        if shown is None or (states is not None and shown.state not in states):
            continue
        if file.holds is not None and file.goes_on(day):
            reachable.add(_party(shown))
            yield from _of_one(asking, name, file, file.holds, said[-1])
        elif file.holds is None:
            do = f"record confirm-contact --contact {name} --proposal {shown.proposal}, as a second person"
            yield found(said[-1][0], shown.state, "contact proposed, not confirmed", name, do)
        else:
            lost.append((name, shown, said[-1]))
    for name, shown, (row, _) in lost:
        if _party(shown) not in reachable:
            reachable.add(_party(shown))
            do = "propose-contact, once one is designated"
            yield found(row, shown.state, "no point of contact any more", name, do)


def _of_one(asking: Asking, name: str, file: ContactFile, holds: ContactProposed, last: Said) -> Iterator[Found]:
    row, _ = last
    if file.bounced is not None:
        yield found(row, holds.state, "mail to a contact came back", name, CHANGE.format(name))
    elif file.pending is not None:
        do = f"record confirm-contact --contact {name} --proposal {file.pending.proposal}, as a second person"
        yield found(row, holds.state, "contact proposed, not confirmed", name, do)
    elif _unanswered(asking, name, file):
        note = "the interval is internal; nobody owes an answer"
        yield found(row, holds.state, "contact asked twice, not answered", name, CHANGE.format(name), note)


def _unanswered(asking: Asking, name: str, file: ContactFile) -> bool:
    """True where a contact was reminded since it was last confirmed, and the days for an answer are over."""
    cut = asking.axes.cut
    for each in asking.source.stream_names(message_stream(stream(name).replace("/", "-") + ".")):
        message = message_of(asking.source.history(each).standing(cut))
        if message is not None and message.intended.kind == REMINDER and _over(message, file, cut.known_at):
            return True
    return False


def _over(message: Message, file: ContactFile, now: str) -> bool:
    gone = message.gone_at
    since = gone is not None and file.confirmed_at is not None and gone > file.confirmed_at
    return since and new_york_date(gone or now) + ANSWERED_WITHIN < new_york_date(now)


def _party(shown: ContactProposed) -> str:
    return shown.state or shown.organization or ""
