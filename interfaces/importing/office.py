"""Office files (zip archives of XML) from other hands: nothing in them fills the memory, is run or is followed."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

from domain.refusals import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Generator

MOST_PARTS = 2_000
LARGEST = 256 * 1024 * 1024
"""The most bytes that the parts of a file have together, unpacked."""
LARGEST_PART = 16 * 1024 * 1024
"""The most of a part of XML that libraries read as a whole."""
READ_IN_PIECES = ("/worksheets/", "/sharedstrings")
MOST_PACKED = 300
"""How many times its packed size a part may have, if it is larger than 1 MiB; a real sheet has under a hundred."""
CHUNK = 64 * 1024
SAVE_AGAIN = "open it in the program that made it and save it again"
_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_XML = (".xml", ".rels", ".vml")
_DAMAGED = (
    *(BadZipFile, LargeZipFile, zlib.error, struct.error, expat.ExpatError, SyntaxError, EOFError, OSError),
    *(ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)
"""What libraries raise over a damaged file; none of it tells a person more than that it is damaged."""


class OfficeFileRefused(MalformedInput):
    """A file that is no Office file, is damaged or locked, or is made to do harm."""


def is_office(stream: IO[bytes]) -> bool:
    """Return whether a file begins as Office files do, new ones or old ones, locked or not."""
    stream.seek(0)
    return stream.read(len(_COMPOUND)).startswith((_ZIP, _COMPOUND))


def opened(stream: IO[bytes], name: str) -> ZipFile:
    """Return the archive of an Office file, once it is known that all of its parts can be read without harm.

    Raises:
        OfficeFileRefused: with what is wrong with it.
    """
    stream.seek(0)
    if stream.read(len(_COMPOUND)) == _COMPOUND:
        raise OfficeFileRefused(
            "the file is locked with a password, or of the Office format of before 2007",
            where=name,
            remedy="take the password off, or save it as .xlsx or .docx",
        )
    with damage_refused(name):
        archive = ZipFile(stream)
        _check_kind(archive, name)
        _check_sizes(archive, name)
        for part in archive.infolist():
            _check_beginning(archive, part.filename, name)
    return archive


def ignored(archive: ZipFile) -> list[str]:
    """Return what a file holds that is never run, opened or followed, in words."""
    parts = [part.lower() for part in archive.namelist()]
    found: list[str] = []
    if any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in parts):
        found.append("its macros are ignored")
    if any("/externallinks/" in part for part in parts):
        found.append("its links to other files are ignored")
    if any("/embeddings/" in part for part in parts):
        found.append("files embedded in it are ignored")
    return found


@contextmanager
def damage_refused(name: str) -> Generator[None]:
    """Refuse the file where a library stumbles over it.

    Raises:
        OfficeFileRefused: it is damaged.
    """
    try:
        yield
    except _DAMAGED as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise OfficeFileRefused(f"the file is damaged ({said})", where=name, remedy=SAVE_AGAIN) from None


def _check_kind(archive: ZipFile, name: str) -> None:
    if "mimetype" in archive.namelist() and "content.xml" in archive.namelist():
        raise OfficeFileRefused(
            "the file is of the OpenDocument format", where=name, remedy="save it as .xlsx, .docx or .csv"
        )


def _check_sizes(archive: ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise OfficeFileRefused(f"the file has {len(parts)} parts, more than {MOST_PARTS}", where=name)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise OfficeFileRefused("two parts of the file have the same name", where=name, remedy=SAVE_AGAIN)
    total = 0
    for part in parts:
        said = part.filename[:80]
        if part.flag_bits & _ENCRYPTED:
            raise OfficeFileRefused(f"{said} in it is encrypted", where=name, remedy="take the password off")
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise OfficeFileRefused(f"{said} in it is packed as no Office file is", where=name, remedy=SAVE_AGAIN)
        total += part.file_size
        whole = part.filename.lower().endswith(_XML) and not any(
            each in f"/{part.filename.lower()}" for each in READ_IN_PIECES
        )
        if total > LARGEST or (whole and part.file_size > LARGEST_PART):
            raise OfficeFileRefused(
                "unpacked, the file is too large", where=name, remedy="split it, or save the sheet as CSV"
            )
        if part.file_size > max(1024 * 1024, MOST_PACKED * part.compress_size):
            raise OfficeFileRefused(f"{said} in it unpacks to over {MOST_PACKED} times its size", where=name)


def _check_beginning(archive: ZipFile, part: str, name: str) -> None:
    """Refuse a part that declares a document type, which alone holds entities and stands before all elements."""

    def refuse(*_: object) -> None:
        raise OfficeFileRefused(
            f"{part[:80]} in it declares a document type or entities, which no Office file does", where=name
        )

    begun: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, _: begun.append(tag)
    try:
        with archive.open(part) as stream:
            while not begun and (chunk := stream.read(CHUNK)):
                parser.Parse(chunk)
    except expat.ExpatError:
        if part.lower().endswith(_XML) and not begun:
            raise OfficeFileRefused(f"{part[:80]} in it is no XML", where=name, remedy=SAVE_AGAIN) from None
