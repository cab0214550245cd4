"""Lists of others as tests write and import them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from domain.assistance.request_events import RequestReceived
from interfaces.importing.batch import import_files
from interfaces.importing.lists import profiles
from interfaces.importing.outcomes import Imported
from interfaces.importing.reading import Given
from ledger.record import Record

MADE_UP = Path(__file__).parent / "files" / "assistance-requests.xlsx"
HEADER = ("request", "requester", "subject", "needs", "received")
REQUEST = ("MU-1", "Kenya", "Export controls", "Training", "2013-05-03")
Feed = Callable[..., Imported]


def write(path: Path, *rows: Sequence[str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def feed_file(home: Path, path: Path, profile: str, *, known: str | None = None, **options: Any) -> Imported:
    said = Given(actor="sec", known=known, synthetic=True, profile=profiles.named(home, profile))
    return import_files(home, [path], said, **options)[0]


def requests(home: Path) -> list[RequestReceived]:
    with Record.open(home) as record:
        return [event.body for event in record.recorded() if isinstance(event.body, RequestReceived)]


def last(home: Path) -> int:
    with Record.open(home) as record:
        return record.last_position
