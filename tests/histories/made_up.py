"""What made-up histories begin with: actors, States, templates and their mappings, documents."""

from domain.actor import GrantRole, RegisterActor
from domain.document import RegisterDocument
from domain.mapping import AdoptMapping, MappedRow
from domain.matrix.events import Source
from domain.state import RegisterState
from domain.template import AdoptTemplate, Field, LegendEntry
from tests.memory_record import MemoryRecord

STATES = ("KEN", "FRA")


TEMPLATES = ("T1", "T2", "T3")


DOCUMENTS = ("paper-1", "paper-2", "paper-3")
"""Documents on record from the beginning; cells may cite others that are not."""
ALL = ("X", "?", "NA", "")


def cell(template: str, item: int, weapon: str = "nw") -> str:
    """Return the id of a cell of a made-up template."""
    return f"{template}/op1-{item}-{weapon}-legal"


def field(name: str, allowed: tuple[str, ...] = ALL) -> Field:
    """Return a made-up row."""
    item, weapon = name.split("-")[1:3]
    return Field(
        cell=name,
        label=f"row {item}",
        section="op1",
        item=int(item),
        weapon=weapon,
        aspect="legal",
        allowed=allowed,
        confidence="low",
    )


LEGEND = (LegendEntry(value="X", meaning="in the sources"), LegendEntry(value="?", meaning="unclear"))


FIELDS = {
    "T1": tuple(field(cell("T1", item)) for item in (1, 2, 3, 4, 5, 6)),
    "T2": (
        field(cell("T2", 1), ("X", "?")),
        field(cell("T2", 2)),
        field(cell("T2", 3, "cw")),
        field(cell("T2", 3, "bw")),
        field(cell("T2", 4)),
        field(cell("T2", 7)),
    ),
    "T3": (
        field(cell("T3", 1)),
        field(cell("T3", 2)),
        field(cell("T3", 5, "cw")),
        field(cell("T3", 5, "bw"), ("X", "")),
        field(cell("T3", 4)),
        field(cell("T3", 9)),
    ),
}


_ROWS: dict[tuple[str, str], tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    ("T1", "T2"): (
        ("kept", (cell("T1", 1),), (cell("T2", 1),)),
        ("renamed", (cell("T1", 2),), (cell("T2", 2),)),
        ("split", (cell("T1", 3),), (cell("T2", 3, "cw"), cell("T2", 3, "bw"))),
        ("merged", (cell("T1", 5), cell("T1", 4)), (cell("T2", 4),)),
        ("dropped", (cell("T1", 6),), ()),
        ("new", (), (cell("T2", 7),)),
    ),
    ("T2", "T3"): (
        ("kept", (cell("T2", 1),), (cell("T3", 1),)),
        ("merged", (cell("T2", 2), cell("T2", 3, "cw")), (cell("T3", 2),)),
        ("split", (cell("T2", 3, "bw"),), (cell("T3", 5, "cw"), cell("T3", 5, "bw"))),
        ("renamed", (cell("T2", 4),), (cell("T3", 4),)),
        ("dropped", (cell("T2", 7),), ()),
        ("new", (), (cell("T3", 9),)),
    ),
}


def mapped(before: str, after: str) -> tuple[MappedRow, ...]:
    """Return the rows of a made-up mapping."""
    return tuple(
        MappedRow(became=became, from_cells=old, to_cells=new, ground="made up", confidence="low")
        for became, old, new in _ROWS[before, after]
    )


def source(name: str = "report-1", words: str = "words") -> Source:
    """Return a source that a cell may cite."""
    return Source(document_id=name, locator="p. 1", quotation=words, language="en", translation="")


def founded(now: str = "2008-01-07T15:00:00.000000Z") -> MemoryRecord:
    """Return a record with three actors, two States, three templates, their mappings, and documents."""
    record = MemoryRecord(now=now)
    for name, role in (("sec", "secretariat"), ("sec2", "secretariat"), ("chair", "chair")):
        record.submit(RegisterActor(id=f"actor-{name}", actor="sec", name=name, kind="person"))
        record.submit(GrantRole(id=f"grant-{name}", actor="sec", to=name, granted_role=role))
    for state in STATES:
        record.submit(
            RegisterState(
                id=f"state-{state}",
                actor="sec",
                state=state,
                iso2=state[:2],
                m49="000",
                name=state,
                name_fr=state,
                regional_group="",
                admitted=1945,
            )
        )
    for name, fields in FIELDS.items():
        record.submit(
            AdoptTemplate(
                id=f"template-{name}",
                actor="sec",
                template=name,
                legend=LEGEND,
                notice=f"This is {name}.",
                fields=fields,
            )
        )
    for before, after in _ROWS:
        record.submit(
            AdoptMapping(
                id=f"mapping-{after}",
                actor="sec",
                from_template=before,
                to_template=after,
                rows=mapped(before, after),
            )
        )
    for name in DOCUMENTS:
        sha256 = record.store(name.encode())
        record.submit(
            RegisterDocument(
                id=f"document-{name}",
                actor="sec",
                document=name,
                title="a report",
                sha256=sha256,
                size=len(name),
                media_type="text/plain",
                language="en",
            )
        )
    return record
