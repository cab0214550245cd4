"""The kinds of things kept for reference: which events tell of one, by what name, and what they come to."""

from collections.abc import Iterator, Mapping, Sequence

from domain.actor import ActorRegistered, RoleDelegated, RoleGranted, RoleWithdrawn, roles
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Published, Unpublished
from domain.mandate import MandateAdopted
from domain.mapping import MappingAdopted
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event, Recorded
from domain.records import BatchImported, BatchReversed, ClockAccepted, EventSkipped, TypeRegistered
from domain.state import StateRegistered, StateRenamed
from domain.template import TemplateAdopted
from domain.values import Date
from projections.kinds_of_work import KINDS_OF_WORK
from projections.telling import Kind, Told, acts, by, day_of, members


def _states(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    told: Told = {}
    for event in events:
        if isinstance(event.body, StateRegistered):
            told |= members(event.body, "name", "name_fr", "iso2", "m49", "regional_group", "admitted")
        else:
            told |= members(event.body, "name", "name_fr")
    yield events[-1], told


def _templates(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    for event in events:
        if isinstance(body := event.body, TemplateAdopted):
            verified = sum(field.confidence == "verified" for field in body.fields)
            yield event, {"rows": len(body.fields), "verified": verified, "notice": body.notice}


def _mappings(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    for event in events:
        if isinstance(body := event.body, MappingAdopted):
            yield event, {"from": body.from_template, "to": body.to_template, "rows": len(body.rows)}


def _mandates(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    for event in events:
        if isinstance(body := event.body, MandateAdopted):
            rules = ", ".join(f"{rule.duty} {rule.wording}" for rule in body.rules)
            yield event, members(body, "resolution", "adopted", "valid_from", "valid_to") | {"rules": rules}


def _programmes(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    told: Told = {}
    for event in events:
        body = event.body
        if isinstance(body, ProgrammeAdopted):
            told |= {"from": body.period_from, "to": body.period_to, "document": body.document_id}
            told |= {"duties": len(body.duties), "adopted": day_of(event)}
        elif isinstance(body, ProgrammeTransmitted):
            told |= {"transmitted": day_of(event), "symbol": body.symbol, "addressee": body.addressee}
    yield events[-1], told


def _actors(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    kinds = [event.body.kind for event in events if isinstance(event.body, ActorRegistered)]
    held = sorted(f"{role}:{scope}" if scope else role for role, scope in roles(tuple(events), day))
    yield events[-1], {"kind": kinds[-1] if kinds else None, "roles": ", ".join(held)}


def _batches(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    told: Told = {}
    for event in events:
        if isinstance(body := event.body, BatchImported):
            told |= {"imported": day_of(event)} | members(body, "source", "sha256", "commands")
        elif isinstance(body, BatchReversed):
            told |= {"reversed": day_of(event)} | members(body, "events", "reason")
    yield events[-1], told


_ANSWER = ("scope", "manifest", "partners", "letter", "document_id")
KINDS: Mapping[str, Kind] = {
    "states": Kind((StateRegistered, StateRenamed), by("state"), _states),
    "templates": Kind((TemplateAdopted,), by("template"), _templates),
    "mappings": Kind((MappingAdopted,), "{0.from_template}-{0.to_template}".format, _mappings),
    "mandates": Kind((MandateAdopted,), by("mandate"), _mandates),
    "programmes": Kind((ProgrammeAdopted, ProgrammeTransmitted), "{0.programme:02}".format, _programmes),
    "actors": Kind((ActorRegistered, RoleGranted, RoleDelegated, RoleWithdrawn), by("actor"), _actors),
    "consents": Kind(
        (ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn),
        by("state"),
        acts(
            asked=(ConsentAsked, (*_ANSWER, "reply_by")),
            given=(ConsentGiven, (*_ANSWER, "valid_from", "valid_to")),
            refused=(ConsentRefused, _ANSWER),
            withdrawn=(ConsentWithdrawn, ("scope", "manifest", "document_id")),
        ),
    ),
    "publications": Kind(
        (Published, Unpublished),
        by("state"),
        acts(published=(Published, ("manifest",)), unpublished=(Unpublished, ("manifest",))),
    ),
    "batches": Kind((BatchImported, BatchReversed), by("batch"), _batches),
    "types": Kind(
        (TypeRegistered,),
        "{0.type_name}@{0.type_version}".format,
        acts(registered=(TypeRegistered, ())),
    ),
    "skips": Kind((EventSkipped,), by("view"), acts(skipped=(EventSkipped, ("position", "reason")))),
    "clocks": Kind((ClockAccepted,), "clock".format, acts(accepted=(ClockAccepted, ("reason",)))),
    **KINDS_OF_WORK,
}
"""Every kind by its name in `list`. Documents, submissions, decisions and matrices have views of their own."""
BY_TYPE: Mapping[type[Event], str] = {kind: name for name, each in KINDS.items() for kind in each.follows}
"""The kind that an event tells of."""
