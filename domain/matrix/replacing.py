"""What a replacement in a State's file must keep: the order of known dates, the rows' allowed values."""

from domain import ids
from domain.consent import Published, Unpublished
from domain.deciding import Context
from domain.decision import adopts
from domain.exchange.sending import MatrixSent
from domain.matrix.events import CellCorrected, MatrixApproved, RevisionOpened, RevisionSealed, RevisionWithdrawn
from domain.matrix.file import StateFile, in_order
from domain.recorded import Event, Recorded
from domain.refusals import Refusal


class NeverReplaced(Refusal):
    """A seal is not replaced: void it, while nothing rests on it, and seal again."""


def check_correction(context: Context, target: Recorded, body: Event, known_at: str) -> None:
    """Refuse a replacement that breaks the order of known dates or the rows' allowed values."""
    match body:
        case CellCorrected():
            file = StateFile(context, body.state)
            opened, _ = file.opening(body.revision)
            file.check_value(body.revision, body.cell, body.value)
            in_order(opened.known_at, known_at, "a cell known before its opening")
            seal, root = file.now.sealed.get(body.revision), file.facts.family(target).root
            if seal is not None and not (root.position > seal.position and root.header.noticed_at is None):
                in_order(known_at, seal.known_at, "a cell known after the seal of its revision")
        case RevisionOpened():
            file = StateFile(context, body.state)
            stream = context.record.history(ids.matrix(body.state)).events
            inside = [event.header.known_at for event in (*file.cell_events(body.revision), *_acts(stream, body))]
            in_order(known_at, min(inside, default=known_at), "an opening known after what is in it")
            if body.seeded_from is not None:
                in_order(file.seal(body.seeded_from).known_at, known_at, "an opening before its source's seal")
        case MatrixApproved():
            file = StateFile(context, body.state)
            in_order(file.seal(body.revision).known_at, known_at, "approved before the seal")
            adoption = adopts(context, body.decision_id, body.manifest)
            if adoption is not None:
                in_order(adoption.header.known_at, known_at, "approved before the decision was adopted")
        case MatrixSent() | Published() | Unpublished():
            file = StateFile(context, body.state)
            seals = [row.known_at for row in file.now.sealed.values() if row.manifest == body.manifest]
            in_order(max(seals, default=known_at), known_at, "sent or published before the seal")
        case RevisionWithdrawn():
            file = StateFile(context, body.state)
            in_order(file.opening(body.revision)[0].known_at, known_at, "withdrawn before the opening")
        case RevisionSealed():
            raise NeverReplaced(f"the seal of revision {body.revision} of {body.state} cannot be replaced")
        case _:
            pass


def _acts(events: tuple[Recorded, ...], opened: RevisionOpened) -> list[Recorded]:
    inside = (RevisionSealed, RevisionWithdrawn)
    return [e for e in events if isinstance(e.body, inside) and e.body.revision == opened.revision]
