"""A State's file as a decision sees it: the present standing, and the order that known dates must keep."""

from collections.abc import Mapping

from domain import ids
from domain.deciding import Context
from domain.index import Row
from domain.matrix.events import RevisionOpened
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.refusals import NotFound, Refusal
from domain.standing import Cut
from domain.state import stream as state_stream
from domain.template import Field, by_cell


class UnknownCell(Refusal):
    """The template of the revision has no such cell."""


class ValueNotAllowed(Refusal):
    """The template's row does not allow this value."""


class OutOfOrder(Refusal):
    """Known dates inside a revision run: opening, cells, seal, approval; seal of the source, opening of the seeded."""


class NotSealed(Refusal):
    """Only a sealed revision has a manifest to approve, send, publish or seed from."""


class StateFile:
    """One State's matrix at the moment of deciding."""

    def __init__(self, context: Context, state: str) -> None:
        self.context = context
        self.state = state
        self._fields: dict[str, Mapping[str, Field]] = {}
        self.facts = FactsOnRecord(context.record)
        self.now = MatrixFacts(self.facts, state, Cut(position=context.before))
        if not context.standing(state_stream(state)):
            raise NotFound(f"State {state} is not on record", remedy="States are keyed by ISO 3166 alpha-3")

    def at(self, cut: Cut) -> MatrixFacts:
        """Return the State's facts at a cut."""
        return MatrixFacts(self.facts, self.state, cut)

    def opening(self, revision: int) -> tuple[Row, RevisionOpened]:
        """Return the standing opening of a revision."""
        row, body = self.now.opened.get(revision), self.now.opening(revision)
        if row is None or body is None:
            raise NotFound(
                f"revision {revision} of {self.state} is not open on record",
                remedy=f"open it first; on record: {', '.join(map(str, sorted(self.now.opened))) or 'none'}",
            )
        return row, body

    def seal(self, revision: int) -> Row:
        """Return the standing seal of a revision."""
        self.opening(revision)
        row = self.now.sealed.get(revision)
        if row is None:
            raise NotSealed(f"revision {revision} of {self.state} is not sealed", remedy="seal it first")
        return row

    def manifest(self, revision: int) -> str:
        """Return the hash of the manifest of a sealed revision."""
        found = self.seal(revision).manifest
        assert found is not None  # noqa: S101 - every seal has one
        return found

    def withdrawal(self, revision: int) -> Row | None:
        """Return the standing withdrawal of a revision."""
        return next((row for row in self.now.acts if row.kind == "withdrawn" and row.about == revision), None)

    def field(self, revision: int, cell: str) -> Field:
        """Return the template's row for a cell of a revision."""
        _, opened = self.opening(revision)
        fields = self._fields_of(opened.template)
        if cell not in fields:
            raise UnknownCell(
                f"{opened.template} has no cell {cell!r}", remedy="cells are TEMPLATE/section-item-weapon-aspect"
            )
        return fields[cell]

    def _fields_of(self, template: str) -> Mapping[str, Field]:
        if template not in self._fields:
            self._fields[template] = by_cell(self.facts.template(template, self.now.cut))
        return self._fields[template]

    def check_value(self, revision: int, cell: str, value: str) -> None:
        """Refuse a value that the row of a cell does not allow."""
        allowed = self.field(revision, cell).allowed
        if value not in allowed:
            shown = ", ".join(repr(each) for each in allowed)
            raise ValueNotAllowed(f"{value!r} is not allowed in {cell}", where="value", remedy=f"allowed: {shown}")

    def cell_events(self, revision: int) -> tuple[Recorded, ...]:
        """Return every event ever recorded in a revision's cells, struck ones included."""
        return self.context.record.history(ids.matrix_revision(self.state, revision)).events

    def rests_on(self, manifest: str | None) -> Row | None:
        """Return a standing approval, sending or publication of a manifest, if there is one."""
        kinds = ("approved", "sent", "published")
        return next((row for row in self.now.acts if row.kind in kinds and row.manifest == manifest), None)

    def seeded(self, revision: int) -> Row | None:
        """Return a standing opening seeded from a revision, if there is one."""
        for number, row in self.now.opened.items():
            opened = self.now.opening(number)
            if opened is not None and opened.seeded_from == revision:
                return row
        return None


def in_order(earlier: str, later: str, what: str) -> None:
    """Refuse known dates that run backwards.

    Raises:
        OutOfOrder: `later` is before `earlier`.
    """
    if later < earlier:
        raise OutOfOrder(f"{what}: {later} is before {earlier}", where="known", remedy="mend the known date")
