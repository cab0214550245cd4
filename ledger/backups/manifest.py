"""The manifest of a backup: which record, how far, under which root, and every file with its hash."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from ledger.backups.refusals import BackupDamaged, NoBackup

NAME = "manifest.json"
LEFT_OUT = ("signer", "vault", "views.sqlite", "actor")
"""What of a home is in no backup: apart, what is kept shows a roll-back, and an erased person stays erased."""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a backup, its size and its SHA-256."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup says of itself; `checkpoint` was signed before it was made, and `policy` names the keys."""

    kind: Literal["ledger1540 backup 1"] = "ledger1540 backup 1"
    origin: str
    events: int
    root: str
    recorded_at: str | None
    checkpoint: str | None
    policy: str | None
    left_out: tuple[str, ...] = LEFT_OUT
    files: tuple[File, ...]

    def __bytes__(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def files_in(folder: Path) -> tuple[File, ...]:
    """Return the files of a folder in order of name, hashed, the manifest left out."""
    paths = sorted(each for each in folder.rglob("*") if each.is_file() and each != folder / NAME)
    return tuple(File(each.relative_to(folder).as_posix(), *_hashed(each)) for each in paths)


def checked(folder: Path) -> Manifest:
    """Return the manifest of a backup whose files are all as it says.

    Raises:
        NoBackup: there is no manifest.
        BackupDamaged: a file is missing, there is one more, or one is not what it was.
    """
    try:
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        raise NoBackup(f"there is no {NAME} in {folder}") from None
    except msgspec.DecodeError as error:
        raise BackupDamaged(f"{folder / NAME} cannot be read: {error}") from None
    wrong = next(_wrong(found, folder), None)
    if wrong is not None:
        raise BackupDamaged(wrong, where=str(folder), remedy="take another backup, or a copy of this one")
    return found


def _wrong(manifest: Manifest, folder: Path) -> Iterator[str]:
    said, there = {each.path: each for each in manifest.files}, {each.path: each for each in files_in(folder)}
    yield from (f"{path} is missing" for path in sorted(said.keys() - there.keys()))
    yield from (f"{path} is not in the manifest" for path in sorted(there.keys() - said.keys()))
    yield from (f"{path} is not what it was" for path, each in said.items() if there[path] != each)


def _hashed(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        return os.fstat(file.fileno()).st_size, found
