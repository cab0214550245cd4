"""A value of the wrong form is refused with the words for what it should be, never with a pattern."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from domain import values
from domain.canonical import InvalidValue, decode
from domain.catalogue import COMMANDS
from domain.forms import WORDS, in_words

FORMS = [
    kind
    for kind in vars(values).values()
    if any(getattr(each, "pattern", None) for each in getattr(kind, "__metadata__", ()))
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_words(form: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        decode(b'"!!"', form)
    assert refused.value.what.startswith("not ")
    assert "regex" not in refused.value.what


def patterns(kind: object, seen: set[object]) -> Iterator[str]:
    """Yield the patterns of the members of a type, and of what stands inside them."""
    if kind in seen:
        return
    seen.add(kind)
    yield from (
        each.pattern for each in getattr(kind, "__metadata__", ()) if isinstance(each, msgspec.Meta) and each.pattern
    )
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for hint in get_type_hints(kind, include_extras=True).values():
            yield from patterns(hint, seen)
    for each in get_args(kind):
        yield from patterns(each, seen)


def test_every_form_that_a_command_asks_for_has_words() -> None:
    seen = set[object]()
    found = {pattern for kind in COMMANDS.values() for pattern in patterns(kind, seen)}
    assert "^[A-Z]{3}\\Z" in found
    assert found <= WORDS.keys()


def test_what_is_no_pattern_is_left_as_it_is() -> None:
    assert in_words("Expected `str`, got `int`") == "Expected `str`, got `int`"
