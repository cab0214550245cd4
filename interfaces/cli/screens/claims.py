"""How a screen says that actor, role and dates are what an import claims."""

from collections import Counter
from collections.abc import Sequence

from domain.times import new_york_date
from interfaces.cli.output import line
from interfaces.text import _, some
from projections.claims import Claims, LateBatch, claims_of_cells
from projections.matrix import CellView
from projections.question import Question


def batch_words(batch: LateBatch) -> str:
    """Return which batch it is, and in what role and when it was imported."""
    day = new_york_date(batch.recorded_at).isoformat()
    return _("import batch {}, imported by role {} on {}").format(batch.batch, batch.imported_by, day)


def claim_words(batch: LateBatch) -> str:
    """Return whose claim something is."""
    return f"{_('as claimed by')} {batch_words(batch)}"


def named(name: str | None, batches: Sequence[LateBatch]) -> LateBatch | None:
    """Return the batch of a name."""
    return next((each for each in batches if each.batch == name), None)


def marked(words: str, name: str | None, batches: Sequence[LateBatch]) -> str:
    """Return words of a table with the number of the batch that claims them, which `write_batches` explains."""
    batch = named(name, batches)
    if batch is None:
        return words
    mark = f"{_('claimed')} [{batches.index(batch) + 1}]"
    return f"{words}, {mark}" if words else mark


def write_batches(batches: Sequence[LateBatch]) -> None:
    """Write below a table what the numbers in it mean."""
    for number, batch in enumerate(batches, 1):
        line(f"[{number}] {claim_words(batch)}")


def write_claims(question: Question, cells: Sequence[CellView]) -> None:
    """Write how many cells have their actor, role and dates from which batch."""
    claims = Claims(question.record)
    counted = Counter(claims_of_cells(claims, question, cells).values())
    for batch in claims.batches:
        line(f"{some('{} cell is', '{} cells are', counted[batch.batch])} {claim_words(batch)}.")
