"""The key that signs the record's checkpoints, and the log that it signs for: both are on record, signed.

A log is closed where events that were signed are lost for good. The record then goes on under the next log's name: what
is left of the old log keeps its positions and its bytes, and the next position opens the new one and says what is lost.
"""

import re
from collections.abc import Iterable
from typing import ClassVar, cast

from domain.audiences import PUBLIC
from domain.deciding import Command, Context
from domain.header import Header
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput
from domain.values import Offset, Position

STREAM = "record/keys"
_KEY = re.compile(r"[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")
"""A verifier key of Ed25519, as signed notes have it."""


class ChangeKey(Command, frozen=True, kw_only=True, tag="change-key"):
    """Say that another key signs the record's checkpoints from now on; the note says so under both signatures."""

    from_key: str
    to_key: str
    note: str


class KeyChanged(Event, frozen=True, kw_only=True):
    """From this position on `to_key` signs, and `from_key` no more; `note` is the statement, signed by both."""

    TYPE: ClassVar[str] = "record.key-changed"
    from_key: str
    to_key: str
    note: str


class OpenNextLog(Command, frozen=True, kw_only=True, tag="open-next-log"):
    """Close the log and go on under the next one's name: events that were signed are lost for good."""

    from_log: str
    from_key: str
    to_key: str
    last: int
    checkpoints: tuple[str, ...]
    note: str
    authority: str


class LogOpened(Event, frozen=True, kw_only=True):
    """From this position on the log is `to_log`; of `from_log` it has the first `kept` events, and `last` were signed.

    `checkpoints` are those of `from_log` that are known and reach further than what is kept; `from_key` signed the
    furthest. `note` is the statement, signed by `to_key`, and by `from_key` where that was at hand.
    """

    TYPE: ClassVar[str] = "record.log-opened"
    from_log: str
    to_log: str
    kept: Offset
    last: Position
    checkpoints: tuple[str, ...]
    from_key: str
    to_key: str
    note: str
    authority: str


EVENTS: tuple[type[Event], ...] = (KeyChanged, LogOpened)
_NUMBERED = re.compile(r"(.*)/([1-9][0-9]{0,8})")


def statement(origin: str, from_key: str, to_key: str) -> str:
    """Return the text that both keys sign."""
    return f"ledger1540/key-changed/v1\n{origin}\n{from_key}\n{to_key}\n"


def opening_statement(log: str, keys: tuple[str, str], kept: int, last: int) -> str:
    """Return the text that is signed where the log after one is opened."""
    return "".join(f"{line}\n" for line in ("ledger1540/log-opened/v1", log, next_log(log), kept, last, *keys))


def next_log(log: str) -> str:
    """Return the name of the log that comes after one: `…/2` after `…/1`."""
    found = _NUMBERED.fullmatch(log)
    return f"{log}/2" if found is None else f"{found[1]}/{int(found[2]) + 1}"


def follows(log: str, before: str) -> bool:
    """Return whether a log comes after another, at once or later."""
    one, other = (_NUMBERED.fullmatch(each) for each in (log, before))
    if one is None:
        return False
    return one[1] == before if other is None else one[1] == other[1] and int(one[2]) > int(other[2])


def log_of(header: Header, before: str) -> str:
    """Return the log that an event must belong to behind one of another: the same, unless it opens the next."""
    return next_log(before) if header.type == LogOpened.TYPE else before


def change(command: ChangeKey, context: Context) -> Decided:
    """Pass from the key in use to one that never was; whether both have signed, `verify` and every reader can check."""
    if context.importing:
        raise Conflict("a key is changed here and now", remedy="record it live")
    changes = _check_keys(command.from_key, command.to_key, context)
    if changes and changes[-1][1].to_key != command.from_key:
        raise Conflict(f"the key in use is {changes[-1][1].to_key}", where="from_key")
    event = KeyChanged(from_key=command.from_key, to_key=command.to_key, note=command.note)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def open_next(command: OpenNextLog, context: Context) -> Decided:
    """Open the log after the one that the last event belongs to, where more was signed than is left.

    Whether the checkpoints and the statement are signed, `verify` and every reader can check.
    """
    if context.importing:
        raise Conflict("a log is opened here and now", remedy="record it live")
    _check_keys(command.from_key, command.to_key, context)
    current = next((each.header.log for each in context.record.after(context.before - 1)), None)
    if current != command.from_log:
        raise Conflict(f"the log is {current}, and not {command.from_log}", where="from_log")
    if command.last <= context.before:
        raise Conflict(f"nothing is lost: {command.last} events were signed, and all are here", where="last")
    if not command.authority.strip():
        raise MalformedInput("a log is closed on somebody's authority", where="authority", remedy="name the decision")
    event = LogOpened(
        from_log=command.from_log,
        to_log=next_log(command.from_log),
        kept=context.before,
        last=command.last,
        checkpoints=command.checkpoints,
        from_key=command.from_key,
        to_key=command.to_key,
        note=command.note,
        authority=command.authority,
    )
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC),))


def _check_keys(from_key: str, to_key: str, context: Context) -> list[tuple[int, KeyChanged | LogOpened]]:
    """Refuse keys that are none, or one that was in use before; return the changes on record."""
    for where, key in (("from_key", from_key), ("to_key", to_key)):
        if _KEY.fullmatch(key) is None:
            raise MalformedInput(f"{key!r} is no verifier key", where=where)
    if from_key == to_key:
        raise Conflict("the key would be changed to itself", where="to_key")
    changes = key_changes(context.standing(STREAM))
    if any(to_key in (each.from_key, each.to_key) for _, each in changes):
        raise Conflict("this key was in use before", where="to_key", remedy="make a new one")
    return changes


def key_changes(events: Iterable[Recorded]) -> list[tuple[int, KeyChanged | LogOpened]]:
    """Return the changes of the key with their positions, in order."""
    found = ((each.position, each.body) for each in events if isinstance(each.body, KeyChanged | LogOpened))
    return sorted(found, key=lambda one: one[0])


DECISIONS: dict[type[Command], Decide] = {
    ChangeKey: cast("Decide", change),
    OpenNextLog: cast("Decide", open_next),
}
