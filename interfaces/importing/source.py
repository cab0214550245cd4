"""A file to import: copied once, so that what was checked is what is recorded, and read line by line."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from domain.canonical import nfc
from domain.refusals import MalformedInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from interfaces.importing.faults import Faults

LONGEST_LINE = 8 * 1024 * 1024
IN_MEMORY = 32 * 1024 * 1024
_CHUNK = 1024 * 1024
_UTF8_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
SAVE_AS_UTF8 = "save it as UTF-8"


class Line(NamedTuple):
    """A line of a file, with its number from 1 and its end as it stands."""

    number: int
    text: str


class Source:
    """A copy of one file, its name, its folder, its size and its SHA-256."""

    def __init__(self, path: Path | None, *, sheet: str | None = None) -> None:
        """Copy the file at `path`, or standard input; of a workbook, `sheet` is the one that is meant.

        Raises:
            NotFound: there is no such file, or it cannot be read.
        """
        self.name = "-" if path is None else nfc(path.name.encode("utf-8", "replace").decode())
        self.suffix = "" if path is None else path.suffix.lower()
        self.folder = Path.cwd() if path is None else path.parent
        self.sheet = sheet
        self._copy: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed on exit
        digest = hashlib.sha256()
        try:
            with sys.stdin.buffer if path is None else path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    self._copy.write(chunk)
        except OSError as error:
            self._copy.close()
            reason = "it is a folder" if path is not None and path.is_dir() else error.strerror or str(error)
            raise NotFound(f"cannot read it: {reason}", where=self.name or str(path)) from None
        self.size = self._copy.tell()
        self.sha256 = digest.hexdigest()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._copy.close()

    def stream(self) -> IO[bytes]:
        """Return the copy, at its beginning; whoever reads it leaves it open."""
        self._copy.seek(0)
        return self._copy

    def lines(self, faults: Faults) -> Iterator[Line]:
        """Yield the lines in order; what is no UTF-8 text ends the reading with a fault, other lines go on.

        A byte order mark is dropped. A line holds no NUL and at most `LONGEST_LINE` bytes.
        """
        stream = self.stream()
        offset = number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            start, offset = offset, offset + len(line)
            if number == 1:
                other = next((name for bom, name in _OTHER_BOMS.items() if line.startswith(bom)), None)
                if other is not None:
                    faults.end(self.name, 1, f"the file is {other}: its byte order mark is at offset 0", SAVE_AS_UTF8)
                    return
                line = line.removeprefix(_UTF8_BOM)
                start += offset - start - len(line)
            if len(line) > LONGEST_LINE:
                faults.add(
                    self.name,
                    number,
                    "",
                    f"the line has more than {LONGEST_LINE} bytes",
                    "register large texts as documents",
                )
                offset += self._skip_line(line)
                continue
            nul = line.find(b"\x00")
            if nul >= 0:
                what = f"a NUL byte at offset {start + nul}"
                faults.end(self.name, number, what, f"if the file is UTF-16, {SAVE_AS_UTF8}; else remove it")
                return
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                what = f"byte 0x{line[error.start]:02x} at offset {start + error.start} is not UTF-8"
                faults.end(self.name, number, what, f"if the file is Latin-1 or Windows-1252, {SAVE_AS_UTF8}")
                return
            yield Line(number, text)

    def _skip_line(self, begun: bytes) -> int:
        skipped = 0
        while not begun.endswith(b"\n"):
            begun = self._copy.readline(_CHUNK)
            skipped += len(begun)
            if not begun:
                break
        return skipped


def beside(folder: Path, name: str, *, where: str, largest: int) -> bytes:
    """Return the bytes of a file that another names, which must lie in the same folder or below it.

    Raises:
        MalformedInput: it lies elsewhere, also by way of a link, or is too large.
        NotFound: there is no such file.
    """
    home = folder.resolve()
    try:
        path = (home / name).resolve()
        if not path.is_relative_to(home) or path == home:
            raise MalformedInput(
                f"{name!r} is not in the folder of the file", where=where, remedy="put it beside the file"
            )
        if path.stat().st_size > largest:
            raise MalformedInput(f"{name!r} has more than {largest} bytes", where=where)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise NotFound(f"cannot read {name!r}: {reason}", where=where) from None
