"""The Committee's exchange with a State about its matrix."""

from typing import ClassVar

from domain.recorded import Event, RecordedInError
from domain.values import Sha256, StateCode, Uuid


class MatrixSent(Event, frozen=True, kw_only=True):
    """A manifest was sent to the State."""

    TYPE: ClassVar[str] = "exchange.matrix-sent"
    state: StateCode
    manifest: Sha256
    basis: tuple[Uuid, ...]


class ExchangeRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the exchange should never have been recorded."""

    TYPE: ClassVar[str] = "exchange.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (MatrixSent, ExchangeRecordedInError)
