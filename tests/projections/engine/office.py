"""A made-up office: it decides, grants roles, renames States, lays down mandates, does what is due, and errs."""

from typing import Any

from domain.actor import DelegateRole, GrantRole, RegisterActor, WithdrawRole
from domain.deadline import DropDeadline, ExtendDeadline, RecordStep
from domain.deciding import Command
from domain.decision import Adopt, AuthoriseCorrection, Circulate, DoNotAdopt, Propose, ProposedItem
from domain.mandate import AdoptMandate, Rule
from domain.records import AcceptClock, ImportBatch, SkipEvent
from domain.state import RenameState
from tests.histories.made_up import STATES
from tests.projections.engine.given import Followed, Registry


def office(seed: int, length: int) -> Followed:
    """Return the record of an office in which what it did is put right and undone."""
    return Followed(Office(seed).play(length))


class Office(Registry):
    """Someone in the Secretariat who keeps what the record refers to."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.streams = ("decision/", "actor/person-", "mandate/", "deadline/", "record/views", "state/")
        self.moves = (
            *(self.decided,) * 6,
            *(self.granted,) * 4,
            *(self.due,) * 4,
            *(self.kept,) * 2,
            *(self.struck,) * 4,
            self.authorised,
        )

    def decided(self) -> Command:
        name = f"decision-{self.chance.randrange(4)}"
        match self.chance.randrange(5):
            case 0 | 1:
                items = tuple(
                    ProposedItem(number=number, text=f"item {number}", rests_on=(self.sha256,)) for number in (1, 2, 3)
                )
                return Propose(**self.said(), decision=name, title=f"Proposal {name}", items=items)
            case 2:
                return Circulate(**self.said(), decision=name, recipients=("member",), documents=(self.sha256,))
            case 3:
                said = self.said(actor="chair")
                return DoNotAdopt(**said, decision=name, meeting="m", items=(3,), reason="no consensus")
            case _:
                items_of = self.chance.choice(((1,), (2,), ()))
                return Adopt(**self.said(actor="chair"), decision=name, meeting="m", items=items_of)

    def granted(self) -> Command:
        name = f"person-{self.chance.randrange(3)}"
        match self.chance.randrange(5):
            case 0 | 1:
                return RegisterActor(**self.said(), name=name)
            case 2:
                return GrantRole(**self.said(), to=name, granted_role="state", scope=self.chance.choice(STATES))
            case 3:
                return DelegateRole(**self.said(), to=name, delegated_role="secretariat")
            case _:
                return WithdrawRole(
                    **self.said(),
                    of=name,
                    withdrawn_role="state",
                    scope=self.chance.choice(STATES),
                    reason="left",
                )

    def due(self) -> Command:
        year, name = self.chance.randrange(2010, 2014), f"decision-{self.chance.randrange(4)}"
        of: dict[str, Any] = {"deadline": f"annual-review/{year}", "duty": f"REV-{year}", "decision": name}
        match self.chance.randrange(4):
            case 0:
                return ExtendDeadline(**self.said(), **of, due=f"{year + 1}-01-31", reason="more time")
            case 1:
                return DropDeadline(**self.said(), **of, reason="overtaken")
            case _:
                step = self.chance.choice(("adopted", "transmitted"))
                return RecordStep(**self.said(), **of, step=step)

    def kept(self) -> Command:
        number = self.chance.randrange(6)
        match self.chance.randrange(5):
            case 0:
                state = self.chance.choice(STATES)
                return RenameState(**self.said(), state=state, name=f"{state} {number}", name_fr=f"{state} {number}")
            case 1:
                rule = Rule(duty="REV", wording="before the end of December", paragraph="9", month=12, policy="before")
                return AdoptMandate(
                    **self.said(),
                    mandate=f"1540-{number}",
                    resolution="1540 (2004)",
                    adopted="2004-04-28",
                    valid_from="2004-04-28",
                    rules=(rule,),
                )
            case 2:
                return SkipEvent(**self.said(), view="documents", position=3, reason="cannot be read")
            case 3:
                return ImportBatch(**self.said(), batch=f"batch-{number}", source="files", sha256="0" * 64, commands=1)
            case _:
                return AcceptClock(**self.said(), reason="looked at")

    def authorised(self) -> Command:
        target = self.chance.choice(self.record.events)
        return AuthoriseCorrection(**self.said(actor="sec2"), decision="authority", target=target.id, reason="seen")
