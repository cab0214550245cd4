"""The keys of a vault opened with its master key: each is wrapped under the name of what it is for."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.vault.keys import PERSONS, Keys
from ledger.vault.master import KEY_BYTES
from ledger.vault.refusals import KeyAbsent, MasterKeyUnfit
from ledger.vault.sealing import NONCE_BYTES


class Keyring:
    """The keys of persons, or of documents, made and read."""

    def __init__(self, keys: Keys, master: bytes) -> None:
        self.keys = keys
        self._master = AESGCM(master)

    def key(self, name: str, *, new: bool) -> bytes:
        """Return a key; where it is `new` and there is none, one is made.

        Raises:
            KeyAbsent: there is none, and a second one would not mend that.
            MasterKeyUnfit: another master key wrapped it.
        """
        try:
            return self._unwrapped(name, self.keys.read(name))
        except KeyAbsent:
            if not new:
                raise
        key, nonce = self._draw(name)
        try:
            self.keys.write(name, nonce + self._master.encrypt(nonce, key, self._about(name)))
        except FileExistsError:  # another process was quicker
            return self._unwrapped(name, self.keys.read(name))
        return key

    def _draw(self, name: str) -> tuple[bytes, bytes]:
        """Return a new key, and the nonce with which it is wrapped."""
        del name
        return secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)

    def _unwrapped(self, name: str, wrapped: bytes) -> bytes:
        nonce, data = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._master.decrypt(nonce, data, self._about(name))
        except (InvalidTag, ValueError):
            raise MasterKeyUnfit(
                f"the key of {name} does not open with this master key",
                remedy="see LEDGER1540_MASTER_KEY and LEDGER1540_MASTER_KEY_FILE; if it is right, restore the vault",
            ) from None

    def _about(self, name: str) -> bytes:
        """Return the associated data, by which the key of a document is none of a person of the same name."""
        return (name if self.keys.room == PERSONS else f"{self.keys.room}\n{name}").encode()
