"""Working papers of a sample: how it was drawn, and a line for each item with columns that the auditor fills."""

from collections.abc import Iterable, Sequence
from typing import cast

import msgspec

from projections.audit.sample import Item, Sample
from projections.sheets import Sheet, csv_of, workbook

SYNTHETIC = "This content is made up; it states no fact about a real State."
TO_FILL = ("document seen", "agrees with the record", "exception", "remark", "checked by", "checked on")
"""Columns that the auditor fills."""
HEADERS = tuple(name.replace("_", " ") for name in Item.__struct_fields__)


def papers_json(sample: Sample) -> bytes:
    """Return a sample as JSON."""
    return msgspec.json.format(msgspec.json.encode(sample), indent=2) + b"\n"


def papers_csv(sample: Sample) -> bytes:
    """Return a sample as CSV: lines on how it was drawn, an empty line, then a header and a line for each item."""
    return csv_of((*drawn_rows(sample), (), *item_rows(sample)))


def papers_xlsx(sample: Sample) -> bytes:
    """Return a sample as a workbook."""
    header = 2 if sample.synthetic else 1
    return workbook((Sheet("How it was drawn", drawn_rows(sample)), Sheet("Items", item_rows(sample), header)))


def drawn_rows(sample: Sample) -> Iterable[Sequence[str]]:
    """Yield what stands over a sample: how it was drawn, of what, and where on the axes."""
    if sample.synthetic:
        yield "SYNTHETIC", SYNTHETIC
    by = sample.recorded_by
    yield "sample of", sample.of
    yield "population", sample.population
    yield "population size", str(sample.population_size)
    yield "sample size", str(sample.size)
    yield "seed", sample.seed
    yield "method", sample.method
    yield "log", sample.log
    yield "as of", sample.as_of or "the last event"
    yield "known cut", sample.known_cut
    yield "reading", sample.reading
    yield "position", str(by.position)
    yield "recorded at", by.recorded_at or ""
    yield "root", sample.root
    yield "withheld", str(sample.withheld)
    for batch in sample.batches:
        yield "import batch", batch.batch, batch.imported_by, batch.recorded_at
    if sample.notice:
        yield "notice", sample.notice


def item_rows(sample: Sample) -> Iterable[Sequence[str]]:
    """Yield a header, and a row for each item with columns to fill."""
    if sample.synthetic:
        yield "SYNTHETIC", SYNTHETIC
    yield (*HEADERS, *TO_FILL)
    for item in sample.items:
        yield (*(_words(getattr(item, name)) for name in item.__struct_fields__), *("" for _ in TO_FILL))


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(cast("tuple[str, ...]", value))
    return "yes" if value is True else "" if value in (None, False) else str(value)
