"""A vault opened with its master key: it seals fields of persons and opens them again, as long as their keys exist."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealed import Sealed
from ledger.vault import sealing
from ledger.vault.keys import Keys
from ledger.vault.master import KEY_BYTES
from ledger.vault.refusals import KeyAbsent, MasterKeyUnfit


class Vault:
    """The keys of persons, each wrapped by the master key under the id of its person."""

    def __init__(self, keys: Keys, master: bytes) -> None:
        self.keys = keys
        self._master = AESGCM(master)

    def seal(self, person: str, field: str, command: str, text: str, *, new: bool) -> Sealed:
        """Return a text sealed for a person; one who is `new` to the record gets a key if they have none.

        Raises:
            KeyAbsent: someone on record has none, which a second key would not mend.
        """
        return sealing.seal(self._key(person, new=new), person, field, command, text)

    def unseal(self, person: str, field: str, sealed: Sealed) -> tuple[bytes, str]:
        """Return r and the text.

        Raises:
            KeyAbsent: the person has no key (any more).
            DoesNotOpen: it was not sealed so.
        """
        return sealing.unseal(self._key(person, new=False), person, field, sealed)

    def _key(self, person: str, *, new: bool) -> bytes:
        try:
            return self._unwrapped(person, self.keys.read(person))
        except KeyAbsent:
            if not new:
                raise
        key, nonce = self._draw(person)
        try:
            self.keys.write(person, nonce + self._master.encrypt(nonce, key, person.encode()))
        except FileExistsError:  # another process was quicker
            return self._unwrapped(person, self.keys.read(person))
        return key

    def _draw(self, person: str) -> tuple[bytes, bytes]:
        """Return a new key for a person, and the nonce with which it is wrapped."""
        del person
        return secrets.token_bytes(KEY_BYTES), secrets.token_bytes(sealing.NONCE_BYTES)

    def _unwrapped(self, person: str, wrapped: bytes) -> bytes:
        nonce, data = wrapped[: sealing.NONCE_BYTES], wrapped[sealing.NONCE_BYTES :]
        try:
            return self._master.decrypt(nonce, data, person.encode())
        except (InvalidTag, ValueError):
            raise MasterKeyUnfit(
                f"the key of {person} does not open with this master key",
                remedy="see LEDGER1540_MASTER_KEY and LEDGER1540_MASTER_KEY_FILE; if it is right, restore the vault",
            ) from None


def throwaway(person: str, field: str, command: str, text: str) -> Sealed:
    """Return a text sealed with a key that nobody keeps, for what is only tried."""
    return sealing.seal(secrets.token_bytes(KEY_BYTES), person, field, command, text)
