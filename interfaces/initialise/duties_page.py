"""Writes docs/reference/duties.md from the table of closing: `python -m interfaces.initialise.duties_page`."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.catalogue import tag_of
from domain.closing import Rule, rule_of
from domain.duty import Duty
from domain.recorded import Event
from interfaces.initialise.twelfth import duties

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "duties.md"
INTRODUCTION = """\
# The duties

The 55 duties of the twelfth programme of work, each with the events that open it, those that close it or serve it, and
the commands that record them. `ledger1540 due`, `board` and `log --duty DUTY` judge from these events alone, at any
date; what is voided opens again what it closed. This page is made from the code by
`python -m interfaces.initialise.duties_page`; a test keeps it up to date, another records the events of every row.

- Every duty but a principle is closed or served also by a step of its deadline, `deadline.step-done`, which names the
  document or the decision that shows it ([`record-step`](commands.md#record-step)); it is moved, suspended,
  resumed or dropped by a decision (`deadline.extended`, `deadline.suspended`, `deadline.resumed`, `deadline.dropped`).
- What is done once is *done* by the first event that closes it since its programme began, *open* before and *overdue*
  after its last day. What goes on is *open* while something that opened it is not closed, else *standing*; it says how
  often it was served since its programme began, and by which event last.
- What is voluntary, an aim, a principle, or what others are encouraged to do, is never overdue. What goes on is overdue
  only where the text has a rhythm or a calendar of its own. A date or an interval marked *internal* is no mandate.
- What came too late for anything to close it, as papers sent after a meeting began, stays named as *not in time*.

| duty | paragraph | what it is | nature | opened by | closed or served by | recorded by |
|---|---|---|---|---|---|---|
"""
NATURE = {
    "as-needed": "as needed",
    "aim": "aim, never overdue",
    "dated-soft": "once, without a day",
    "on-request": "on request",
    "per-event": "for each event",
    "per-meeting": "for each meeting",
    "per-programme": "once in each programme",
    "principle": "principle, never done",
    "voluntary": "voluntary, never overdue",
    "within-programme": "once within the programme",
}
"""Natures in other words than the programme's table has."""
SHOWN = {"PRINCIPLES": "stats"}
"""The verb that shows a duty which nothing closes."""


def main() -> int:
    """Write the page, or with `--check` say whether it is up to date."""
    text = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


def page() -> str:
    """Return the whole page."""
    return INTRODUCTION + "".join(f"| {' | '.join(cells(duty))} |\n" for duty in duties())


def cells(duty: Duty) -> Iterator[str]:
    """Yield the cells of a duty's row.

    Raises:
        KeyError: the table of closing has no row for it.
    """
    rule = rule_of(duty.duty)
    if rule is None:
        raise KeyError(duty.duty)
    yield f"`{duty.duty}`"
    yield duty.paragraph
    yield duty.text
    yield _nature(duty)
    yield f"{_types(rule.opens)}: {rule.opened}"
    yield f"{_types(rule.closes)}: {rule.closed}" if rule.closes else rule.closed
    yield _commands(rule) or f"none; [`{SHOWN[duty.duty]}`](cli.md#{SHOWN[duty.duty]}) shows it"


def _nature(duty: Duty) -> str:
    words = NATURE.get(duty.kind, duty.kind)
    if "encourage" in duty.owes and duty.due is not None and duty.kind == "dated":
        words += ", others are encouraged"
    return f"{words} (internal)" if duty.due_basis == "internal" else words


def _types(kinds: Iterable[type[Event]]) -> str:
    return ", ".join(dict.fromkeys(f"`{kind.TYPE}`" for kind in kinds))


def _commands(rule: Rule) -> str:
    return ", ".join(f"[`{tag_of(kind)}`](commands.md#{tag_of(kind)})" for kind in rule.commands)


if __name__ == "__main__":
    sys.exit(main())
