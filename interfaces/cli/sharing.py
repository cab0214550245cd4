"""Options that verbs share: put behind a verb's own parameters, and given to it together as one struct."""

import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, get_type_hints

import msgspec

C = TypeVar("C", bound=msgspec.Struct)


def sharing(
    make: Callable[..., object],
    common: type[C],
    names: Collection[str],
    do: Callable[[dict[str, Any], C], None],
) -> Callable[..., None]:
    """Return a verb with the parameters of `make` but its first, and those fields of `common` that are named.

    When it is run, `do` gets what was given for the parameters of `make`, and a `common` made of the rest.
    """
    own = own_parameters(make)
    shared = {name: each for name, each in shared_parameters(common).items() if name in names}

    def verb(**given: Any) -> None:
        do({name: given[name] for name in own}, common(**{name: given[name] for name in shared}))

    parameters = [*own.values(), *shared.values()]
    verb.__name__, verb.__doc__, verb.__module__ = make.__name__, make.__doc__, make.__module__
    verb.__annotations__ = {each.name: each.annotation for each in parameters} | {"return": None}
    vars(verb)["__signature__"] = inspect.Signature(parameters)
    return verb


def shared_parameters(common: type[msgspec.Struct]) -> Mapping[str, inspect.Parameter]:
    """Return the fields of a struct as parameters."""
    hints = get_type_hints(common, include_extras=True)
    return {
        each.name: inspect.Parameter(
            each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default, annotation=hints[each.name]
        )
        for each in msgspec.structs.fields(common)
    }


def own_parameters(make: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    """Return the parameters of a function but its first, with their annotations resolved."""
    hints = get_type_hints(make, include_extras=True)
    given = list(inspect.signature(make).parameters.values())[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return {each.name: each.replace(kind=keyword, annotation=hints[each.name]) for each in given}
