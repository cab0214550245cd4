"""The vault of a simulated record: its keys follow from the seed, so that one seed gives one root; it hides nothing."""

import hmac

from domain.sealed import Sealed
from ledger.archive import SIMULATION
from ledger.refusals import OriginUnfit
from ledger.vault import sealing
from ledger.vault.keys import Keys
from ledger.vault.vault import Vault


class SimulatedVault(Vault):
    """A vault as any other, but for where its keys come from."""

    def __init__(self, keys: Keys, origin: str, seed: int) -> None:
        """Open the vault of a simulation.

        Raises:
            OriginUnfit: the record is none, and its persons are not made up.
        """
        if not origin.endswith(SIMULATION):
            raise OriginUnfit(
                f"{origin} is no simulation: the keys of its persons follow from no seed",
                where="origin",
                remedy="make a vault with `ledger1540 make-vault`",
            )
        super().__init__(keys, _drawn(seed, "master key"))
        self._seed = seed

    def keep(self, person: str) -> None:
        """Keep the key of a person, as when they come on record."""
        self.key(person, new=True)

    def _draw(self, name: str) -> tuple[bytes, bytes]:
        return _key_of(self._seed, name), _drawn(self._seed, f"nonce {name}")[: sealing.NONCE_BYTES]


def sealed(seed: int, person: str, field: str, command: str, text: str) -> Sealed:
    """Return a text as the vault of a simulation seals it, before there is any."""
    return sealing.seal(_key_of(seed, person), person, field, command, text)


def _key_of(seed: int, person: str) -> bytes:
    return _drawn(seed, f"person {person}")


def _drawn(seed: int, what: str) -> bytes:
    return hmac.digest(f"ledger1540 simulation {seed}".encode(), what.encode(), "sha256")
