"""Letters whose reply is awaited, from States and others, and letters to which the Committee was asked to reply."""

from collections.abc import Collection, Iterator

from domain.correspondence.awaiting import Awaited, asked_of_us, awaited, letters
from domain.correspondence.letters import LetterReceived, LetterSent
from projections.engine.answering import Asking
from projections.views import references
from projections.worklist.item import Found, What, found


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield what is awaited by letter, of some States or of whomever."""
    told = asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "letters"}))
    entries = {event.body.letter: row for row, event in told if isinstance(event.body, LetterSent | LetterReceived)}
    register = letters(event for _, event in told)
    answer = "record receive-letter --answers {}, or record close-letter --letter {}"
    of: tuple[tuple[Iterator[Awaited], What, str], ...] = (
        (awaited(register), "reply to a letter awaited", answer),
        (asked_of_us(register), "reply to a letter asked of us", answer.replace("receive", "send")),
    )
    for waits, what, do in of:
        for each in waits:
            kind, _, name = each.party.partition(":")
            state = name if kind == "state" else None
            if states is None or state in states:
                note = f"{each.party}; reply by {each.reply_by}"
                yield found(entries[each.letter], state, what, each.letter, do.format(each.letter, each.letter), note)
