"""Reversing a batch of late history: all of it is voided together, facts and what rests on them."""

from domain.checking import check_strikes
from domain.deciding import Context
from domain.foreseen import Foreseen
from domain.matrix.authority import reversal_authorised
from domain.matrix.guards import check_nothing_hangs
from domain.recorded import Decided, Draft, Recorded
from domain.records import BatchImported, BatchReversed, ReverseBatch, batch_stream, is_about_itself
from domain.refusals import MalformedInput
from domain.voiding import in_error


def reverse_batch(command: ReverseBatch, context: Context) -> Decided:
    """Void every event of a batch, the last first; an error of the import is noticed when the fact was known.

    Raises:
        MalformedInput: no such batch, or something since corrects part of it.
        RestsOnIt: something outside the batch rests on it.
        NeedsSecondPerson: an approval recorded live names cells of it.
    """
    stream = batch_stream(command.batch)
    opened = [event for event in context.record.history(stream).events if isinstance(event.body, BatchImported)]
    if not opened:
        raise MalformedInput(f"no batch {command.batch} is on record", where="batch")
    reversible = _reversible(context, opened[0])
    drafts = [
        in_error(
            event,
            command.reason,
            (event.header.known_at, event.header.known_precision),
            max(event.header.known_at, event.header.noticed_at or ""),
        )
        for event in reversible
    ]
    then = Foreseen(context, drafts)
    states = sorted({_state_of(event) for event in reversible} - {""})
    for state in states:
        check_nothing_hangs(then, state)
    check_strikes(context, then)
    reversal_authorised(context, opened[0], states, frozenset(then.struck))
    done = BatchReversed(batch=command.batch, reason=command.reason, events=max(len(drafts), 1))
    return Decided((*drafts, Draft(stream=stream, event=done, audience=opened[0].header.audience)))


def _reversible(context: Context, opened: Recorded) -> list[Recorded]:
    """Return the events of a batch, the last first; refuse one that something outside it has struck."""
    later = list(context.record.after(opened.position))
    batch = {event.id: event for event in later if event.header.causation_id == opened.id}
    outside = next((event for event in later if event.header.strikes in batch and event.id not in batch), None)
    if outside is not None:
        raise MalformedInput(
            f"event {outside.id} (position {outside.position}) corrects this batch since",
            where="batch",
            remedy="void that first",
        )
    return [event for event in reversed(batch.values()) if not is_about_itself(event.header.stream)]


def _state_of(event: Recorded) -> str:
    """Return the State whose matrix an event bears on, or nothing."""
    kind, _, rest = event.header.stream.partition("/")
    return rest.partition("/")[0] if kind in ("matrix", "exchange", "consent") else ""
