"""Why connections were lost: the client's library logs it, and then raises that nobody answered in time."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_LOGGER = "kafka.net"
_TELLING = ("Sasl", "Handshake failed", "Invalid frame length")
"""Beside these, an error says no more than that nobody answered."""

_CUT = "socket disconnected"
"""A broker may end a connection without a word, where it does not take who asks."""


class Heard(logging.Handler):
    """Remembers the errors that are logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._errors: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take the errors that a line is about."""
        given = record.args if isinstance(record.args, tuple) else ()
        self._errors += [each for each in given if isinstance(each, BaseException)]

    def why(self) -> str:
        """Return why a connection could not be made, in brackets; nothing where it is only that nobody answers."""
        said = [str(each) for each in self._errors]
        telling = [each for each in said if any(words in each for words in _TELLING)]
        if telling:
            return f" ({telling[-1]})"
        cut = any(_CUT in each for each in said)
        return " (the connection was ended from there: see protocol, name and password)" if cut else ""


@contextmanager
def heard() -> Generator[Heard]:
    """Hear what the library logs in the meantime."""
    handler, logger = Heard(), logging.getLogger(_LOGGER)
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
