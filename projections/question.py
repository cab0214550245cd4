"""What every view of a matrix is asked, and the heading that every such view carries."""

from typing import Protocol

import msgspec

from domain.deciding import RecordView
from domain.matrix.answer import Answer, in_force
from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.template import LegendEntry, TemplateAdopted
from domain.values import Instant, Reading, Standing
from projections.axes import Axes, RecordedBy
from projections.rights import Rights


class Origin(Protocol):
    """What a record says of itself as a whole."""

    @property
    def synthetic(self) -> bool:
        """True for a simulation, where every event is made up."""
        ...

    def notice(self, position: int) -> str | None:
        """Return the notice of the template last adopted by a position, for a view without a matrix."""
        ...


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Whom and what a view asks: the State, the axes, the way to its facts, and the rights of who reads."""

    state: str
    axes: Axes
    facts: Facts
    rights: Rights
    record: RecordView
    origin: Origin

    def on(self, axes: Axes) -> "Question":
        """Return the same question at another place on the axes."""
        return msgspec.structs.replace(self, axes=axes)

    def matrix(self) -> MatrixFacts:
        """Return the State's facts at the cut."""
        return MatrixFacts(self.facts, self.state, self.axes.cut)


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands over every view of a matrix, its members in the order of the record's format (section 4)."""

    state: str
    as_of: str | None
    known_cut: Instant
    recorded_by: RecordedBy
    standing: Standing
    reading: Reading
    revision: int | None
    template: str | None
    legend: tuple[LegendEntry, ...] | None
    notice: str | None
    synthetic: bool


def heading(question: Question, revision: int | None, template: TemplateAdopted | None, synthetic: bool) -> Heading:
    """Return the heading of a view that shows a revision on a template, or neither."""
    axes = question.axes
    return Heading(
        state=question.state,
        as_of=axes.as_of,
        known_cut=axes.cut.known_at,
        recorded_by=axes.recorded_by,
        standing=axes.standing,
        reading=axes.cut.reading,
        revision=revision,
        template=None if template is None else template.template,
        legend=None if template is None else template.legend,
        notice=question.origin.notice(axes.cut.position) if template is None else template.notice,
        synthetic=question.origin.synthetic or synthetic,
    )


def made_up(question: Question, found: Answer) -> bool:
    """True where a cell shown is marked synthetic, or the opening or act that the answer rests on."""
    matrix, on = question.matrix(), question.axes.in_force_on
    if found.standing == "working":
        act = None if found.revision is None else matrix.opened.get(found.revision)
    else:
        act = matrix.act_of(found.standing)
    return (act is not None and question.facts.event(act.event_id).header.synthetic) or any(
        cell.event is not None and cell.event.header.synthetic and (on is None or in_force(cell.event, on))
        for cell in found.cells
    )


def members(view: Heading) -> dict[str, object]:
    """Return the members of a heading, to make a view that begins with them."""
    return {name: getattr(view, name) for name in Heading.__struct_fields__}
