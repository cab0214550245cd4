"""What was done with each State's matrix as a whole: from the opening of a revision to its publication."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from domain.consent import ConsentGiven, ConsentWithdrawn, Published, Unpublished
from domain.exchange.sending import MatrixSent
from domain.matrix.documents import read_manifest
from domain.matrix.events import (
    MatrixApproved,
    RevisionOpened,
    RevisionSealed,
    RevisionWithdrawn,
    RowRemarked,
)
from domain.recorded import Recorded
from projections.engine.view import Columns, Lookup, Row, View

What = Literal[
    "opened",
    "withdrawn",
    "remarked",
    "sealed",
    "approved",
    "sent",
    "consented",
    "consent withdrawn",
    "published",
    "unpublished",
]


class ActColumns(Columns, frozen=True, kw_only=True):
    """One act; `scope` is a consent's, which without a manifest is for all, `row` (`op1-3`) and `note` a remark's."""

    state: str
    what: What
    revision: int | None = None
    template: str | None = None
    manifest: str | None = None
    scope: str | None = None
    row: str | None = None
    note: str | None = None


Act = Row[ActColumns]


def rows(event: Recorded, lookup: Lookup) -> Iterable[ActColumns]:
    """Yield the row of an act; of a sending or publication its manifest names revision and template."""
    body = event.body
    match body:
        case RevisionOpened():
            yield ActColumns(state=body.state, what="opened", revision=body.revision, template=body.template)
        case RevisionWithdrawn():
            yield ActColumns(state=body.state, what="withdrawn", revision=body.revision)
        case RowRemarked():
            row = f"{body.section.lower()}-{body.item}"
            yield ActColumns(state=body.state, what="remarked", revision=body.revision, row=row, note=body.remark)
        case RevisionSealed():
            yield ActColumns(state=body.state, what="sealed", revision=body.revision, manifest=body.manifest)
        case MatrixApproved():
            yield ActColumns(state=body.state, what="approved", revision=body.revision, manifest=body.manifest)
        case MatrixSent():
            yield _of_manifest(lookup, body.state, "sent", body.manifest)
        case Published():
            yield _of_manifest(lookup, body.state, "published", body.manifest)
        case Unpublished():
            yield _of_manifest(lookup, body.state, "unpublished", body.manifest)
        case ConsentGiven():
            yield ActColumns(state=body.state, what="consented", scope=body.scope, manifest=body.manifest)
        case ConsentWithdrawn():
            yield ActColumns(state=body.state, what="consent withdrawn", scope=body.scope, manifest=body.manifest)
        case _:
            pass


def _of_manifest(lookup: Lookup, state: str, what: What, manifest: str) -> ActColumns:
    data = lookup.document(manifest)
    if data is None:
        return ActColumns(state=state, what=what, manifest=manifest)
    said = read_manifest(data)
    return ActColumns(state=state, what=what, manifest=manifest, revision=said.revision, template=said.template)


VIEW = View(
    name="matrices",
    version=1,
    columns=ActColumns,
    follows=(
        RevisionOpened,
        RevisionWithdrawn,
        RowRemarked,
        RevisionSealed,
        MatrixApproved,
        MatrixSent,
        ConsentGiven,
        ConsentWithdrawn,
        Published,
        Unpublished,
    ),
    rows=rows,
    indexes=(("state",), ("what",)),
)
OUTSIDE = frozenset({"sent", "consented", "consent withdrawn", "published", "unpublished"})
"""What is done outside a revision, and stands whether or not the opening of one does."""


class File(msgspec.Struct, frozen=True):
    """The acts of one State, in order of knowing."""

    acts: Sequence[Act]

    def of(self, *kinds: What) -> list[Act]:
        """Return the acts of some kinds."""
        return [act for act in self.acts if act.of.what in kinds]

    def last(self, *kinds: What) -> Act | None:
        """Return the last act of some kinds."""
        return next((act for act in reversed(self.acts) if act.of.what in kinds), None)

    def standing(self) -> list[Act]:
        """Return the openings of revisions that are not withdrawn."""
        withdrawn = {act.of.revision for act in self.of("withdrawn")}
        return [act for act in self.of("opened") if act.of.revision not in withdrawn]

    def sealed(self, revision: int | None) -> Act | None:
        """Return the seal of a revision."""
        return next((act for act in self.of("sealed") if act.of.revision == revision), None)


def files(acts: Iterable[Act]) -> Mapping[str, File]:
    """Return the acts that stand by State; where an opening does not stand, nothing of its revision does."""
    by_state: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_state[act.of.state].append(act)
    return {state: File(_of_openings(of_state)) for state, of_state in by_state.items()}


def _of_openings(acts: Sequence[Act]) -> list[Act]:
    opened = {act.of.revision for act in acts if act.of.what == "opened"}
    return [act for act in acts if act.of.what in OUTSIDE or act.of.revision in opened]
