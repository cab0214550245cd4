"""Operations on a revision: opening, assessing, repairing, sealing, withdrawing, and looking at it."""

from datetime import timedelta

from domain import ids
from domain.matrix import commands as c
from domain.times import moment, text
from tests.histories.historian import Historian
from tests.histories.made_up import DOCUMENTS, TEMPLATES, source
from tests.histories.striking import authority_to_repair


def opens(historian: Historian, state: str) -> None:
    """Open a revision, mostly seeded from the last sealed one, now and then on the next template."""
    facts = historian.facts(state)
    source_revision = historian.revision(state, historian.a, sealed=True) if historian.a % 5 else None
    template = TEMPLATES[0]
    low = "2004-04-28T12:00:00.000000Z"
    if source_revision is not None:
        opened = facts.opening(source_revision)
        assert opened is not None
        step = TEMPLATES.index(opened.template) + (historian.b % 3 > 0)
        template = TEMPLATES[min(step, 2)]
        low = facts.sealed[source_revision].known_at
    historian.give(
        c.OpenRevision, state=state, template=template, seeded_from=source_revision, known=historian.known(low)
    )


def assesses(
    historian: Historian, state: str, *, sealed: bool | None = False, repair: bool = False, batch: str | None = None
) -> None:
    """Assess one to four cells of a revision."""
    revision = historian.revision(state, historian.a, sealed=sealed)
    if revision is None:
        return
    facts = historian.facts(state)
    seal = facts.sealed.get(revision)
    high = seal.known_at if seal is not None and repair else None
    fields = historian.fields(state, revision)
    cells: dict[str, c.AssessedCell] = {}
    for place in range(1 + historian.b % 4):
        chosen = fields[(historian.a // 3 + place * (1 + historian.b // 4 % 3)) % len(fields)]
        cells[chosen.cell] = c.AssessedCell(
            cell=chosen.cell,
            value=chosen.allowed[(historian.b // 7 + place * (historian.a % 3)) % len(chosen.allowed)],
            sources=(source(DOCUMENTS[historian.c % 3]),),
            in_force_from=("2009-01-01", None)[historian.b % 2],
            in_force_to=("2011-06-30", None, None)[historian.b % 3],
        )
    known = historian.known(facts.opened[revision].known_at, high)
    historian.give(
        c.AssessCells,
        batch,
        state=state,
        revision=revision,
        cells=tuple(cells.values()),
        known=facts.opened[revision].known_at if repair and known is None else known,
        known_by=high if known and len(known) <= 10 else None,
        synthetic=historian.c % 40 == 39,
        noticed=_noticed(historian, known) if repair else None,
        causation=authority_to_repair(historian, state, revision) if repair else None,
    )


def _noticed(historian: Historian, known: str | None) -> str:
    now = historian.record.recorded_at()
    return now if known is None or historian.a % 3 else text(moment(now) - timedelta(days=historian.a % 200))


def repairs(historian: Historian, state: str) -> None:
    """Enter a new root that repairs an error, sealed or not."""
    assesses(historian, state, sealed=(True, True, False)[historian.b % 3], repair=True)


def seals(historian: Historian, state: str) -> None:
    """Seal an open revision, as late as its last cell or later."""
    revision = historian.revision(state, historian.a, sealed=False)
    if revision is None:
        return
    events = historian.record.history(ids.matrix_revision(state, revision)).events
    low = max([e.header.known_at for e in events] + [historian.facts(state).opened[revision].known_at])
    historian.give(c.SealRevision, state=state, revision=revision, known=historian.known(low))


def withdraws(historian: Historian, state: str) -> None:
    """Withdraw a revision."""
    revision = historian.revision(state, historian.a)
    if revision is not None:
        known = historian.known(historian.facts(state).opened[revision].known_at)
        historian.give(c.WithdrawRevision, state=state, revision=revision, reason="no", known=known)


def looks(historian: Historian, state: str) -> None:
    """Do what never changes State: examine, confirm, remark, supersede."""
    revision = historian.revision(state, historian.a)
    if revision is None:
        return
    match historian.b % 4:
        case 0:
            historian.give(c.ExamineMatrix, state=state, revision=revision)
        case 1:
            chosen = historian.fields(state, revision)[historian.c % 6].cell
            historian.give(c.ConfirmCells, state=state, revision=revision, cells=(chosen,))
        case 2:
            historian.give(c.RemarkRow, state=state, revision=revision, section="op1", item=1, remark="see the report")
        case _:
            approved = sorted({row.about for row in historian.facts(state).acts if row.kind == "approved"})
            if len(approved) > 1:
                first, last = approved[0], approved[-1]
                historian.give(c.SupersedeMatrix, state=state, revision=first, by_revision=last)
