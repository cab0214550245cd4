"""What a consent of no matrix would open: lines on the official list, or contacts with others than the State."""

import msgspec

from domain.access import may
from domain.activity.kinds import KINDS
from domain.assistance.listing import SCOPE, going_on, lacking, on_list, whose
from domain.assistance.offers import OfferReceived
from domain.assistance.request_events import RequestReceived
from domain.audiences import COMMITTEE, with_state
from domain.matrix.consenting import DIRECT_CONTACT, WITH
from domain.refusals import MalformedInput, NotPermitted
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Date
from projections.engine.answering import Answered, AskingRecord, answer, over


class AskingConsent(AskingRecord, frozen=True, kw_only=True):
    """Who asks about the consent of which State."""

    state: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line that the list may then have: what it names, who reads it, and which other States must still consent."""

    of: str
    name: str
    read_by: tuple[str, ...]
    also_needs: tuple[str, ...]


class Listing(Answered, frozen=True, kw_only=True):
    """The answer for the official list: a line names a request or an offer, and nothing else of it is opened."""

    state: str
    scope: str
    day: Date
    lines: tuple[Line, ...]
    on_list_already: int


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of contact that may then be logged of the State, under which paragraph, and who reads what is logged."""

    kind: str
    paragraph: str
    read_by: tuple[str, ...]


class Contacting(Answered, frozen=True, kw_only=True):
    """The answer for direct contact: with whom the Committee may speak; no text of the State is opened to them."""

    state: str
    scope: str
    day: Date
    partners: tuple[str, ...]
    contacts: tuple[Contact, ...]


class _Addressed(msgspec.Struct, frozen=True):
    audience: tuple[str, ...]


def preview_listing(asking: AskingConsent) -> Listing:
    """Return which requests and offers of a State may stand on the official list once it consents.

    Raises:
        NotPermitted: whoever asks is neither of the Committee nor of the State.
    """
    _require_concerned(asking)
    record, cut, day = asking.source, asking.axes.cut, new_york_date(asking.now).isoformat()
    lines: list[Line] = []
    there, synthetic = 0, False
    for stream in (*record.stream_names("assistance/request/"), *record.stream_names("assistance/offer/")):
        received = going_on(record, stream, cut)
        if received is None or asking.state not in whose(received.body):
            continue
        synthetic = synthetic or received.header.synthetic
        if on_list(record, stream, Cut(), day):
            there += 1
            continue
        of, name = _named(received.body)
        others = tuple(each for each in lacking(record, whose(received.body), Cut(), day) if each != asking.state)
        lines.append(Line(of=of, name=name, read_by=received.header.audience, also_needs=others))
    heading = over(asking, 0, synthetic)
    return answer(Listing, heading, state=asking.state, scope=SCOPE, day=day, lines=tuple(lines), on_list_already=there)


def preview_contact(asking: AskingConsent, partners: tuple[str, ...]) -> Contacting:
    """Return which contacts may be logged of a State once it consents to direct contact.

    Raises:
        MalformedInput: somebody is named with whom no direct contact is consented to.
        NotPermitted: whoever asks is neither of the Committee nor of the State.
    """
    kinds = WITH[DIRECT_CONTACT]
    if any(party.partition(":")[0] not in kinds for party in partners):
        remedy = ", ".join(f"{kind}:NAME" for kind in kinds)
        raise MalformedInput("direct contact is with others than States", where="--partner", remedy=remedy)
    _require_concerned(asking)
    all_sectors = not partners or any(not party.startswith("sector:") for party in partners)
    contacts = tuple(
        Contact(kind=name, paragraph=kind.paragraph, read_by=COMMITTEE)
        for name, kind in KINDS.items()
        if kind.sector and (all_sectors or f"sector:{kind.sector}" in partners)
    )
    return answer(
        Contacting,
        over(asking, 0, synthetic=False),
        state=asking.state,
        scope=DIRECT_CONTACT,
        day=new_york_date(asking.now).isoformat(),
        partners=partners,
        contacts=contacts,
    )


def _named(received: object) -> tuple[str, str]:
    match received:
        case RequestReceived(request=name):
            return "request", name
        case OfferReceived(offer=name):
            return "offer", name
        case _:
            raise TypeError(f"{received!r} is neither a request nor an offer")


def _require_concerned(asking: AskingConsent) -> None:
    if not may(asking.reader, _Addressed(with_state(asking.state)), asking.now):
        raise NotPermitted(
            "what you may not read is not previewed for you",
            where="actor",
            remedy="ask as one of the Committee or for the State",
        )
