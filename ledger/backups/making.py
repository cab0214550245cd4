"""Making a backup of a record that goes on being written to: all of it or nothing appears."""

import os
import shutil
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ledger import archive, opening
from ledger.backups.manifest import NAME, Manifest, files_in
from ledger.backups.refusals import BackupExists, NoBackup
from ledger.copying import Place, Progress, copy
from ledger.documents import sync_folder
from ledger.mapper import header_at
from ledger.proving.checkpoint import checkpoint
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note
from ledger.proving.signer import check_grown
from ledger.rules import Rules
from ledger.sqlite.making import settle

TAR = ".tar"
_LAST = "SELECT position, header FROM events ORDER BY position DESC LIMIT 1"


def back_up(
    source: Place,
    to: Path,
    *,
    signed: Note | None = None,
    policy: str | None = None,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Copy a record with its documents and its access log to a new folder, or to one file ending in `.tar`.

    The copy is verified whole before it appears. It is an SQLite database whatever the record's own is.

    Raises:
        BackupExists: there is something.
        CopyDiffers: the record is not sound, and so not backed up.
        RecordRolledBack: it is not what was signed; nor does it then appear.
    """
    if to.exists():
        raise BackupExists(f"{to} is there already", where="target", remedy="give each backup a name of its own")
    partly = to.with_name(f".{to.name}.partly")
    _remove(partly)
    partly.mkdir(mode=0o700, parents=True)
    here = Place(archive.in_home(partly), partly)
    try:
        copy(source, here, rules=rules, progress=progress)
        settle(archive.in_home(partly).path)
        manifest = _manifest(here, signed, policy)
        _write(partly / NAME, bytes(manifest))
        _appear(partly, to)
    finally:
        _remove(partly)
    return manifest


def _manifest(here: Place, signed: Note | None, policy: str | None) -> Manifest:
    with opening.snapshot(here.address) as snapshot:
        size, header = snapshot.row(_LAST) or (0, b"")
        tree = LogTree(snapshot)
        if signed is not None:
            check_grown(checkpoint(signed), size, tree)
        root = tree.root(size).hex()
    return Manifest(
        origin=opening.read(here.address).origin,
        events=size,
        root=root,
        recorded_at=header_at(size, header).recorded_at if size else None,
        checkpoint=None if signed is None else bytes(signed).decode(),
        policy=policy,
        files=files_in(here.home),
    )


def _appear(partly: Path, to: Path) -> None:
    for each in (*partly.rglob("*"), partly):
        if each.is_dir():
            sync_folder(each)
    if to.suffix == TAR:
        packed = to.with_name(f".{to.name}.packed")
        with packed.open("wb") as file:
            packed.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w") as tar:
                tar.add(partly, arcname=to.stem)
            file.flush()
            os.fsync(file.fileno())
        packed.replace(to)
    else:
        partly.rename(to)
    sync_folder(to.parent)


@contextmanager
def unpacked(backup: Path, beside: Path) -> Generator[Path]:
    """Give the folder of a backup; that of a file is laid beside something for as long as it is needed.

    Raises:
        NoBackup: there is none.
    """
    if backup.suffix != TAR or backup.is_dir():
        yield backup
        return
    folder = beside.with_name(f".{beside.name}.unpacked")
    _remove(folder)
    try:
        with tarfile.open(backup) as tar:
            tar.extractall(folder, filter="data")
        yield next(folder.iterdir(), folder)
    except (FileNotFoundError, tarfile.TarError) as error:
        raise NoBackup(f"{backup} cannot be read: {error}") from None
    finally:
        _remove(folder)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
