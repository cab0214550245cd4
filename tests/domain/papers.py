"""Documents as tests of them register, mend and read them."""

from typing import Any

from domain.access import may, reader
from domain.actor import GrantRole, RegisterActor
from domain.canonical import sha256
from domain.corrected_reading import Mended, ReadAgain
from domain.document import RegisterDocument
from domain.recorded import Recorded
from tests.committee import Committee

SCAN = "J'a I\"honneur de vous transmettre le 𝟏𝟐e progranme de travai1.\nIl a été adopte.\n"
READ = "J'ai l'honneur de vous transmettre le 𝟏𝟐e programme de travail.\nIl a été adopté hier.\n"
REPORT = b"The State has a law.\n"
READERS = {
    "expert": ("expert", ""),
    "member": ("member", ""),
    "auditor": ("auditor", ""),
    "kenya": ("state", "KEN"),
    "someone": ("public", ""),
}
WITHIN = {"sec", "sec2", "chair", "expert", "member", "auditor"}


def with_readers() -> Committee:
    """Return a Committee with a reader of every kind."""
    committee = Committee()
    for name, (role, scope) in READERS.items():
        committee.one(RegisterActor, name=name)
        committee.one(GrantRole, to=name, granted_role=role, scope=scope)
    return committee


def registers(committee: Committee, name: str = "ken-2012", content: bytes = REPORT, **members: Any) -> Recorded:
    committee.record.store(content)
    said: dict[str, Any] = {
        "document": name,
        "title": "Made-up report",
        "sha256": sha256(content),
        "size": len(content),
        "media_type": "text/plain",
        "language": "en",
    }
    said |= members
    return committee.one(RegisterDocument, **said)


def mend(original: str, said: str, text: str = SCAN) -> Mended:
    start = text.index(original)
    return Mended(start=start, end=start + len(original), original=original, corrected=said)


MENDED = (
    mend("J'a", "J'ai"),
    mend('I"', "l'"),
    mend("progranme", "programme"),
    mend("travai1", "travail"),
    mend("adopte", "adopté"),
    Mended(start=SCAN.rindex("."), end=SCAN.rindex("."), original="", corrected=" hier"),
)


def reads_again(committee: Committee, *mended: Mended, name: str = "scan", **members: Any) -> Recorded:
    return committee.one(ReadAgain, document=name, mended=mended, **members)


def scans(committee: Committee) -> Recorded:
    """Register a scanned document whose text is to be mended."""
    return registers(committee, "scan", SCAN.encode(), distribution="general", language="fr")


def readers_of(committee: Committee, event: Recorded) -> set[str]:
    """Return who may read an event today, the public among them as nobody's name."""
    actors = ["", "sec", "sec2", "chair", *READERS]
    now = committee.record.now
    return {actor for actor in actors if may(reader(committee.record, actor), event.header, now)}
