"""The kinds of things kept for reference: which events tell of one, by what name, and what they come to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.actor import ActorRegistered, RoleDelegated, RoleGranted, RoleWithdrawn, roles
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Published, Unpublished
from domain.exchange.sending import MatrixSent
from domain.mandate import MandateAdopted
from domain.mapping import MappingAdopted
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Event, Recorded
from domain.records import BatchImported, BatchReversed, ClockAccepted, EventSkipped, TypeRegistered
from domain.state import StateRegistered, StateRenamed
from domain.template import TemplateAdopted
from domain.times import new_york_date
from domain.values import Date

Told = dict[str, str | int | None]
"""What is told of a thing, member by member."""
Tell = Callable[[Sequence[Recorded], Date], Iterable[tuple[Recorded, Told]]]


class Kind(NamedTuple):
    """A kind of thing: the types that tell of it, how members of an event make its name, and what events come to.

    `tell` is given what stands of one thing, in order of knowing, and the day asked about.
    """

    follows: tuple[type[Event], ...]
    name: str
    tell: Tell


def _members(event: Event, *names: str) -> Told:
    return {name: _told(getattr(event, name)) for name in names}


def _told(value: str | int | tuple[str, ...] | None) -> str | int | None:
    return ", ".join(value) if isinstance(value, tuple) else value


def _day(event: Recorded) -> Date:
    return new_york_date(event.header.known_at).isoformat()


def _states(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    told: Told = {}
    for event in events:
        if isinstance(event.body, StateRegistered):
            told |= _members(event.body, "name", "name_fr", "iso2", "m49", "regional_group", "admitted")
        else:
            told |= _members(event.body, "name", "name_fr")
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
            yield event, _members(body, "resolution", "adopted", "valid_from", "valid_to") | {"rules": rules}


def _programmes(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    del day
    told: Told = {}
    for event in events:
        body = event.body
        if isinstance(body, ProgrammeAdopted):
            told |= {"from": body.period_from, "to": body.period_to, "document": body.document_id}
            told |= {"duties": len(body.duties), "adopted": _day(event)}
        elif isinstance(body, ProgrammeTransmitted):
            told |= {"transmitted": _day(event), "symbol": body.symbol, "addressee": body.addressee}
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
            told |= {"imported": _day(event)} | _members(body, "source", "sha256", "commands")
        elif isinstance(body, BatchReversed):
            told |= {"reversed": _day(event)} | _members(body, "events", "reason")
    yield events[-1], told


def _acts(**named: tuple[type[Event], tuple[str, ...]]) -> Tell:
    """Return what tells things act by act: what each is called, and the members told of it."""
    words = {kind: (what.replace("_", " "), names) for what, (kind, names) in named.items()}

    def tell(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
        del day
        for event in events:
            what, names = words[type(event.body)]
            yield event, {"what": what, **_members(event.body, *names)}

    return tell


_ANSWER = ("scope", "manifest", "partners", "letter", "document_id")
KINDS: Mapping[str, Kind] = {
    "states": Kind((StateRegistered, StateRenamed), "{0.state}", _states),
    "templates": Kind((TemplateAdopted,), "{0.template}", _templates),
    "mappings": Kind((MappingAdopted,), "{0.from_template}-{0.to_template}", _mappings),
    "mandates": Kind((MandateAdopted,), "{0.mandate}", _mandates),
    "programmes": Kind((ProgrammeAdopted, ProgrammeTransmitted), "{0.programme:02}", _programmes),
    "actors": Kind((ActorRegistered, RoleGranted, RoleDelegated, RoleWithdrawn), "{0.actor}", _actors),
    "exchanges": Kind((MatrixSent,), "{0.state}", _acts(sent=(MatrixSent, ("manifest",)))),
    "consents": Kind(
        (ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn),
        "{0.state}",
        _acts(
            asked=(ConsentAsked, (*_ANSWER, "reply_by")),
            given=(ConsentGiven, (*_ANSWER, "valid_from", "valid_to")),
            refused=(ConsentRefused, _ANSWER),
            withdrawn=(ConsentWithdrawn, ("scope", "manifest", "document_id")),
        ),
    ),
    "publications": Kind(
        (Published, Unpublished),
        "{0.state}",
        _acts(published=(Published, ("manifest",)), unpublished=(Unpublished, ("manifest",))),
    ),
    "batches": Kind((BatchImported, BatchReversed), "{0.batch}", _batches),
    "types": Kind(
        (TypeRegistered,),
        "{0.type_name}@{0.type_version}",
        _acts(registered=(TypeRegistered, ())),
    ),
    "skips": Kind((EventSkipped,), "{0.view}", _acts(skipped=(EventSkipped, ("position", "reason")))),
    "clocks": Kind((ClockAccepted,), "clock", _acts(accepted=(ClockAccepted, ("reason",)))),
}
"""Every kind by the name under which it is listed. Documents, submissions and decisions have views of their own."""
BY_TYPE: Mapping[type[Event], str] = {kind: name for name, each in KINDS.items() for kind in each.follows}
"""The kind that an event tells of."""
