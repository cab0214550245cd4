"""The frozen files: the schemas of every event type and version, and instances of them, byte for byte.

A file that exists never changes. `index.json` holds the SHA-256 of each; `python -m interfaces.run.golden` adds
files for new types and refuses to touch old ones.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

HEADER = ("header", 1)
PUBLISHED = ("published.matrix", 1)
INDEX = "index.json"


class NotFrozen(LookupError):
    """A type version that has no golden files."""


class Instance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event as it would be stored: header and body in canonical JSON, nonce and leaf hash in hex."""

    header: str
    body: str
    nonce: str
    leaf: str


def folder() -> Traversable:
    """Return the folder of the golden files."""
    return files("schemas").joinpath("golden")


def names() -> tuple[str, ...]:
    """Return every frozen event type as `type@version`, sorted; header and published matrix are not among them."""
    others = {f"{name}@{version}" for name, version in (HEADER, PUBLISHED)}
    found = (entry.name for entry in folder().iterdir() if entry.is_dir())
    return tuple(sorted(name for name in found if name not in others))


def json_schema(type_name: str, version: int) -> str:
    """Return the frozen JSON Schema of a type version.

    Raises:
        NotFrozen: there is none.
    """
    return _read(type_name, version, "schema.json")


def avro_schema(type_name: str, version: int) -> str:
    """Return the frozen Avro schema of a type version.

    Raises:
        NotFrozen: there is none.
    """
    return _read(type_name, version, "schema.avsc")


def value_schema(type_name: str, version: int) -> str:
    """Return the frozen Avro schema of the values that a type version has in the stream.

    Raises:
        NotFrozen: there is none.
    """
    return _read(type_name, version, "value.avsc")


def value(type_name: str, version: int, number: int) -> bytes:
    """Return the frozen Avro form of an instance, the first being number 1.

    Raises:
        NotFrozen: there is none.
    """
    path = folder().joinpath(f"{type_name}@{version}", f"value-{number}.avro")
    if not path.is_file():
        raise NotFrozen(f"{type_name}@{version} has no golden {path.name}")
    return path.read_bytes()


def instances(type_name: str, version: int) -> tuple[Instance, ...]:
    """Return the frozen instances of a type version, in order.

    Raises:
        NotFrozen: there are none.
    """
    found: list[Instance] = []
    while (text := _text(type_name, version, f"instance-{len(found) + 1}.json")) is not None:
        found.append(msgspec.json.decode(text, type=Instance))
    if not found:
        raise NotFrozen(f"{type_name}@{version} has no golden instance")
    return tuple(found)


def index() -> dict[str, str]:
    """Return the SHA-256 of every golden file by its path, `matrix.cell-assessed@1/schema.json`."""
    return msgspec.json.decode(folder().joinpath(INDEX).read_bytes(), type=dict[str, str])


def _read(type_name: str, version: int, name: str) -> str:
    found = _text(type_name, version, name)
    if found is None:
        raise NotFrozen(f"{type_name}@{version} has no golden {name}")
    return found


def _text(type_name: str, version: int, name: str) -> str | None:
    path = folder().joinpath(f"{type_name}@{version}", name)
    return path.read_bytes().decode() if path.is_file() else None
