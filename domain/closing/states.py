"""When duties towards States are open: matrices, the exchange about them, consent, publication, first reports."""

from collections.abc import Sequence

from domain import ids
from domain.activity.contact import covered
from domain.activity.kinds import KINDS
from domain.activity.records import ActivityLogged
from domain.closing.rules import Asked, Item, Judge, Judged, Progress, place
from domain.closing.shapes import in_order
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, Published, Unpublished
from domain.exchange.awaiting import awaited
from domain.exchange.clarification import ClarificationAnswered, ClarificationAsked
from domain.exchange.comments import CellCommented
from domain.exchange.replying import ReplyAsked, ReplyReceived
from domain.exchange.sending import MatrixSent
from domain.law.records import LawAmended, LawEntered, LawRepealed
from domain.matrix.consented import live_consent, unanswered
from domain.matrix.events import MatrixApproved, MatrixExamined, RevisionOpened
from domain.period import day_of
from domain.recorded import Recorded
from domain.standing import Stands
from domain.submission import SubmissionReceived, SubmissionWithdrawn
from domain.times import start_of
from domain.values import Instant

FIRST_REPORT = "first-report"


def examined(standing: Stands, states: Sequence[str], begins: Instant, until: Instant) -> Sequence[Recorded]:
    """Return the first examination of each State's matrix between two instants, of a revision that stands."""
    found: list[Recorded] = []
    for state in states:
        events = standing(ids.matrix(state))
        opened = {event.body.revision for event in events if isinstance(event.body, RevisionOpened)}
        found += [
            event
            for event in events
            if isinstance(event.body, MatrixExamined)
            and event.body.revision in opened
            and begins <= event.header.known_at < until
        ][:1]
    found.sort(key=lambda event: event.header.known_at)
    return found


def all_examined(asked: Asked) -> Judged:
    """Ask for the examination of every Member's matrix; where Members are named, nothing else counts."""
    if not asked.states:
        return Judged()
    found = tuple(examined(asked.standing, asked.states, asked.begins, asked.until))
    progress = Progress(done=len(found), of=len(asked.states))
    return Judged(
        acts=found, closed=found[-1] if progress.done == progress.of else None, progress=progress, decides=True
    )


def all_reported(asked: Asked) -> Judged:
    """Ask for a first report of every Member that was not taken back; a State is never overdue with it."""
    if not asked.states:
        return Judged()
    taken_back = {body.submission for _, body in asked.facts.told(SubmissionWithdrawn)}
    firsts: dict[str, Recorded] = {}
    for event, body in asked.facts.told(SubmissionReceived):
        if body.kind == FIRST_REPORT and body.submission not in taken_back:
            firsts.setdefault(body.state, event)
    acts = in_order(event for state, event in firsts.items() if state in asked.states)
    progress = Progress(done=len(acts), of=len(asked.states))
    counted = tuple(event for event in acts if event.header.known_at >= asked.begins)
    return Judged(acts=counted, closed=acts[-1] if progress.done == progress.of else None, progress=progress)


def dialogue(asked: Asked) -> Judged:
    """Ask which sendings and requests for clarification a State has not answered."""
    items: list[Item] = []
    asking = asked.facts.of(MatrixSent, ClarificationAsked)
    for stream in dict.fromkeys(event.header.stream for event in asking):
        standing = asked.facts.standing(stream)
        opening = {_about(event): event for event in reversed(standing) if _about(event) is not None}
        state = stream.removeprefix(ids.exchange(""))
        items += [Item(of=state, opened=opening[each.of]) for each in awaited(standing)]
    acts = asked.acts(MatrixSent, CellCommented, ReplyReceived, ClarificationAsked, ClarificationAnswered)
    return Judged(openings=asked.facts.of(ReplyAsked), acts=acts, items=tuple(items))


def _about(event: Recorded) -> str | None:
    match event.body:
        case MatrixSent(manifest=name) | ClarificationAsked(clarification=name):
            return name
        case _:
            return None


def consent(*scopes: str) -> Judge:
    """Return the rule of consent of some scopes: open from the question until the State has said yes or no."""

    def judge(asked: Asked) -> Judged:
        asking = asked.facts.of(ConsentAsked)
        streams = dict.fromkeys(event.header.stream for event in asking)
        open_ones = [event for stream in streams for event in unanswered(asked.facts.standing(stream))]
        items = [
            Item(of=f"{event.body.state} {event.body.scope}", opened=event)
            for event in open_ones
            if isinstance(event.body, ConsentAsked) and event.body.scope in scopes
        ]
        given = [event for event, body in asked.told(ConsentGiven) if body.scope in scopes]
        refused = [event for event, body in asked.told(ConsentRefused) if body.scope in scopes]
        openings = tuple(event for event, body in asked.facts.told(ConsentAsked) if body.scope in scopes)
        return Judged(openings=openings, acts=in_order((*given, *refused)), items=tuple(items))

    return judge


def contact_with_consent(asked: Asked) -> Judged:
    """Name each direct contact as served, or as missed where a State had not consented before its first day."""
    acts: list[Recorded] = []
    items: list[Item] = []
    for event, body in asked.told(ActivityLogged):
        if KINDS[body.kind].sector:
            if all(_consented(asked, state, body) for state in body.states):
                acts.append(event)
            else:
                items.append(Item(of=body.activity, opened=event, missed=True))
    return Judged(acts=tuple(acts), items=tuple(items))


def _consented(asked: Asked, state: str, contact: ActivityLogged) -> bool:
    begins = start_of(day_of(contact.first_day, "first_day"))
    before = [event for event in asked.facts.standing(ids.consent(state)) if event.header.known_at <= begins]
    return covered(before, contact)


def published(asked: Asked) -> Judged:
    """Ask whether the matrix of each State that consents is published as it was last approved."""
    opened = {(body.state, body.revision) for _, body in asked.facts.told(RevisionOpened)}
    approved = {
        body.state: (event, body.manifest)
        for event, body in asked.facts.told(MatrixApproved)
        if (body.state, body.revision) in opened
    }
    items: list[Item] = []
    for state, (approval, manifest) in sorted(approved.items()):
        acts = asked.facts.standing(ids.consent(state))
        given = live_consent(acts, "publish", manifest, asked.day.isoformat())
        if given is not None and _shown(acts) != manifest:
            items.append(Item(of=state, opened=max(approval, given, key=place)))
    openings = in_order(event for event, _ in approved.values())
    return Judged(openings=openings, acts=asked.acts(Published), items=tuple(items))


def _shown(acts: Sequence[Recorded]) -> str | None:
    """Return the manifest that is published."""
    for event in reversed(acts):
        match event.body:
            case Published(manifest=manifest):
                return manifest
            case Unpublished():
                return None
            case _:
                pass
    return None


def database(asked: Asked) -> Judged:
    """Ask for requests to States about the legislative database, and for entries that were then made or revised."""
    requests, improved = (
        [event for event, body in asked.told(ActivityLogged) if body.kind == kind]
        for kind in ("database-entry-asked", "database-improved")
    )
    entries = asked.acts(LawEntered, LawAmended, LawRepealed)
    closed = max(requests[0], entries[0], key=place) if requests and entries else None
    return Judged(acts=in_order((*requests, *improved, *entries)), closed=closed)
