"""Letters whose reply is awaited or was asked of the Committee, and who holds the next step on which."""

from collections.abc import Collection, Iterator

from domain.correspondence.awaiting import Awaited, asked_of_us, awaited, letters, next_steps
from domain.correspondence.handling import LetterHandedOn
from domain.correspondence.letters import LetterReceived, LetterSent
from projections.engine.answering import Asking
from projections.views import references
from projections.worklist.item import Found, What, found


def items(asking: Asking, states: Collection[str] | None) -> Iterator[Found]:
    """Yield what is awaited by letter and what is to be done next on one, of some States or of whomever."""
    told = asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "letters"}))
    entries = {event.body.letter: row for row, event in told if isinstance(event.body, LetterSent | LetterReceived)}
    register = letters(event for _, event in told)
    handed = {event.body.letter: row for row, event in told if isinstance(event.body, LetterHandedOn)}
    answer = "record receive-letter --answers {}, or record close-letter --letter {}"
    of: tuple[tuple[Iterator[Awaited], What, str], ...] = (
        (awaited(register), "reply to a letter awaited", answer),
        (asked_of_us(register), "reply to a letter asked of us", answer.replace("receive", "send")),
    )
    for waits, what, do in of:
        for each in waits:
            state = _state(each.party)
            if states is None or state in states:
                note = f"{each.party}; reply by {each.reply_by}"
                yield found(entries[each.letter], state, what, each.letter, do.format(each.letter, each.letter), note)
    parties = {each.entry.letter: each.entry for each in register}
    for step in next_steps(register):
        entry = parties[step.letter]
        party = entry.sender if isinstance(entry, LetterReceived) else ", ".join(entry.addressees)
        state = _state(party)
        if states is None or state in states:
            note = f"{step.holder}: {step.next_step}" + ("" if step.due is None else f"; by {step.due}")
            do = f"what is noted, then record hand-on-letter or close-letter --letter {step.letter}"
            yield found(handed[step.letter], state, "next step on a letter", step.letter, do, note)


def _state(party: str) -> str | None:
    """Return the State that a party is, None where it is none."""
    kind, _, name = party.partition(":")
    return name if kind == "state" and "," not in name else None
