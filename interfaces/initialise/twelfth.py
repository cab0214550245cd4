"""The twelfth programme of work, as commands: its document, its duties with their words, its adoption."""

import hashlib
from collections.abc import Iterator
from typing import TypedDict, cast

from domain.corrected_reading import Mended, ReadAgain
from domain.deciding import Command
from domain.document import RegisterDocument
from domain.duty import YEARLY_STEPS, Duty, Passage, Step, Wording
from domain.programme import AdoptProgramme, TransmitProgramme
from interfaces.initialise.files import bytes_of, json_of, rows_of

SCAN = "twelfth-programme-of-work.fr"
ADOPTED = "2013-05-31"
TITLE = (
    "Lettre datée du 31 mai 2013, adressée au Président du Conseil de sécurité par le Président du Comité du Conseil "
    "de sécurité créé par la résolution 1540 (2004)"
)

STEPS: dict[str, tuple[Step, ...]] = {
    "PoW-13": YEARLY_STEPS,
    "REV-2013": YEARLY_STEPS,
    "ODA-REP": (
        Step(step="asked", says="the Committee has asked the High Representative to report"),
        Step(step="received", says="the report of the High Representative is received"),
    ),
    "ONBOARD": (
        Step(step="delivered", says="briefing pack delivered"),
        Step(step="briefed", says="briefing held"),
    ),
    "PRINCIPLES": (),
}
"""What marks a duty done where that is not one step: a principle never is."""

STEP_NAMES = {
    "EXPERTISE-REP": "adopted",
    "IRO-GOALS": "adopted",
    "IRO-POC": "designated",
    "MATRIX-ALL": "examined",
    "REGIONAL-REP": "adopted",
    "UNIVERSAL": "received",
    "WG-CAL": "circulated",
}

WORDINGS: dict[str, tuple[Wording, ...]] = {
    "REV-2013": (
        Wording(
            due="2013-12-31",
            policy="before the end of",
            words="avant la fin du mois de décembre",
            paragraph="2",
        ),
        Wording(due="2013-12-31", policy="before", words="avant le 31 décembre 2013", paragraph="6(a)(i)"),
    ),
}
"""Dates that the text words twice, and not alike: before 31 December is, strictly, by the 30th."""


class _Mended(TypedDict):
    start: int
    end: int
    original: str
    corrected: str


def programme(actor: str) -> Iterator[Command]:
    """Yield the twelfth programme: its document, the corrected reading beside it, adoption and transmission.

    The letter is dated 31 May 2013, the last day that 1977 (2011) OP4 allowed. The symbol under which it was issued is
    not in it.
    """
    scan = bytes_of(f"{SCAN}.txt")
    yield RegisterDocument(
        id=f"init:document:{SCAN}",
        actor=actor,
        known=ADOPTED,
        document=SCAN,
        title=TITLE,
        sha256=hashlib.sha256(scan).hexdigest(),
        size=len(scan),
        media_type="text/plain; charset=utf-8",
        language="fr",
        source="text of a scan, with its reading errors",
        dated=ADOPTED,
        sender="Chair of the Committee",
        distribution="general",
    )
    mended = cast("list[_Mended]", json_of(f"{SCAN}.corrections.json"))
    yield ReadAgain(
        id=f"init:reading:{SCAN}",
        actor=actor,
        known=ADOPTED,
        document=SCAN,
        mended=tuple(Mended(**each) for each in mended),
    )
    yield AdoptProgramme(
        id="init:programme:12",
        actor=actor,
        known=ADOPTED,
        programme=12,
        period_from="2013-06-01",
        period_to="2014-05-31",
        document=SCAN,
        duties=tuple(duties()),
    )
    yield TransmitProgramme(id="init:programme:12:transmitted", actor=actor, known=ADOPTED, programme=12, document=SCAN)


def duties() -> Iterator[Duty]:
    """Yield the 55 duties of the twelfth programme, each with the passages that carry it."""
    passages: dict[str, list[Passage]] = {}
    for row in rows_of("duty-words.csv"):
        passages.setdefault(row["duty"], []).append(
            Passage(
                paragraph=row["paragraph"],
                start=int(row["start"]),
                end=int(row["end"]),
                quotation=row["quotation"],
            )
        )
    for row in rows_of("duties.csv"):
        cell = {column: "" if value == "-" else value for column, value in row.items()}
        name, dated = cell["id"], cell["due"][:4].isdigit()
        done = Step(step=STEP_NAMES.get(name, "done"), says=cell["done_when"] or "an activity is logged")
        yield Duty(
            duty=name,
            paragraph=cell["para"],
            kind=cell["kind"],
            text=cell["duty_en"],
            owes=cell["owes"],
            counterpart=cell["counterpart"],
            due=cell["due"] if dated else None,
            due_policy=(cell["due_policy"] if dated else cell["due"]) or None,
            due_basis=cell["due_basis"] or "none",
            recurrence=cell["recurrence"],
            done_when=cell["done_when"],
            evidence=cell["evidence"],
            remind=cell["remind"],
            words=cell["words_fr"],
            notes=cell["notes"],
            passages=tuple(passages.get(name, ())),
            wordings=WORDINGS.get(name, ()),
            steps=STEPS.get(name, (done,)),
        )


def documents() -> list[bytes]:
    """Return the documents that these commands name by hash."""
    return [bytes_of(f"{SCAN}.txt")]
