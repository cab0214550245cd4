"""The reference files, read."""

import csv
import io
import json
from importlib.resources import files


def bytes_of(name: str) -> bytes:
    """Return the bytes of a reference file."""
    return files("interfaces.reference").joinpath(name).read_bytes()


def json_of(name: str) -> object:
    """Return what a reference file of JSON holds."""
    found: object = json.loads(bytes_of(name))
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a reference table by column."""
    return list(csv.DictReader(io.StringIO(bytes_of(name).decode(), newline="")))
