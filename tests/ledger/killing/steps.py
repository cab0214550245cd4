"""The steps at which a process is killed: what each activity calls, and whether before or after it."""

import inspect
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ledger import copying, standing
from ledger.backups import making
from ledger.documents import Documents
from ledger.postgres.database import PostgresDatabase
from ledger.proving.folder import Folder
from ledger.proving.head_tree import HeadTree
from ledger.proving.heads import GrowingHeads
from ledger.proving.note import Note
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer
from ledger.proving.signer_files import SignerFiles
from ledger.record import Record
from ledger.recorder import RecordRecorder
from ledger.sqlite.database import SQLiteDatabase
from ledger.unit import Unit
from ledger.vault import keys
from ledger.vault.keys import Keys

When = Literal["before", "after"]


class Step(NamedTuple):
    """A call, and whether to be killed before or after it; `of` looks at what is given to it."""

    name: str
    when: When
    call: str
    owners: tuple[Any, ...]
    of: Callable[..., bool] = lambda *_given, **_named: True

    def arm(self, nth: int, tell: Callable[[str], None]) -> None:
        """Let this process be killed there the n-th time."""
        left = [nth]

        def dies(when: When, *given: Any, **named: Any) -> None:
            if when == self.when and self.of(*given, **named):
                left[0] -= 1
                if left[0] == 0:
                    tell(self.name)
                    os.kill(os.getpid(), signal.SIGKILL)

        for owner in self.owners:
            setattr(owner, self.call, _around(owner, self.call, dies))


def _around(owner: Any, call: str, dies: Callable[..., None]) -> Any:
    original = getattr(owner, call)

    def dying(*given: Any, **named: Any) -> Any:
        dies("before", *given, **named)
        result = original(*given, **named)
        dies("after", *given, **named)
        return result

    return staticmethod(dying) if isinstance(inspect.getattr_static(owner, call), staticmethod) else dying


def among(folder: str) -> Callable[..., bool]:
    """Whether a file that gets its place is in a folder of that name, or further in."""
    return lambda path, _to: folder in path.parts


def within(call: str) -> Callable[..., bool]:
    """Whether this is done by a call of that name."""
    return lambda *_given: any(each.function == call for each in inspect.stack(0))


BOTH: tuple[tuple[When, str], ...] = (("before", "about to be written"), ("after", "written"))
DATABASES = (SQLiteDatabase, PostgresDatabase)


def named(prefix: str) -> Callable[..., bool]:
    """Whether a file of a published log has a name that begins so."""
    return lambda _folder, name, *_rest: name.startswith(prefix)


APPEND = (
    Step("a document is about to be stored", "before", "_write", (Documents,)),
    Step("a document is stored", "after", "_write", (Documents,)),
    Step("a command is decided", "after", "decide", (Unit,)),
    Step("events are about to be written", "before", "append", (RecordRecorder,)),
    Step("events are written", "after", "append", (RecordRecorder,)),
    Step("the index is written", "after", "write", (standing,)),
    Step("it is about to be committed", "before", "_commit", DATABASES),
    Step("it is committed", "after", "_commit", DATABASES),
    Step("it is about to be acknowledged", "after", "submit", (Record,)),
)
SEAL = (
    Step("heads are about to be read", "before", "at_the_end_of", (GrowingHeads,)),
    Step("heads are read", "after", "at_the_end_of", (GrowingHeads,)),
    Step("their root is worked out", "after", "root", (HeadTree,)),
    Step("the seal is about to be committed", "before", "_commit", DATABASES, within("seal")),
    Step("the seal is committed", "after", "_commit", DATABASES, within("seal")),
    Step("the seal is on record", "after", "seal", (Sealer,)),
)
SIGN = (
    Step("it is about to be signed", "before", "sign", (Signer,)),
    Step("what is new is hashed", "after", "_hashed", (Signer,)),
    Step("the note is signed", "after", "signed", (Note,)),
    Step("it is about to be remembered", "before", "remember", (SignerFiles,)),
    Step("the memory is written beside the old one", "before", "replace", (Path,), among("signer")),
    Step("the memory is in its place", "after", "replace", (Path,), among("signer")),
    Step("it is remembered", "after", "remember", (SignerFiles,)),
    Step("it is about to be given out", "after", "sign", (Signer,)),
)
PUBLISH = (
    *(
        Step(f"{name} is {done}", when, "write", (Folder,), named(prefix))
        for name, prefix in (
            ("a tile of leaves", "tile/0"),
            ("a bundle of headers", "tile/entries"),
            ("a file of events", "mirror"),
            ("the checkpoint", "checkpoint"),
        )
        for when, done in BOTH
    ),
    Step("a file is written beside its place", "before", "replace", (Path,), among("log")),
)
ERASE = (
    Step("the erasure is about to be decided", "before", "decide", (Unit,)),
    Step("the erasure is about to be committed", "before", "_commit", DATABASES),
    Step("the erasure is committed", "after", "_commit", DATABASES),
    Step("the key is about to be destroyed", "before", "destroy", (keys,)),
    Step("the key is overwritten", "before", "unlink", (Path,)),
    Step("the key is deleted", "after", "unlink", (Path,)),
    Step("the key is destroyed", "after", "destroy", (Keys,)),
)
BACKUP = (
    Step("the copy is about to begin", "before", "copy", (making,)),
    Step("the rows are copied", "before", "_copy_documents", (copying,)),
    Step("the documents are copied", "after", "_copy_documents", (copying,)),
    Step("the copy is verified", "after", "copy", (making,)),
    Step("the manifest is worked out", "after", "_manifest", (making,)),
    Step("the manifest is written", "after", "_write", (making,)),
    Step("all of it is there under another name", "before", "rename", (Path,)),
    Step("it is in its place", "after", "_appear", (making,)),
)
