"""What a cell's text becomes, by the type of the member that it is for: a State's code, a date, several names."""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from domain.refusals import MalformedInput
from domain.values import Date, Name, Party, StateCode
from interfaces.importing.lists.dates import HOUR, record_date
from projections.meant import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from interfaces.importing.lists.dates import Order

Kind = Literal["text", "whole", "day", "date", "state", "name", "party"]
MOMENTS = frozenset({"known", "known_by", "noticed", "received", "published", "starts", "ends", "held"})
"""Members that hold a date as text: a year, a month, a day or an instant."""
_KINDS: tuple[tuple[Any, Kind], ...] = ((Date, "day"), (StateCode, "state"), (Name, "name"), (Party, "party"))
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def kind_of(member: str, hint: Any) -> tuple[Kind, bool] | None:  # Any: what type hints are
    """Return the kind of a member by its type, and whether it holds several; None where a cell cannot hold it."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        inner = kind_of(member, get_args(hint)[0])
        return None if inner is None else (inner[0], True)
    for alias, kind in _KINDS:
        if hint == alias:
            return kind, False
    base = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    if base is int:
        return "whole", False
    if base is not str and get_origin(base) is not Literal:
        return None
    return ("date", False) if member in MOMENTS else ("text", False)


def value(
    kind: Kind, text: str, *, values: Mapping[str, str], order: Order | None, state: Callable[[str], str]
) -> str | int:
    """Return what one text says as a member of a kind; `values` says what some texts mean, `state` knows the States.

    Raises:
        MalformedInput: it does not say such a thing, or not clearly.
    """
    meant = values.get(plain(text), text) if values else text
    match kind:
        case "day":
            return meant[:10] if HOUR.fullmatch(meant) else record_date(meant, order)
        case "date":
            return record_date(meant, order)
        case "state":
            return state(meant)
        case "name":
            return _NOT_IN_NAMES.sub("-", meant).strip("-")
        case "party":
            return meant if ":" in meant else f"state:{state(meant)}"
        case "whole":
            if not (meant.isascii() and meant.removeprefix("-").isdigit() and len(meant) < 17):
                raise MalformedInput(f"{meant[:40]!r} is no whole number")
            return int(meant)
        case "text":
            return meant
