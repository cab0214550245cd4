"""What the vault refuses."""

from domain.refusals import Conflict, IntegrityFailure, NotFound, Refusal


class VaultAbsent(NotFound):
    """There is no vault in this home."""


class VaultExists(Conflict):
    """There is a vault in this home already."""


class MasterKeyUnfit(Refusal):
    """The master key is missing, open to others, or not the one that wrapped the keys of this vault."""


class KeyAbsent(NotFound):
    """The vault has no key for this person: erased, or not brought along with the record."""


class DoesNotOpen(IntegrityFailure):
    """A sealed text is not what its person's key sealed."""
