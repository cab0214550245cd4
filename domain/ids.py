"""How things are named: commands, events and streams."""

from uuid import NAMESPACE_URL, UUID, uuid5


def command_id(key: str) -> str:
    """Return the id of a command: `key` itself if it is a UUID, else the UUIDv5 of `ledger1540:` and the key.

    The same key always gives the same id, so that a repeated command is recognised.
    """
    try:
        if len(key) == 36:
            return str(UUID(key))
    except ValueError:
        pass
    return str(uuid5(NAMESPACE_URL, "ledger1540:" + key))


def event_id(command: str, index: int) -> str:
    """Return the id of the event with `index` (from 0) among those of the command with id `command`."""
    return str(uuid5(UUID(command), str(index)))


def event_reference(reference: str) -> str:
    """Return the event id that `reference` names: itself, or `KEY#INDEX` of the command that recorded it."""
    key, mark, index = reference.rpartition("#")
    return event_id(command_id(key), int(index)) if mark and index.isdecimal() else reference


def prefix(stream: str) -> str:
    """Return the kind of thing a stream is about: `matrix` for `matrix/KEN/7`."""
    return stream.partition("/")[0]


def matrix(state: str) -> str:
    """Return the stream of a State's matrix acts."""
    return f"matrix/{state}"


def matrix_revision(state: str, revision: int) -> str:
    """Return the stream of the cells of one revision."""
    return f"matrix/{state}/{revision}"


def exchange(state: str) -> str:
    """Return the stream of the Committee's exchange with a State."""
    return f"exchange/{state}"


def consent(state: str) -> str:
    """Return the stream of a State's consent and of what was published under it."""
    return f"consent/{state}"
