"""What cycles of letters, notes and mail may live through: waves, occasions, a day that comes, a pass of sending."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Self

from domain.contact.commands import EndContact
from domain.correspondence.letters import SendLetter
from domain.meetings.planning import PlanMeeting
from domain.submission import ReceiveSubmission
from domain.times import moment, new_york_date, text
from tests.workflows.campaigning import HEAD, has_contact, letters, sends_prefilled
from tests.workflows.mail.given import ABOUT, VALUES
from tests.workflows.serving import Working
from tests.workflows.year import Office
from workflows.kinds import At, Kind
from workflows.mail.addresses import Addresses
from workflows.mail.folder import FOLDER, keep
from workflows.mail.intending import Intent, intend
from workflows.mail.kind import Outbox
from workflows.mail.mailer import Reply
from workflows.mail.sending import send_waiting
from workflows.notes.kind import Notes

ADDRESS = "point.of.contact@capital.example"


class Taking:
    """A folder that takes messages after so many were put off."""

    local = True

    def __init__(self, put_off: int = 0) -> None:
        self._put_off = put_off

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def sends(self, at: At) -> None:
        """Make one pass of sending."""
        self._folder = at.record.home / FOLDER
        addresses = Addresses(at.record, lambda *_: ADDRESS, {"chair": "chair@committee.example"})
        send_waiting(at.record, self, addresses, actor=at.actor, at=at.now)

    async def send(self, data: bytes, recipient: str) -> Reply:
        """Take a message, or put it off."""
        del recipient
        if self._put_off:
            self._put_off -= 1
            return Reply("temporarily-refused", "451 4.7.1")
        keep(self._folder, data)
        return Reply("accepted", "250")


async def _asks_a_wave(found: Office, at_work: Working) -> None:
    for number in (1, 2, 3):
        has_contact(found, f"c-{number}")
    await at_work.reconcile()


async def _is_over_as_a_contact_left(found: Office, at_work: Working) -> None:
    has_contact(found)
    ends = (new_york_date(found.clock.now()) + timedelta(days=30)).isoformat()
    (cycle,) = letters("contact").cycles(At(found.record, found.clock.now(), "sec"))
    found.give(EndContact, "end", contact="c-1", valid_to=ends, ending="left")
    await at_work.start(cycle)


async def _invites(found: Office, at_work: Working) -> None:
    sends_prefilled(found)
    await at_work.reconcile()


async def _acknowledges(found: Office, at_work: Working) -> None:
    about = {"submission": "ken-1", "state": "KEN", "kind": "first-report", "documents": ()}
    found.give(ReceiveSubmission, "received", received=found.clock.now(), **about)
    await at_work.reconcile()


async def _refuses_a_notice_without_papers(found: Office, at_work: Working) -> None:
    day = new_york_date(found.clock.now()) + timedelta(days=30)
    hours = {"starts": f"{day}T15:00:00Z", "ends": f"{day}T18:00:00Z"}
    found.give(PlanMeeting, "plan", meeting="m-1", kind="formal", language="en", **hours)
    await at_work.reconcile()


async def _tells_of_a_reply_that_has_not_come(found: Office, at_work: Working) -> None:
    day = new_york_date(found.clock.now())
    by = (day + timedelta(days=20)).isoformat()
    letter = f"{day.year}/1"
    found.give(
        SendLetter, "out", letter=letter, addressees=("state:KEN",), title="", dated=day.isoformat(), reply_by=by
    )
    found.clock.set(text(moment(found.clock.now()) + timedelta(seconds=1)))
    await at_work.reconcile()


async def _sends(found: Office, at_work: Working) -> None:
    for rung in ("T-30", "T-14"):
        intent = Intent(ABOUT, "role:chair", rung, "deadline-reminder", VALUES)
        intend(found.record, intent, actor="sec", head=HEAD, at=found.clock.now())
    await at_work.reconcile()


Scene = Callable[[Office, Working], Awaitable[None]]
SCENES: Mapping[str, Scene] = {
    "contact/asks-a-wave": _asks_a_wave,
    "contact/is-over-as-a-contact-left": _is_over_as_a_contact_left,
    "first-report/invites": _invites,
    "letter/acknowledges": _acknowledges,
    "letter/refuses-a-notice-without-papers": _refuses_a_notice_without_papers,
    "note/tells-of-a-reply-that-has-not-come": _tells_of_a_reply_that_has_not_come,
    "mail/sends": _sends,
    "mail/tries-again-what-was-put-off": _sends,
}


def kinds_of(scene: str) -> Sequence[Kind]:
    """Return the kind that a scene is about."""
    kind = scene.partition("/")[0]
    match kind:
        case "note":
            return (Notes(HEAD),)
        case "mail":
            return (Outbox(Taking(2 if scene.endswith("put-off") else 0).sends),)
        case _:
            return (letters(kind),)
