"""Replies to a matrix that was sent: asked for by a day, and received as a submission of the State.

That nothing has changed since is said in a submission (`submission.no-change-declared`); here is only what it answers.
"""

from typing import ClassVar

from msgspec.structs import replace

from domain import ids, period, submission
from domain.audiences import with_state
from domain.correspondence import letters
from domain.deciding import Command, Context
from domain.exchange.sending import after_sending, sent
from domain.matrix.file import StateFile
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, MalformedInput
from domain.submission import NoChangeDeclared, SubmissionReceived
from domain.times import new_york_date
from domain.values import Date, LetterId, Name, Revision, Sha256, StateCode


class AskReply(Command, frozen=True, kw_only=True, tag="ask-reply"):
    """Record by when a State is asked to reply to what was sent to it; a later day takes the place of an earlier."""

    state: StateCode
    revision: Revision
    reply_by: Date
    letter: LetterId | None = None


class RecordReply(Command, frozen=True, kw_only=True, tag="record-reply"):
    """Record that a submission answers what was sent; it is known when the submission was received."""

    state: StateCode
    revision: Revision
    submission: Name


class ReplyAsked(Event, frozen=True, kw_only=True):
    """A State is asked to reply to a sending by a day."""

    TYPE: ClassVar[str] = "exchange.reply-asked"
    state: StateCode
    manifest: Sha256
    reply_by: Date
    letter: LetterId | None


class ReplyReceived(Event, frozen=True, kw_only=True):
    """A submission answers what was sent."""

    TYPE: ClassVar[str] = "exchange.reply-received"
    state: StateCode
    manifest: Sha256
    submission: Name


def ask(command: AskReply, context: Context) -> Decided:
    """Ask for a reply."""
    event = ReplyAsked(
        state=command.state,
        manifest=StateFile(context, command.state).manifest(command.revision),
        reply_by=command.reply_by,
        letter=command.letter,
    )
    check(event, context)
    return Decided((_draft(event),))


def receive(command: RecordReply, context: Context) -> Decided:
    """Record a reply."""
    event = ReplyReceived(
        state=command.state,
        manifest=StateFile(context, command.state).manifest(command.revision),
        submission=command.submission,
    )
    check(event, context)
    if command.known is not None:
        return Decided((_draft(event),))
    known = submission.receipt(context, event.submission).header
    return Decided((replace(_draft(event), known_at=known.known_at, known_precision=known.known_precision),))


def _draft(event: ReplyAsked | ReplyReceived) -> Draft:
    return Draft(stream=ids.exchange(event.state), event=event, audience=with_state(event.state))


def check(event: ReplyAsked | ReplyReceived, context: Context) -> None:
    """Refuse a reply to what was not sent by then, by another State's submission, or twice."""
    match event:
        case ReplyAsked():
            sending = sent(context, event.state, event.manifest)
            day = period.day_of(event.reply_by, "reply_by")
            if sending is not None and day < new_york_date(sending.header.known_at):
                raise MalformedInput("a reply is asked for before the sending", where="reply_by")
            if event.letter is not None:
                letters.entered(context, event.letter)
        case ReplyReceived():
            body = submission.receipt(context, event.submission).body
            if not isinstance(body, SubmissionReceived | NoChangeDeclared) or body.state != event.state:
                raise MalformedInput(f"submission {event.submission} is another State's", where="submission")
            after_sending(context, event.state, event.manifest, body.received_at, where="submission")
            if any(each.body == event for each in context.standing(ids.exchange(event.state))):
                raise Conflict(f"submission {event.submission} is on record as a reply already", where="submission")
