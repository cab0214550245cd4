"""The Committee's yearly cycle: programmes of work, annual reviews, and the dated duties of the twelfth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.deadline import RecordStep
from domain.decision import Fulfilment
from domain.duty import deadline_of
from domain.programme import AdoptProgramme, TransmitProgramme
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import later, meeting_from, office_day, weekday

if TYPE_CHECKING:
    from interfaces.demo.office import Office

FIRST_REVIEW, LAST_REVIEW = 2011, 2025
REVIEW_TRANSMITTED = {2013: date(2013, 12, 20), 2016: date(2016, 12, 29)}
"""The review of 2016 is dated 29 December; that of 2013 is, in this history, adopted and transmitted on the 20th."""


class Programme(NamedTuple):
    """A programme of work: when it is adopted here, and its period."""

    number: int
    adopted: date
    begins: date
    ends: date


PROGRAMMES = (
    Programme(10, date(2011, 6, 17), date(2011, 6, 17), date(2012, 5, 31)),
    Programme(11, date(2012, 5, 17), date(2012, 6, 1), date(2013, 5, 31)),
    Programme(13, date(2014, 5, 15), date(2014, 6, 1), date(2015, 5, 31)),
    Programme(14, date(2015, 5, 21), date(2015, 6, 1), date(2016, 1, 31)),
    Programme(15, date(2016, 1, 21), date(2016, 2, 1), date(2017, 1, 31)),
    Programme(16, date(2017, 1, 19), date(2017, 2, 1), date(2018, 1, 31)),
    *(
        Programme(year - 2001, date(year, 1, day), date(year, 2, 1), date(year + 1, 1, 31))
        for year, day in (
            (2018, 18),
            (2019, 17),
            (2020, 16),
            (2021, 21),
            (2022, 20),
            (2023, 19),
            (2024, 18),
            (2025, 16),
            (2026, 15),
        )
    ),
)
"""All but the twelfth, which is the real text. The tenth was approved on 17 June 2011; the periods of the eleventh and
the sixteenth are known; the other days are simulated."""

STEPS = (
    ("ODA-REP", "asked", date(2013, 6, 14), "SIMULATED: the request to the High Representative was sent"),
    ("WG-CAL", "circulated", date(2013, 6, 28), "SIMULATED: calendar of the working groups"),
    ("ODA-REP", "received", date(2013, 8, 28), "SIMULATED: the report of the High Representative was received"),
    ("ONBOARD", "delivered", date(2013, 12, 12), "SIMULATED: briefing pack for the incoming members"),
    ("ONBOARD", "briefed", date(2013, 12, 18), "SIMULATED: briefing of the incoming members"),
    ("MATRIX-ALL", "examined", date(2014, 5, 30), "SIMULATED: all matrices have been examined"),
)
REPORTS = (
    ("REGIONAL-REP", "report on the regional approach to assistance"),
    ("IRO-GOALS", "strategic objectives for cooperation with organizations"),
    ("EXPERTISE-REP", "report on the use of expertise"),
)
"""Reports that the twelfth programme asks for by its end."""


class Yearly:
    """Plans what comes every year."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def all(self) -> None:
        """Plan programmes, reviews and the dated duties of the twelfth programme."""
        for programme in PROGRAMMES:
            self._programme(programme)
        for year in range(FIRST_REVIEW, LAST_REVIEW + 1):
            self._review(year)
        for duty, step, day, note in STEPS:
            self._noted(duty, step, day, note)
        for year, month in (*((2013, each) for each in range(6, 13)), *((2014, each) for each in range(1, 6))):
            self._noted("CAL-MONTHLY", "done", weekday(date(year, month, 22)), "SIMULATED: calendar of events updated")
        for duty, title in REPORTS:
            name = f"sim-{duty.lower()}"
            self._office.paper(name, title, date(2014, 5, 2))
            self._office.decided(name, title, date(2014, 5, 15), fulfils=fulfilled(duty, "adopted", name))

    def _programme(self, programme: Programme) -> None:
        number, day = programme.number, programme.adopted
        name, title = f"sim-programme-{number}", f"programme of work {number}"
        self._office.paper(name, title, office_day(later(day, -14)))
        duty = f"PoW-{number}"
        self._office.decided(name, title, day, fulfils=fulfilled(duty, "adopted", name))
        adopted = AdoptProgramme(
            id=f"sim/programme/{number}",
            actor=SECRETARIAT,
            programme=number,
            period_from=programme.begins.isoformat(),
            period_to=programme.ends.isoformat(),
            document=name,
            duties=(),
        )
        self._office.enter(day, 16, adopted)
        transmitted = TransmitProgramme(
            id=f"sim/programme/{number}/transmitted", actor=SECRETARIAT, programme=number, document=name
        )
        self._office.enter(day, 19, transmitted)
        self._step(duty, "transmitted", day, "SIMULATED letter of the Chair", name)

    def _review(self, year: int) -> None:
        day = date(2013, 12, 20) if year == 2013 else meeting_from(date(year, 12, 1)).day
        name, title = f"sim-review-{year}", f"annual review of {year}"
        self._office.paper(name, title, office_day(later(day, -14)))
        duty = f"REV-{year}"
        self._office.decided(name, title, day, fulfils=fulfilled(duty, "adopted", name))
        sent = REVIEW_TRANSMITTED.get(year, min(weekday(later(day, 5)), date(year, 12, 30)))
        self._step(duty, "transmitted", sent, "SIMULATED letter of the Chair", name)

    def _noted(self, duty: str, step: str, day: date, note: str) -> None:
        """Do a step that a note for the file shows."""
        name = f"sim-{duty.lower()}-{step}-{day.isoformat()}"
        self._office.paper(name, f"note for the file: {duty} {step}", day)
        self._step(duty, step, day, note, name)

    def _step(self, duty: str, step: str, day: date, note: str, document: str) -> None:
        command = RecordStep(
            id=f"sim/step/{duty}/{step}/{day.isoformat()}",
            actor=SECRETARIAT,
            deadline=deadline_of(duty),
            duty=duty,
            step=step,
            document=document,
            note=note,
        )
        self._office.enter(day, 19, command)


def fulfilled(duty: str, step: str, document: str) -> Fulfilment:
    """Return the step of a deadline that an adoption fulfils."""
    return Fulfilment(deadline=deadline_of(duty), duty=duty, step=step, document=document)
