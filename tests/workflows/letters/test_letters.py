"""Letters: every kind in English and French is filled strictly; a broken template is refused and nothing is sent."""

from pathlib import Path

import pytest

from domain.refusals import MalformedInput, NotFound
from tests.workflows.mail.given import VALUES
from workflows.letters import kinds as k
from workflows.letters.filling import LANGUAGES, SYNTHETIC, LetterDoesNotFill, fill
from workflows.letters.kinds import KINDS, Values

SAMPLES: tuple[Values, ...] = (
    VALUES,
    k.Noting(says="request for assistance r-1: step 3 of the procedure, acknowledged", day="2013-12-09", internal=True),
    k.Confirming(party="Kenya", confirmed_on="2012-12-01", reply_by="2013-12-31"),
    k.Inviting(state="Kenya", matrix_document="ken-prefilled", notice="The notice of the matrix."),
    k.Proposing(decision="d-1", title="On a visit", items=("2. To accept it",), closes="2013-12-20 17:00"),
    k.Closing(decision="d-1", title="On a visit", items=("To accept it",), adopted=True, closed="2013-12-20 17:00"),
    k.Announcing(meeting="m-1", title="Formal meeting", starts="2013-12-20 10:00", place="CR 4", documents=("a",)),
    k.Acknowledging(party="Kenya", title="a report", received_on="2013-12-02", reference="2013/164"),
)


def sample(kind: str) -> Values:
    return next(each for each in SAMPLES if type(each) is KINDS[kind].values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_letter_is_there_in_both_languages(kind: str, language: str) -> None:
    filled = fill(kind, language, sample(kind), synthetic=False)
    assert filled.version == (2 if kind in ("meeting-notice", "no-objection-closed", "no-objection-proposal") else 1)
    assert "{" not in filled.subject + filled.text
    assert "\n" not in filled.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_goes_with_a_prefilled_matrix(language: str) -> None:
    filled = fill("first-report-invitation", language, sample("first-report-invitation"), synthetic=False)
    assert "The notice of the matrix." in filled.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_a_simulated_record_says_so_in_its_subject_and_first_line(language: str) -> None:
    filled = fill("deadline-reminder", language, VALUES, synthetic=True)
    assert filled.subject.startswith("[SYNTHETIC]")
    assert filled.text.startswith(SYNTHETIC[language])


def test_a_letter_is_plain_text_and_escapes_nothing() -> None:
    filled = fill(
        "submission-acknowledgement",
        "en",
        k.Acknowledging(party="Côte d'Ivoire", title="A & B", received_on="2013-12-02", reference="<1>"),
        synthetic=False,
    )
    assert "A & B of Côte d'Ivoire" in filled.text
    assert "<1>" in filled.text


@pytest.mark.parametrize(
    "broken",
    [
        "Subject: x\n\n{{ unknown }}",
        "Subject: x\n\n{{ duty ",
        "Subject: x\n\n{{ duty.__class__.__mro__ }}",
        "Subject: x\n\n{% include 'elsewhere' %}",
        "{{ duty }}",
        "Subject:\n\ntext",
        "Subject: x\n\n",
    ],
)
def test_a_broken_template_is_refused(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "deadline-reminder" / "1"
    folder.mkdir(parents=True)
    (folder / "en.txt").write_text(broken, "utf-8")
    with pytest.raises(LetterDoesNotFill):
        fill("deadline-reminder", "en", VALUES, synthetic=False, texts=tmp_path)


def test_a_letter_is_filled_in_the_last_version_of_its_template(tmp_path: Path) -> None:
    for version in (2, 10):
        folder = tmp_path / "deadline-reminder" / str(version)
        folder.mkdir(parents=True)
        (folder / "en.txt").write_text(f"Subject: x\n\nversion {version}\n", "utf-8")
    filled = fill("deadline-reminder", "en", VALUES, synthetic=False, texts=tmp_path)
    assert (filled.text, filled.version) == ("version 10\n", 10)


def test_no_letter_of_another_kind_language_or_from_other_values() -> None:
    with pytest.raises(NotFound):
        fill("ultimatum", "en", VALUES, synthetic=False)
    with pytest.raises(NotFound):
        fill("deadline-reminder", "tlh", VALUES, synthetic=False)
    with pytest.raises(MalformedInput):
        fill("meeting-notice", "en", VALUES, synthetic=False)


def test_what_goes_to_states_is_approved_and_asked_about_what_goes_to_colleagues_is_not() -> None:
    assert KINDS["contact-confirmation"].approval_needed
    assert KINDS["contact-confirmation"].when_uncertain == "ask"
    assert not KINDS["deadline-reminder"].approval_needed
    assert KINDS["deadline-reminder"].when_uncertain == "send-again"
