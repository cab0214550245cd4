"""The folder that the site is in: what would change in it, and how it changes at once or not at all."""

import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.refusals import Conflict, MalformedInput

LIST = "ledger1540-site.json"
"""The file in which the site names the files that it wrote."""


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which log a site is, where it will be if that was said, and the SHA-256 of each file that was written."""

    format: int
    log: str
    files: dict[str, str]
    url: str | None = None


class Plan(NamedTuple):
    """What would change in a folder; `foreign` are files in it that no site wrote, which stay."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """True where the folder is not what it should be."""
        return bool(self.added or self.changed or self.removed)


def address(folder: Path) -> str | None:
    """Return where the site in a folder will be, as was said when it was written last.

    Raises:
        Conflict: what it says of itself cannot be read.
    """
    before = _written(folder) if folder.is_dir() else None
    return None if before is None else before.url


def plan(folder: Path, log: str, files: Mapping[str, bytes], url: str | None = None) -> Plan:
    """Return what would change in a folder so that it holds these files.

    Raises:
        Conflict: it holds something else, another record's site, or a file of somebody else's where a page goes.
    """
    if folder.exists() and not folder.is_dir():
        raise Conflict(f"{folder} is no folder", where="DIR", remedy="name another")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
    before = _written(folder)
    if before is None and there:
        raise Conflict(
            f"{folder} holds something else, as {min(there)}",
            where="DIR",
            remedy="name a folder that is new, empty, or was made by publish-site",
        )
    if before is not None and before.log != log:
        raise Conflict(f"{folder} is the site of another record, {before.log}", where="DIR", remedy="name another")
    ours = set[str]() if before is None else {*before.files, LIST}
    foreign = tuple(sorted(there - ours))
    taken = [path for path in foreign if path in files]
    if taken:
        raise Conflict(f"{folder / taken[0]} is not of this site, and a page goes there", where="DIR", remedy="move it")
    new = _listed(log, files, url)
    kept = {path for path in there & set(new) if _digest(folder / path) == sha256(new[path]).hexdigest()}
    return Plan(
        added=tuple(path for path in new if path not in there),
        changed=tuple(path for path in new if path in there and path not in kept),
        removed=tuple(sorted((ours & there) - set(new))),
        foreign=foreign,
    )


def mend(folder: Path) -> None:
    """Put back what a run left aside that was broken off between its two renamings, and clear what else it left."""
    target, *left = _places(folder)
    if left[1].exists() and not target.exists():
        left[1].replace(target)
    for each in left:
        shutil.rmtree(each, ignore_errors=True)


def _places(folder: Path) -> tuple[Path, Path, Path]:
    """Return where the site is, where the new one is built, and where the old one waits while they are swapped."""
    target = folder.resolve()
    return target, target.with_name(f".{target.name}.partly"), target.with_name(f".{target.name}.before")


def put(
    folder: Path, log: str, files: Mapping[str, bytes], foreign: tuple[str, ...] = (), url: str | None = None
) -> None:
    """Put a site in the place of a folder that was mended: built beside it, then swapped.

    Raises:
        MalformedInput: it cannot be written there.
    """
    target, beside, before = _places(folder)
    try:
        for path, data in _listed(log, files, url).items():
            place = beside / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        for path in foreign:
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target / path, beside / path, follow_symlinks=False)
        if target.exists():
            target.replace(before)
        beside.replace(target)
        shutil.rmtree(before, ignore_errors=True)
    except OSError as error:
        raise MalformedInput(f"cannot write {folder}: {error.strerror or error}", where="DIR") from None


def _listed(log: str, files: Mapping[str, bytes], url: str | None) -> dict[str, bytes]:
    """Return the files with the list of them."""
    digests = {path: sha256(data).hexdigest() for path, data in sorted(files.items())}
    listed = msgspec.json.encode(Written(format=1, log=log, files=digests, url=url))
    return {**files, LIST: msgspec.json.format(listed, indent=2) + b"\n"}


def _written(folder: Path) -> Written | None:
    try:
        return msgspec.json.decode((folder / LIST).read_bytes(), type=Written)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise Conflict(f"{folder / LIST} cannot be read", where="DIR", remedy="name another folder") from None


def _digest(path: Path) -> str | None:
    return None if path.is_symlink() else sha256(path.read_bytes()).hexdigest()
