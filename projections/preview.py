"""What a consent or a publication would open, cell by cell and to whom, before it is given."""

import msgspec

from domain.access import EVERYONE, Reader
from domain.matrix.answer import Shown
from domain.matrix.cells import cell_body
from domain.matrix.consenting import OF_A_TEXT, WITH
from domain.matrix.events import Source
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.times import new_york_date
from domain.values import Date, Sha256
from projections.matrix import Matrix, show
from projections.question import Heading, Question, members
from projections.rights import Rights


class AsOne(Reader, frozen=True):
    """A reader of whom nothing is known but one audience besides the public."""

    audience: str = EVERYONE

    def audiences(self, now: str) -> frozenset[str]:
        """Return the public and that one."""
        del now
        return frozenset((EVERYONE, self.audience))


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that would be seen, with all that is said of it; `value` is None where nothing stands."""

    cell: str
    value: str | None
    in_force_from: Date | None
    in_force_to: Date | None
    note: str | None
    sources: tuple[Source, ...]


class ForAudience(msgspec.Struct, frozen=True, kw_only=True):
    """What one audience would see that it does not see now, and how many cells it sees already."""

    audience: str
    cells: tuple[Opened, ...]
    seen_already: int


class Preview(Heading, frozen=True, kw_only=True):
    """The answer to `preview`: whom it would be opened to, and the manifest that a consent would name.

    What is not approved yet is opened to nobody before it is.
    """

    scope: str
    manifest: Sha256
    approved: bool
    day: Date
    audiences: tuple[ForAudience, ...]


def preview(question: Question, now: str, scope: str, partners: tuple[str, ...]) -> Preview:
    """Return what publishing a manifest would open to everyone, or sharing it to the partners named.

    Raises:
        MalformedInput: the scope opens no matrix, or has no such partners.
        NotFound: there is no manifest in this standing.
        NotPermitted: whoever asks may not read it themselves.
    """
    audiences = _audiences(scope, partners)
    own = show(question)
    if own.answer.manifest is None:
        raise NotFound(
            f"no matrix of {question.state} is {question.axes.standing}",
            where="--standing",
            remedy="ask for one that is approved or was sent",
        )
    if any(cell.withheld for cell in own.view.cells):
        raise NotPermitted(
            "what you may not read is not previewed for you", where="actor", remedy="ask as one of the Committee"
        )
    return msgspec.convert(
        members(own.view)
        | {
            "scope": scope,
            "manifest": own.answer.manifest,
            "approved": any(
                act.kind == "approved" and act.manifest == own.answer.manifest for act in question.matrix().acts
            ),
            "day": new_york_date(now).isoformat(),
            "audiences": tuple(_opened(question, now, own, audience) for audience in audiences),
        },
        Preview,
    )


def _audiences(scope: str, partners: tuple[str, ...]) -> tuple[str, ...]:
    if scope not in OF_A_TEXT:
        raise MalformedInput(f"consent to {scope!r} opens no matrix", where="--scope", remedy=" or ".join(OF_A_TEXT))
    kinds = WITH.get(scope)
    if kinds is None:
        if partners:
            raise MalformedInput("what is published is for everyone", where="--partner", remedy="leave it out")
        return (EVERYONE,)
    wrong = [party for party in partners if party.partition(":")[0] not in kinds]
    if wrong or not partners:
        remedy = ", ".join(f"{kind}:NAME" for kind in kinds)
        raise MalformedInput("a matrix is shared with partners that are named", where="--partner", remedy=remedy)
    return partners


def _opened(question: Question, now: str, own: Matrix, audience: str) -> ForAudience:
    """Return what the views themselves would show this audience then and do not now."""
    assert own.answer.manifest is not None  # noqa: S101 - refused before
    before, after = (
        show(_read_by(question, now, audience, foreseen)).view.cells
        for foreseen in (frozenset[str](), frozenset((own.answer.manifest,)))
    )
    new = {then.cell for cell, then in zip(before, after, strict=True) if cell.withheld and not then.withheld}
    return ForAudience(
        audience=audience,
        cells=tuple(_cell(cell) for cell in own.answer.cells if cell.cell in new),
        seen_already=sum(not cell.withheld for cell in before),
    )


def _read_by(question: Question, now: str, audience: str, foreseen: frozenset[str]) -> Question:
    rights = Rights(question.record, AsOne(audience=audience), question.state, now, foreseen)
    return msgspec.structs.replace(question, rights=rights)


def _cell(shown: Shown) -> Opened:
    body = None if shown.event is None else cell_body(shown.event)
    return Opened(
        cell=shown.cell,
        value=None if body is None else body.value,
        in_force_from=None if body is None else body.in_force_from,
        in_force_to=None if body is None else body.in_force_to,
        note=None if body is None else body.note,
        sources=() if body is None else body.sources,
    )
