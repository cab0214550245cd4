"""Where nonces come from: the machine's randomness, or a seed where a whole record is made up."""

import hashlib
import secrets
from typing import Protocol

NONCE_BYTES = 16


class Nonces(Protocol):
    """Gives each event its nonce."""

    def at(self, position: int) -> bytes:
        """Return 16 bytes for the event at `position`."""
        ...


class SystemNonces:
    """Nonces that nobody can guess."""

    def at(self, position: int) -> bytes:
        """Return fresh bytes, whatever the position."""
        del position
        return secrets.token_bytes(NONCE_BYTES)


class SeededNonces:
    """Nonces that follow from a seed and the position, so that one seed gives one root; hides nothing."""

    def __init__(self, seed: int) -> None:
        self._prefix = f"ledger1540 simulation {seed} ".encode()

    def at(self, position: int) -> bytes:
        """Return the bytes that this seed has for this position."""
        return hashlib.sha256(self._prefix + str(position).encode()).digest()[:NONCE_BYTES]
