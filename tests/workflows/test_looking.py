"""A look at the record for a server: what goes wrong is told by its name, and never in words of the record."""

import asyncio
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from domain.refusals import NotFound
from tests.workflows.mail.given import PERSON, Office, record_at
from workflows.cycle.activities import CycleActivities
from workflows.cycle.messages import News, Woken
from workflows.kinds import At
from workflows.office import ClockAhead, RecordOffice
from workflows.silence.kind import Silence

WOKEN = Woken("silence", "x", "T-1", "2013-12-30T14:00:00.000000Z")


class Trouble(Silence):
    """A kind that cannot do what is due."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def act(self, name: str, rung: str, at: At) -> None:
        del name, rung, at
        raise self._error


def looks(home: Path, error: Exception, woken: Woken = WOKEN) -> News:
    with record_at(home) as record:
        at_work = RecordOffice(Office.made(record).record, "sec", (Trouble(error),))
        return asyncio.run(ActivityEnvironment().run(CycleActivities(at_work).look, woken))


def test_a_refusal_is_told_by_its_name(tmp_path: Path) -> None:
    assert looks(tmp_path / "home", NotFound(f"{PERSON} is not there")).says == "NotFound"


def test_what_fails_is_told_by_its_kind_and_in_no_other_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ApplicationError) as failed:
        looks(tmp_path / "home", OSError(f"{PERSON} is not there"))
    assert str(failed.value) == "OSError"
    assert failed.value.__cause__ is None
    assert "silence/x" in caplog.text


def test_nothing_is_done_before_its_time_by_the_clock_of_the_record(tmp_path: Path) -> None:
    ahead = Woken("silence", "x", "T-1", "2999-01-01T14:00:00.000000Z")
    with pytest.raises(ApplicationError, match=ClockAhead.__name__):
        looks(tmp_path / "home", NotFound("never asked"), ahead)
