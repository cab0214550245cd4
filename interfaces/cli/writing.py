"""Files that commands write: whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from domain.refusals import MalformedInput


def written(path: Path, lines: Iterable[bytes], *, where: str = "--to") -> None:
    """Write a file whole or not at all.

    Raises:
        MalformedInput: it cannot be written there.
    """
    temporary = path.with_name(f".{path.name}.partly")
    try:
        with temporary.open("wb") as file:
            file.writelines(lines)
        temporary.replace(path)
    except OSError as error:
        raise MalformedInput(f"cannot write {path}: {error.strerror or error}", where=where) from None
    finally:
        temporary.unlink(missing_ok=True)
