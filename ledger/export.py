"""The log as lines of JSON, with the stored bytes spliced in, and the documents beside it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from domain.header import Header
from ledger.mapper import Stored, header_at
from ledger.refusals import DocumentGone

MaySee = Callable[[Header], bool]


def log_lines(events: Iterable[Stored], may_see: MaySee) -> Iterator[bytes]:
    """Yield one line for each event, ending in LF; without body and nonce where the reader may not see them."""
    for event in events:
        seen = may_see(header_at(event.position, event.header))
        if seen and event.body is not None and event.nonce is not None:
            nonce = event.nonce.hex().encode()
            yield b'{"header":' + event.header + b',"body":' + event.body + b',"nonce":"' + nonce + b'"}\n'
        else:
            yield b'{"header":' + event.header + b"}\n"


def export_documents(given: Iterable[tuple[str, bytes | None]], folder: Path) -> int:
    """Write documents, each under the name by which the record knows it, and return how many.

    Raises:
        DocumentGone: one of them is not in the store.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in given:
        if data is None:
            raise DocumentGone(f"document {name} is not in the store", remedy="run `ledger1540 verify`")
        (folder / name).write_bytes(data)
        count += 1
    return count
