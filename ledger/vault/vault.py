"""A vault opened with its master key: it seals fields of persons and opens them again, as long as their keys exist."""

import secrets

from domain.sealed import Sealed
from ledger.vault import sealing
from ledger.vault.keyring import Keyring
from ledger.vault.master import KEY_BYTES


class Vault(Keyring):
    """The keys of persons, each wrapped by the master key under the id of its person."""

    def seal(self, person: str, field: str, command: str, text: str, *, new: bool) -> Sealed:
        """Return a text sealed for a person; one who is `new` to the record gets a key if they have none.

        Raises:
            KeyAbsent: someone on record has none, which a second key would not mend.
        """
        return sealing.seal(self.key(person, new=new), person, field, command, text)

    def unseal(self, person: str, field: str, sealed: Sealed) -> tuple[bytes, str]:
        """Return r and the text.

        Raises:
            KeyAbsent: the person has no key (any more).
            DoesNotOpen: it was not sealed so.
        """
        return sealing.unseal(self.key(person, new=False), person, field, sealed)


def throwaway(person: str, field: str, command: str, text: str) -> Sealed:
    """Return a text sealed with a key that nobody keeps, for what is only tried."""
    return sealing.seal(secrets.token_bytes(KEY_BYTES), person, field, command, text)
