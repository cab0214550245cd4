"""What was disposed of leaves a published log and its mirrors as well: bodies go from the files, headers stay."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from ledger.database import Snapshot
from ledger.proving.folder import Folder
from ledger.proving.pieces import mirror_path
from ledger.proving.tiles import ENTRIES, WIDTH, Tile

_WITHOUT_BODY = """SELECT e.position FROM events AS e LEFT JOIN bodies AS b USING (position)
WHERE b.position IS NULL AND e.position <= ?"""


class _Line(msgspec.Struct):
    header: msgspec.Raw


def without_body(snapshot: Snapshot, size: int) -> list[int]:
    """Return the positions up to `size` whose bodies the record no longer has."""
    return [position for (position,) in snapshot.rows(_WITHOUT_BODY, (size,))]


def take_out(folder: Folder, positions: Iterable[int]) -> int:
    """Take the bodies at some positions out of the files of events; return how many files had one."""
    by_bundle = defaultdict[int, list[int]](list)
    for position in positions:
        index, line = divmod(position - 1, WIDTH)
        by_bundle[index].append(line)
    return sum(
        _take_out(folder, name, lines)
        for index, lines in by_bundle.items()
        # The partial files of smaller trees stay until the full one is there.
        for name in folder.full_and_partial(mirror_path(Tile(ENTRIES, index)))
    )


def _take_out(folder: Folder, name: str, lines: list[int]) -> bool:
    before = (folder.read(name) or b"").splitlines(keepends=True)
    after = list(before)
    for line in lines:
        if line < len(before):
            header = msgspec.json.decode(before[line], type=_Line).header
            after[line] = b'{"header":' + bytes(header) + b"}\n"
    if after == before:
        return False
    folder.write(name, b"".join(after))
    return True
