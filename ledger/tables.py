"""The record's tables as both databases have them: names, columns, and what PostgreSQL calls their types."""

from typing import NamedTuple


class Table(NamedTuple):
    """A table and its columns, in the order in which rows are given."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    key: tuple[str, ...]


def _table(name: str, key: str, **columns: str) -> Table:
    return Table(name, tuple(columns), tuple(columns.values()), tuple(key.split()))


ARCHIVE = _table("archive", "one", one="bigint", format="bigint", origin="text", seed="text", layout="bigint")
EVENTS = _table(
    *("events", "position"),
    position="bigint",
    event_id="bytea",
    stream="text",
    version="bigint",
    topic="text",
    header="bytea",
)
BODIES = _table("bodies", "position", position="bigint", body="bytea", nonce="bytea")
NODES = _table("nodes", "position", position="bigint", hashes="bytea")
HEADS = _table("heads", "stream", stream="text", version="bigint", leaf="bytea")
COMMANDS = _table(
    *("commands", "command_id"),
    command_id="bytea",
    request_sha256="bytea",
    first_position="bigint",
    last_position="bigint",
)
STANDING = _table(
    *("standing", "state revision cell known_at root_position from_position from_noticed"),
    state="text",
    revision="bigint",
    cell="text",
    known_at="text",
    root_position="bigint",
    from_position="bigint",
    from_noticed="text",
    to_position="bigint",
    to_noticed="text",
    kind="text",
    position="bigint",
    event_id="bytea",
    about="bigint",
    value="text",
    manifest="text",
    known_precision="text",
    repairs="bigint",
)
TRACKING = _table("tracking", "application_name", application_name="text", notification_id="bigint")

ALL = (ARCHIVE, EVENTS, BODIES, NODES, HEADS, COMMANDS, STANDING, TRACKING)
