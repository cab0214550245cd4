"""The States on record: found by code or by any name they ever had, and named as of the date read."""

from collections.abc import Iterator
from typing import Protocol

from domain.deciding import RecordView, fold_of
from domain.refusals import NotFound
from domain.standing import Cut
from domain.state import StateRegistered, StateRenamed, name_at, stream
from projections.close import did_you_mean
from projections.meant import meant, plain


class NamedStreams(RecordView, Protocol):
    """A record that names its streams."""

    def stream_names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of streams that begin with `prefix`."""
        ...


def find(record: NamedStreams, written: str) -> str:
    """Return the code of the State that people mean by a code, or by an English or French name, past or present.

    Raises:
        NotFound: no such State, with names close to what was written.
    """
    code = written.upper()
    if len(code) == 3 and code.isascii() and code.isalpha() and record.history(stream(code)).events:
        return code
    named = names(record)
    found = named.get(plain(written))
    if found is None:
        close = did_you_mean(f"{each} ({name_of(record, each, Cut())})" for each in meant(plain(written), named))
        raise NotFound(
            f"no State {written!r} is on record",
            where="STATE",
            remedy=close or "States are keyed by ISO 3166 alpha-3, such as KEN; names are understood too",
        )
    return found


def names(record: NamedStreams) -> dict[str, str]:
    """Return, for every name that a State ever had, in plain letters, its code."""
    found: dict[str, str] = {}
    for name in record.stream_names("state/"):
        for event in record.history(name).events:
            body = event.body
            if isinstance(body, StateRegistered | StateRenamed):
                found |= {plain(body.name): body.state, plain(body.name_fr): body.state}
    return found


def codes(record: NamedStreams) -> list[str]:
    """Return the codes of all States on record, in order."""
    return [name.removeprefix("state/") for name in record.stream_names("state/")]


def members(record: NamedStreams, cut: Cut) -> list[str]:
    """Return the codes of the States that were on record as Members at a cut, in order."""
    return [code for code in codes(record) if fold_of(record.history(stream(code)).standing(cut), StateRegistered)]


def name_of(record: RecordView, state: str, cut: Cut, language: str = "en") -> str:
    """Return a State's name at a cut, or its code where it had none on record yet."""
    try:
        return name_at(record.history(stream(state)), cut, language)
    except NotFound:
        return state
