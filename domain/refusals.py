"""Named refusals: what is wrong, where, and what to do about it."""


class Refusal(Exception):
    """The record declines: `what` is wrong, `where` it was found, and the `remedy`.

    Subclasses carry the name; the texts are for people. A refusal never leaves anything half-written.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    @property
    def name(self) -> str:
        """The refusal's own name, stable enough to test against and to translate."""
        return type(self).__name__

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{advice}"

    def at(self, where: str) -> "Refusal":
        """Return the same refusal, found at `where`."""
        return type(self)(self.what, where=where, remedy=self.remedy)


class MalformedInput(Refusal):
    """What came in cannot be read as what it should be."""


class NotFound(Refusal):
    """What is asked for is not on record."""


class NotPermitted(Refusal):
    """No role on record allows the actor to do this."""


class Conflict(Refusal):
    """The record has moved on since the person looked."""


class IntegrityFailure(Refusal):
    """What is stored is not what was recorded."""

    exit_code = 3
