"""Decisions on consent: asked, given, refused, withdrawn; each for one scope, and what of it holds on a day."""

from collections.abc import Iterable

from domain import document, ids, parties, period
from domain.audiences import with_state
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.correspondence import letters
from domain.deciding import Context
from domain.matrix import commands as c
from domain.matrix.file import StateFile
from domain.recorded import Decided, Draft, Recorded
from domain.refusals import MalformedInput, Refusal
from domain.standing import Cut
from domain.times import new_york_date

DIRECT_CONTACT = "direct-contact"
SCOPES = ("publish", "share", "official-list", DIRECT_CONTACT)
OF_A_TEXT = ("publish", "share")
"""Scopes of consent to one matrix; the others are of what the State receives or may be asked."""
WITH = {"share": ("state", "organization", "other"), "direct-contact": ("sector", "organization", "other")}
"""With whom a scope may be shared: which kinds of parties may be named."""

OfConsent = ConsentAsked | ConsentGiven | ConsentRefused | ConsentWithdrawn


class ConsentStands(Refusal):
    """A consent that was given is withdrawn, not refused."""


def ask(command: c.AskConsent, context: Context) -> Decided:
    """Ask a State for its consent."""
    event = ConsentAsked(
        state=command.state,
        scope=command.scope,
        manifest=_manifest(command, context),
        partners=command.partners,
        reply_by=command.reply_by,
        letter=command.letter,
        document_id=command.document,
    )
    return _decided(event, context)


def give(command: c.GiveConsent, context: Context) -> Decided:
    """Record a State's consent."""
    event = ConsentGiven(
        state=command.state,
        scope=command.scope,
        manifest=_manifest(command, context),
        partners=command.partners,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        letter=command.letter,
        document_id=command.document,
    )
    return _decided(event, context)


def refuse(command: c.RefuseConsent, context: Context) -> Decided:
    """Record that a State does not consent."""
    event = ConsentRefused(
        state=command.state,
        scope=command.scope,
        manifest=_manifest(command, context),
        partners=command.partners,
        letter=command.letter,
        document_id=command.document,
    )
    return _decided(event, context)


def withdraw(command: c.WithdrawConsent, context: Context) -> Decided:
    """Record that a State takes its consent back."""
    event = ConsentWithdrawn(
        state=command.state,
        scope=command.scope,
        manifest=_manifest(command, context),
        document_id=command.document,
    )
    return _decided(event, context)


def _manifest(
    command: c.AskConsent | c.GiveConsent | c.RefuseConsent | c.WithdrawConsent, context: Context
) -> str | None:
    file = StateFile(context, command.state)
    return None if command.revision is None else file.manifest(command.revision)


def _decided(event: OfConsent, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=ids.consent(event.state), event=event, audience=with_state(event.state)),))


def check(event: OfConsent, context: Context) -> None:
    """Refuse an unknown scope, what does not belong to it, days that do not exist, and what is not on record."""
    if event.scope not in SCOPES:
        shown = ", ".join(SCOPES)
        raise MalformedInput(f"{event.scope!r} is no scope of consent", where="scope", remedy=f"one of {shown}")
    if event.manifest is not None and event.scope not in OF_A_TEXT:
        raise MalformedInput(f"consent to {event.scope} is of no revision", where="revision", remedy="leave it out")
    if event.document_id is not None:
        document.registered(context, event.document_id)
    if isinstance(event, ConsentWithdrawn):
        return
    _check_partners(event, context)
    if event.letter is not None:
        letters.entered(context, event.letter)
    match event:
        case ConsentAsked():
            if event.reply_by is not None:
                period.day_of(event.reply_by, "reply_by")
        case ConsentGiven():
            period.check(event.valid_from, event.valid_to)
        case ConsentRefused():
            if not context.importing:
                _check_not_given(event, context)


def _check_partners(event: ConsentAsked | ConsentGiven | ConsentRefused, context: Context) -> None:
    kinds = WITH.get(event.scope, ())
    wrong = [party for party in event.partners if party.partition(":")[0] not in kinds]
    if wrong:
        shown = ", ".join(f"{kind}:NAME" for kind in kinds) or "name nobody"
        raise MalformedInput(f"{wrong[0]} is no partner of {event.scope}", where="partners", remedy=shown)
    parties.check(context, event.partners, where="partners")


def _check_not_given(event: ConsentRefused, context: Context) -> None:
    known = context.record.history(ids.consent(event.state))
    standing = known.standing(Cut(known_at=context.known_at, position=context.before))
    day = new_york_date(context.known_at).isoformat()
    for given in live_consents(standing, event.scope, event.manifest, day):
        assert isinstance(given.body, ConsentGiven)  # noqa: S101 - `live_consents` returns nothing else
        if not event.partners or not given.body.partners or set(event.partners) & set(given.body.partners):
            raise ConsentStands(
                f"{event.state} consented to this, by event {given.id}", where="scope", remedy="use `withdraw-consent`"
            )


def live_consents(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> tuple[Recorded, ...]:
    """Return the consents that cover a manifest on a day, among standing events in order; one adds to another."""
    live: list[Recorded] = []
    for event in events:
        body = event.body
        match body:
            case ConsentGiven() if body.scope == scope and body.manifest in (None, manifest):
                if (body.valid_from or "") <= day and (body.valid_to is None or day <= body.valid_to):
                    live.append(event)
            case ConsentWithdrawn() if body.scope == scope and body.manifest in (None, manifest):
                live.clear()
            case _:
                pass
    return tuple(live)


def live_consent(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> Recorded | None:
    """Return the last consent that covers a manifest on a day, or None."""
    return next(reversed(live_consents(events, scope, manifest, day)), None)


def partners(events: Iterable[Recorded], scope: str, manifest: str | None, day: str) -> frozenset[str]:
    """Return with whom a State consents on a day to have something shared, or to be in direct contact."""
    live = (event.body for event in live_consents(events, scope, manifest, day))
    return frozenset(party for body in live if isinstance(body, ConsentGiven) for party in body.partners)


def unanswered(events: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Return the askings, among standing events in order, to which the State has not said yes or no."""
    open_ones: list[Recorded] = []
    for event in events:
        body = event.body
        if isinstance(body, ConsentAsked):
            open_ones.append(event)
        elif isinstance(body, ConsentGiven | ConsentRefused):
            open_ones = [asked for asked in open_ones if not _answers(body, asked)]
    return tuple(open_ones)


def _answers(body: ConsentGiven | ConsentRefused, asking: Recorded) -> bool:
    asked = asking.body
    return isinstance(asked, ConsentAsked) and asked.scope == body.scope and body.manifest in (None, asked.manifest)
