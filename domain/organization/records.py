"""What is recorded of organizations: its events, and the decisions that its commands ask for."""

from typing import ClassVar, cast

from domain.deciding import Command
from domain.mandate import Decide
from domain.organization import contact_point, dialogue, objectives, registering
from domain.recorded import Event, RecordedInError


class OrganizationRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of an organization should never have been recorded."""

    TYPE: ClassVar[str] = "organization.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    registering.OrganizationRegistered,
    contact_point.ContactPointAsked,
    contact_point.ContactPointDesignated,
    contact_point.ContactPointConfirmed,
    dialogue.DialogueLogged,
    objectives.ObjectiveSet,
    objectives.ObjectiveAppraised,
    OrganizationRecordedInError,
)
DECISIONS: dict[type[Command], Decide] = {
    registering.RegisterOrganization: cast("Decide", registering.register),
    contact_point.AskContactPoint: cast("Decide", contact_point.ask),
    contact_point.DesignateContactPoint: cast("Decide", contact_point.designate),
    contact_point.ConfirmContactPoint: cast("Decide", contact_point.confirm),
    dialogue.LogDialogue: cast("Decide", dialogue.log),
    objectives.SetObjective: cast("Decide", objectives.set_objective),
    objectives.AppraiseObjective: cast("Decide", objectives.appraise),
}
