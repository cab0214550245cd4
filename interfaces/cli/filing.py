"""What `--file` means: the answer of a verb that lists, written to a file that can be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from domain.refusals import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from interfaces.cli.reading import Request

ENDINGS = (".csv", ".json", ".xlsx")


def check_form(file: Path, *, option: str) -> None:
    """Refuse a file whose name does not say what it is to be."""
    if file.suffix.lower() not in ENDINGS:
        raise MalformedInput(
            f"an answer becomes a file whose name ends in {', '.join(ENDINGS)}",
            where=option,
            remedy=f"{option} answer.csv",
        )


def asked_words(verb: str, given: Mapping[str, object]) -> str:
    """Return what was asked, in words that a citation can carry."""
    said = (f"{name}={_words(value)}" for name, value in given.items() if value not in (None, [], False))
    return " ".join((verb.replace("_", "-"), *said))


def _words(value: object) -> str:
    return ",".join(cast("list[str]", value)) if isinstance(value, list) else str(value)


def write_file(file: Path, request: Request, asked: str, answer: object) -> None:
    """Write an answer, as far as the reader may see it, and say how much was withheld."""
    from interfaces.cli.output import talk
    from interfaces.cli.writing import written
    from interfaces.exporting.answers import FORMS, citation
    from interfaces.text import _

    cited = citation(request.record, request.today, request.reader, asked, answer)
    written(file, [FORMS[file.suffix.lower()](cited, answer)], where="--file")
    withheld = getattr(answer, "withheld", 0)
    told = _("written to {}").format(file)
    talk(f"{told}; {_('{} withheld from you').format(withheld)}" if withheld else told)
