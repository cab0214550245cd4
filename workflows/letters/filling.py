"""Filling a template: in a sandbox, strictly, or not at all."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from domain.refusals import MalformedInput, NotFound, Refusal
from workflows.letters.kinds import KINDS, Values

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "fr")
SYNTHETIC = {
    "en": "SYNTHETIC: written by a simulated record; it is no letter of the Committee.",
    "fr": "SYNTHETIC : écrit par un registre simulé ; ce n'est pas une lettre du Comité.",
}
_SUBJECT = "Subject: "


class LetterDoesNotFill(Refusal):
    """A template is broken, or asks for what it is not given; nothing is sent."""


class Filled(NamedTuple):
    """A letter as it reads, and the version of its template."""

    subject: str
    text: str
    version: int


def fill(kind: str, language: str, values: Values, *, synthetic: bool, texts: Path = TEXTS) -> Filled:
    """Return a letter of a kind, in the last version of its template.

    Raises:
        NotFound: no such kind or language.
        MalformedInput: values of another kind of letter.
        LetterDoesNotFill: the template is broken, or has no subject.
    """
    if kind not in KINDS:
        raise NotFound(f"there is no kind of letter {kind!r}", where="kind", remedy=", ".join(KINDS))
    if not isinstance(values, KINDS[kind].values):
        raise MalformedInput(f"a {kind} is not filled from {type(values).__name__}", where="values")
    if language not in LANGUAGES:
        raise NotFound(f"no letter is written in {language!r}", where="language", remedy=", ".join(LANGUAGES))
    version = _version(texts / kind)
    name = f"{kind}/{version}/{language}.txt"
    try:
        given = msgspec.structs.asdict(values)
        whole = _environment(texts).get_template(name).render(given)
    except TemplateError as error:
        raise LetterDoesNotFill(f"{name} does not fill: {error}", remedy="mend the template") from None
    first, _, text = whole.strip().partition("\n")
    subject = first.removeprefix(_SUBJECT).strip()
    if not first.startswith(_SUBJECT) or not subject or not text.strip():
        raise LetterDoesNotFill(f"{name} has no subject or no text", remedy=f"begin it with `{_SUBJECT}…`")
    text = re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"
    if synthetic:
        return Filled(f"[SYNTHETIC] {subject}", f"{SYNTHETIC[language]}\n\n{text}", version)
    return Filled(subject, text, version)


def _version(folder: Path) -> int:
    return max((int(each.name) for each in folder.glob("[0-9]*")), default=0)


@cache
def _environment(texts: Path) -> ImmutableSandboxedEnvironment:
    """Return the sandbox of a folder of templates, without escaping: letters are plain text."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(texts),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
