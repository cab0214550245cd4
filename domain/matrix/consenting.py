"""Decisions on consent: asked, given, refused, withdrawn; each for one scope."""

from domain import document, ids, parties, period
from domain.audiences import with_state
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.correspondence import letters
from domain.deciding import Context
from domain.matrix import commands as c
from domain.matrix.consented import live_consents
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


class NoConsentStands(Refusal):
    """Only what a State consented to is withdrawn."""


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
    decided = _decided(event, context)
    if event.scope == "share" and not event.partners and not context.importing:
        raise MalformedInput(
            "a matrix is shared with partners that are named", where="partners", remedy="state:FRA, organization:wco"
        )
    return decided


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
    decided = _decided(event, context)
    if not context.importing and not _given(context, event):
        raise NoConsentStands(
            f"no consent of {event.state} to {event.scope} stands", where="scope", remedy="use `refuse-consent`"
        )
    return decided


def _given(context: Context, event: ConsentWithdrawn) -> bool:
    """True where a State consented to something that a withdrawal takes back, also for days to come."""
    standing, today = _known(context, event.state), new_york_date(context.known_at).isoformat()
    given = [body for each in standing if isinstance(body := each.body, ConsentGiven) and body.scope == event.scope]
    texts = {body.manifest for body in given} if event.manifest is None else {event.manifest}
    return any(
        live_consents(standing, event.scope, text, max(today, body.valid_from or ""))
        for text in texts
        for body in given
    )


def _known(context: Context, state: str) -> tuple[Recorded, ...]:
    known = Cut(known_at=context.known_at, position=context.before)
    return context.record.history(ids.consent(state)).standing(known)


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
    standing = _known(context, event.state)
    day = new_york_date(context.known_at).isoformat()
    for given in live_consents(standing, event.scope, event.manifest, day):
        assert isinstance(given.body, ConsentGiven)  # noqa: S101 - `live_consents` returns nothing else
        if not event.partners or not given.body.partners or set(event.partners) & set(given.body.partners):
            raise ConsentStands(
                f"{event.state} consented to this, by event {given.id}", where="scope", remedy="use `withdraw-consent`"
            )
