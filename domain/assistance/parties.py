"""Parties to assistance: a State, or an international, regional or subregional organization."""

from collections.abc import Iterable

from domain import state as states_on_record
from domain.audiences import COMMITTEE, with_state
from domain.deciding import Context
from domain.organization import registering
from domain.refusals import MalformedInput


def check_one(context: Context, state: str | None, organization: str | None) -> None:
    """Refuse a party that is neither a State nor an organization, or both, and a State that is not on record."""
    if (state is None) == (organization is None):
        raise MalformedInput("a party is a State or an organization", where="state", remedy="name one of the two")
    check_all(context, () if state is None else (state,), () if organization is None else (organization,))


def check_all(context: Context, states: Iterable[str], organizations: Iterable[str] = ()) -> None:
    """Refuse States and organizations that are not on record, and a party named twice."""
    for named, where in ((tuple(states), "states"), (tuple(organizations), "organizations")):
        if len(set(named)) != len(named):
            raise MalformedInput("a party is named once", where=where)
        if where == "states":
            for code in named:
                states_on_record.registered(context, code, where=where)
        else:
            registering.check_named(context, *named, where=where)


def audience(state: str | None) -> tuple[str, ...]:
    """Return who reads what comes from a party."""
    return COMMITTEE if state is None else with_state(state)
