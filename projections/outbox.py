"""The messages of the Committee: what waits, what was sent and what came of it, at any past date."""

from collections.abc import Iterator

import msgspec

from domain.access import may
from domain.messages.message import Message, Stage, message_now, message_of
from domain.messages.waiting import tries_at
from domain.refusals import NotFound
from domain.standing import Cut
from domain.values import Instant
from projections.engine.answering import Answered, AskingRecord, answer, over
from projections.origin import Itself

PREFIX = "message/"


class Attempted(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt to send a message; `outcome` is null while nobody knows what came of it."""

    number: int
    begun_at: Instant
    ended_at: Instant | None
    outcome: str | None
    code: str | None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A message: to whom by role, contact or party, about what, and where it stands."""

    message: str
    message_id: str
    stage: Stage
    wave: str
    addressee: str
    kind: str
    template_version: int
    language: str
    about: str
    duty: str | None
    rung: str | None
    paragraph: str | None
    composed_at: Instant
    filled_at: int
    sha256: str | None
    tries_at: Instant | None
    attempts: tuple[Attempted, ...]
    obstacle: str | None
    came: str | None
    event_id: str
    synthetic: bool


class Outbox(Answered, frozen=True, kw_only=True):
    """Messages in order of their being intended."""

    messages: tuple[Listed, ...]


def messages(source: Itself, cut: Cut | None = None) -> Iterator[Message]:
    """Yield every message that is intended at a cut."""
    for _, history in source.histories(PREFIX):
        found = history.folded(message_now) if cut is None else message_of(history.standing(cut))
        if found is not None:
            yield found


def outbox(asking: AskingRecord, *, stage: str | None = None, wave: str | None = None) -> Outbox:
    """Return the messages, of one stage or wave if so asked, that the reader may see."""
    listed: list[Listed] = []
    withheld = 0
    for message in messages(asking.source, asking.axes.cut):
        if stage not in (None, message.stage) or wave not in (None, message.wave):
            continue
        if may(asking.reader, message.event.header, asking.now):
            listed.append(_listed(message))
        else:
            withheld += 1
    listed.sort(key=lambda each: (each.composed_at, each.message))
    heading = over(asking, withheld, any(each.synthetic for each in listed))
    return answer(Outbox, heading, messages=tuple(listed))


def to_approve(source: Itself, wave: str, seen: int) -> tuple[str, ...]:
    """Return the messages of a wave that have waited for approval since a position, by name.

    What somebody held or cancelled meanwhile is left.

    Raises:
        NotFound: none did.
    """

    def waiting(cut: Cut) -> list[str]:
        found = (each for each in messages(source, cut) if each.wave == wave)
        return [each.name for each in found if each.stage == "to-approve"]

    still = set(waiting(Cut()))
    names = tuple(name for name in waiting(Cut(position=seen)) if name in still)
    if not names:
        raise NotFound(
            f"no message of wave {wave!r} waited for approval at position {seen}",
            where="--wave",
            remedy="`ledger1540 outbox list --stage to-approve` names the waves",
        )
    return names


def one(asking: AskingRecord, name: str) -> Listed:
    """Return a message.

    Raises:
        NotFound: none of this name is on record by then that the reader may see.
    """
    found = message_of(asking.source.history(f"{PREFIX}{name}").standing(asking.axes.cut))
    if found is None or not may(asking.reader, found.event.header, asking.now):
        raise NotFound(f"no message {name!r} is on record", where="ID", remedy="`ledger1540 outbox list` lists them")
    return _listed(found)


def _listed(message: Message) -> Listed:
    of_intent = set(Listed.__struct_fields__) & set(message.intended.__struct_fields__)
    return msgspec.convert(
        {
            **{name: getattr(message.intended, name) for name in of_intent},
            "stage": message.stage,
            "wave": message.wave,
            "sha256": message.intended.content.sha256,
            "tries_at": tries_at(message),
            "attempts": [msgspec.structs.asdict(each) for each in message.attempts],
            "obstacle": None if message.suppressed is None else message.suppressed.obstacle,
            "came": None if message.returned is None else message.returned.came,
            "event_id": message.event.id,
            "synthetic": message.event.header.synthetic,
        },
        Listed,
    )
