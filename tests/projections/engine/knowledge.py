"""Someone who also keeps laws, treaties, practices and the log of activities, for records made by chance."""

from collections.abc import Callable

from domain.activity.records import LogActivity
from domain.deciding import Command
from domain.document import DocumentRegistered
from domain.law.records import AmendLaw, Article, RecordLaw, RepealLaw
from domain.practice.practices import ReportPractice
from domain.treaty import RecordTreatyAction, RegisterTreaty
from tests.histories.made_up import STATES
from tests.projections.engine.given import Followed, Registry

DAYS = ("2005-01-01", "2006-06-01", "2007-12-31")


class Knowledge(Registry):
    """A registry that keeps what the Committee knows beside the matrices."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.streams = (*self.streams, "law/", "treaty/", "practice/", "activity/")
        known: tuple[Callable[[], Command | None], ...] = (
            self.law,
            self.law,
            self.amended,
            self.repealed,
            self.treaty,
            self.practice,
            self.activity,
        )
        self.moves = (*self.moves, *known, *known)

    def a_document(self) -> str:
        named = [event.body.document for event in self.record.events if isinstance(event.body, DocumentRegistered)]
        return self.chance.choice(named or ["document-0"])

    def a_law(self) -> str:
        return f"law-{self.chance.randrange(8)}"

    def law(self) -> Command:
        article = Article(article="s. 4", document_id=self.a_document(), locator="p. 4")
        return RecordLaw(
            **self.said(),
            law=self.a_law(),
            state=self.chance.choice(STATES),
            topics=("op1",),
            title=f"Act {self._number}",
            documents=self.chance.choice(((), (self.a_document(),))),
            articles=(article,),
            in_force_from=self.chance.choice((None, *DAYS)),
        )

    def amended(self) -> Command:
        day, document = self.chance.choice(DAYS), self.a_document()
        return AmendLaw(
            **self.said(), law=self.a_law(), version=self._number, in_force_from=day, text="", documents=(document,)
        )

    def repealed(self) -> Command:
        proof = self.chance.choice(((), (self.a_document(),)))
        return RepealLaw(**self.said(), law=self.a_law(), in_force_to=self.chance.choice(DAYS), documents=proof)

    def treaty(self) -> Command:
        if not self.record.history("treaty/cwc").standing():
            return RegisterTreaty(**self.said(), treaty="cwc", name="", name_fr="")
        action = self.chance.choice(("signature", "ratification", "accession"))
        state, day = self.chance.choice(STATES), self.chance.choice(DAYS)
        said = self.said()
        return RecordTreatyAction(**said, treaty="cwc", state=state, action=action, day=day, document=self.a_document())

    def practice(self) -> Command:
        return ReportPractice(
            **self.said(),
            practice=f"practice-{self._number}",
            state=self.chance.choice(STATES),
            topics=(),
            title="",
            text="",
            documents=(self.a_document(),),
        )

    def activity(self) -> Command:
        return LogActivity(
            **self.said(),
            activity=f"activity-{self._number}",
            kind="note-published",
            first_day="2005-01-01",
            text="",
            documents=(self.a_document(),),
        )


def knowledge(seed: int, length: int) -> Followed:
    """Return a record in which what documents hold comes in beside the documents."""
    return Followed(Knowledge(seed).play(length))
