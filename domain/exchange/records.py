"""What is recorded of the exchange with a State: its events, and the decisions that its commands ask for."""

from typing import ClassVar, cast

from domain.deciding import Command
from domain.exchange import clarification, comments, non_reporting, replying, sending
from domain.mandate import Decide
from domain.recorded import Event, RecordedInError


class ExchangeRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the exchange should never have been recorded."""

    TYPE: ClassVar[str] = "exchange.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    sending.MatrixSent,
    comments.CellCommented,
    clarification.ClarificationAsked,
    clarification.ClarificationAnswered,
    replying.ReplyAsked,
    replying.ReplyReceived,
    non_reporting.NonReportingExplained,
    non_reporting.MatrixPrefilled,
    ExchangeRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    comments.CommentOnMatrix: cast("Decide", comments.comment),
    clarification.AskClarification: cast("Decide", clarification.ask),
    clarification.AnswerClarification: cast("Decide", clarification.answer),
    replying.AskReply: cast("Decide", replying.ask),
    replying.RecordReply: cast("Decide", replying.receive),
    non_reporting.ExplainNonReporting: cast("Decide", non_reporting.explain),
    non_reporting.SendPrefilled: cast("Decide", non_reporting.send_prefilled),
}
