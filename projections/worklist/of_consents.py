"""What consent leaves to be done: words awaited of States, and what is shown although a consent of theirs has ended."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeGuard

from domain.consent import ConsentAsked, ConsentRefused
from domain.matrix.consented import live_consent, unanswered
from domain.matrix.consenting import OfConsent
from domain.recorded import Event, Recorded
from domain.times import new_york_date
from domain.values import Date
from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.views import references
from projections.views.matrices import Act, File
from projections.views.references import ReferenceColumns
from projections.worklist.item import Found, found

PUBLISH = "publish"
Rows = Mapping[str, Row[ReferenceColumns]]


def items(asking: Asking, files: Mapping[str, File], states: Collection[str] | None) -> Iterator[Found]:
    """Yield what is to be done about the consent of States."""
    by_state: dict[str, list[Recorded]] = defaultdict(list)
    rows: dict[str, Row[ReferenceColumns]] = {}
    for row, event in asking.read(asking.rows.at(references.VIEW, asking.axes.cut, {"kind": "consents"})):
        state = row.of.name.partition("/")[0]
        if states is None or state in states:
            by_state[state].append(event)
            rows[event.id] = row
    today = new_york_date(asking.axes.cut.known_at).isoformat()
    for state in sorted({*files, *by_state}):
        file, said = files.get(state, File(())), by_state[state]
        asked = unanswered(said)
        yield from _awaited(state, asked, rows)
        yield from _without_a_word(state, file, said, asked)
        yield from _still_published(state, file, said, rows, today)


def _awaited(state: str, asked: Collection[Recorded], rows: Rows) -> Iterator[Found]:
    for event in asked:
        if isinstance(body := event.body, ConsentAsked):
            row = rows[event.id]
            do = f"consent {row.of.name} --scope {body.scope}, or record refuse-consent, as the State answers"
            note = "" if body.reply_by is None else f"reply by {body.reply_by}"
            yield found(row, state, "consent asked, not answered", f"{row.of.name} {body.scope}", do, note)


def _without_a_word(state: str, file: File, said: Collection[Recorded], asked: Collection[Recorded]) -> Iterator[Found]:
    """Yield an approval of which the State was asked nothing and said nothing, as far as publication goes."""
    approval = file.last("approved")
    if approval is None or _spoken(file, approval):
        return
    asked_ids = {event.id for event in asked}
    words = [event.body for event in said if isinstance(event.body, ConsentRefused) or event.id in asked_ids]
    if not any(_to_publish(body) and body.manifest in (None, approval.of.manifest) for body in words):
        name = f"{state}/{approval.of.revision}"
        do = f"record ask-consent --state {state} --scope {PUBLISH}, or consent {name}"
        yield found(approval, state, "approved, consent not asked", name, do)


def _spoken(file: File, approval: Act) -> bool:
    """True where the State gave or withdrew consent to publish what was approved, or it is published already."""
    acts = file.of("consented", "consent withdrawn", "published")
    return any(act.of.manifest in (None, approval.of.manifest) and act.of.scope in (None, PUBLISH) for act in acts)


def _still_published(state: str, file: File, said: Sequence[Recorded], rows: Rows, today: Date) -> Iterator[Found]:
    """Yield what is published and not taken down on a day on which no consent covers it.

    What is published is everyone's: told is who may read what the State said, or of the approval if it said nothing.
    """
    words = [rows[event.id] for event in said if _to_publish(event.body)]
    row = words[-1] if words else file.last("approved")
    shown = {act.of.manifest: act for act in file.of("published", "unpublished")}
    for manifest, act in shown.items():
        if row is not None and act.of.what == "published" and live_consent(said, PUBLISH, manifest, today) is None:
            name = f"{state}/{act.of.revision}"
            yield found(row, state, "published, consent ended", name, f"unpublish {name}, then publish-site")


def _to_publish(body: Event) -> TypeGuard[OfConsent]:
    return isinstance(body, OfConsent) and body.scope == PUBLISH
