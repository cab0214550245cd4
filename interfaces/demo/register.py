"""The register of letters in the simulation: every letter gets the next number of its year once all are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.correspondence.handling import CirculateLetter, CloseLetter, HandOnLetter
from domain.correspondence.letters import ReceiveLetter, SendLetter
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import END, instant, later

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from domain.deciding import Command
    from interfaces.demo.office import Office
    from interfaces.demo.plan import Look

HOUR = 16


class Register:
    """Enters letters under keys; their numbers follow the order of their days."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._days: list[tuple[date, int, str]] = []
        self._numbers: dict[str, str] = {}

    def number(self, key: str) -> str:
        """Return the year and number of a letter; to be asked when all letters have been entered."""
        if not self._numbers:
            counts: dict[int, int] = {}
            for day, _, each in sorted(self._days):
                counts[day.year] = counts.get(day.year, 0) + 1
                self._numbers[each] = f"{day.year}/{counts[day.year]}"
        return self._numbers[key]

    def sent(
        self,
        key: str,
        day: date,
        addressees: tuple[str, ...],
        title: str,
        *,
        reply_by: date | None = None,
        answers: str | None = None,
    ) -> None:
        """Enter a letter that was sent."""
        self._enter(
            key,
            day,
            lambda: SendLetter(
                id=f"sim/letter/{key}",
                actor=SECRETARIAT,
                letter=self.number(key),
                addressees=addressees,
                title=f"SIMULATED {title}",
                dated=day.isoformat(),
                our_reference=f"SIM/{self.number(key)}",
                reply_by=None if reply_by is None else reply_by.isoformat(),
                answers=None if answers is None else self.number(answers),
            ),
        )

    def received(
        self,
        key: str,
        day: date,
        sender: str,
        title: str,
        *,
        reply_by: date | None = None,
        answers: str | None = None,
        language: str = "en",
    ) -> None:
        """Enter a letter that was received."""
        self._enter(
            key,
            day,
            lambda: ReceiveLetter(
                id=f"sim/letter/{key}",
                actor=SECRETARIAT,
                letter=self.number(key),
                sender=sender,
                title=f"SIMULATED {title}",
                received=instant(day, 14),
                dated=later(day, -2).isoformat(),
                their_reference="SIMULATED",
                reply_by=None if reply_by is None else reply_by.isoformat(),
                language=language,
                answers=None if answers is None else self.number(answers),
            ),
        )

    def circulated(self, key: str, day: date) -> None:
        """Circulate a letter to chair, members and experts."""
        self._do(
            day,
            17,
            lambda: CirculateLetter(
                id=f"sim/letter/{key}/circulated",
                actor=SECRETARIAT,
                letter=self.number(key),
                recipients=("chair", "member", "expert"),
            ),
        )

    def handed_on(self, key: str, day: date, holder: str, step: str, due: date) -> None:
        """Say who holds the next step."""
        self._do(
            day,
            17,
            lambda: HandOnLetter(
                id=f"sim/letter/{key}/{holder}",
                actor=SECRETARIAT,
                letter=self.number(key),
                holder=holder,
                next_step=f"SIMULATED: {step}",
                due=due.isoformat(),
            ),
        )

    def closed(self, key: str, day: date, reason: str) -> None:
        """Close a letter."""
        self._do(
            day,
            18,
            lambda: CloseLetter(
                id=f"sim/letter/{key}/closed",
                actor=SECRETARIAT,
                letter=self.number(key),
                reason=f"SIMULATED: {reason}",
            ),
        )

    def _enter(self, key: str, day: date, make: Callable[[], Command]) -> None:
        if day <= END:
            self._days.append((day, len(self._days), key))
            self._do(day, HOUR, make)

    def _do(self, day: date, hour: int, make: Callable[[], Command]) -> None:
        def command(_: Look) -> Command:
            return make()

        self._office.enter(day, hour, command)
