"""What is recorded of assistance: its events, and the decisions that its commands ask for."""

from typing import ClassVar, cast

from domain.assistance import (
    following,
    interests,
    listing,
    listing_events,
    matches,
    offers,
    procedure,
    programmes,
    request_events,
    requests,
)
from domain.deciding import Command
from domain.mandate import Decide
from domain.recorded import Event, RecordedInError


class AssistanceRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of assistance should never have been recorded."""

    TYPE: ClassVar[str] = "assistance.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    *request_events.EVENTS,
    *procedure.EVENTS,
    *programmes.EVENTS,
    *offers.EVENTS,
    *matches.EVENTS,
    *following.EVENTS,
    *interests.EVENTS,
    *listing_events.EVENTS,
    AssistanceRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    requests.RequestAssistance: cast("Decide", requests.request_assistance),
    requests.StateWish: cast("Decide", requests.state_wish),
    requests.AuthenticateRequest: cast("Decide", requests.authenticate),
    requests.FindInformal: cast("Decide", requests.find_informal),
    requests.WithdrawRequest: cast("Decide", requests.withdraw),
    requests.CloseRequest: cast("Decide", requests.close),
    procedure.CirculateRequest: cast("Decide", procedure.circulate),
    procedure.AcknowledgeRequest: cast("Decide", procedure.acknowledge),
    procedure.SendRequestOn: cast("Decide", procedure.send_on),
    procedure.PostSummary: cast("Decide", procedure.post_summary),
    procedure.AskIfMet: cast("Decide", procedure.ask_if_met),
    procedure.AnswerIfMet: cast("Decide", procedure.answer_if_met),
    programmes.RegisterProviderProgramme: cast("Decide", programmes.register),
    programmes.EndProviderProgramme: cast("Decide", programmes.end),
    offers.OfferAssistance: cast("Decide", offers.offer_assistance),
    offers.CirculateOffer: cast("Decide", offers.circulate),
    offers.AcknowledgeOffer: cast("Decide", offers.acknowledge),
    offers.TellRequester: cast("Decide", offers.tell_requester),
    offers.WithdrawOffer: cast("Decide", offers.withdraw),
    matches.ProposeMatch: cast("Decide", matches.propose),
    matches.AgreeMatch: cast("Decide", matches.agree),
    matches.DropMatch: cast("Decide", matches.drop),
    following.AskDiscussion: cast("Decide", following.ask_discussion),
    following.RecordDiscussion: cast("Decide", following.record_discussion),
    following.DispatchStatus: cast("Decide", following.dispatch_status),
    following.GiveFeedback: cast("Decide", following.give_feedback),
    interests.ExpressInterest: cast("Decide", interests.express),
    interests.FollowUpInterest: cast("Decide", interests.follow_up),
    interests.LapseInterest: cast("Decide", interests.lapse),
    listing.ListOfficially: cast("Decide", listing.put_on_list),
    listing.TakeOffList: cast("Decide", listing.take_off_list),
}
