"""With whom the Committee deals: a State, an organization, a sector of society, or others under an opaque name."""

from collections.abc import Iterable

from domain import state
from domain.audiences import COMMITTEE, with_state
from domain.deciding import Context
from domain.organization import registering
from domain.refusals import MalformedInput

SECTORS = ("academia", "civil-society", "industry", "media", "parliamentarians")


def check(context: Context, parties: Iterable[str], *, where: str) -> None:
    """Refuse a State or an organization that is not on record, a sector that is none, and whoever is named twice."""
    named: set[str] = set()
    for party in parties:
        if party in named:
            raise MalformedInput(f"{party} is named twice", where=where)
        named.add(party)
        kind, _, name = party.partition(":")
        if kind == "state":
            state.registered(context, name, where=where)
        elif kind == "organization":
            registering.registered(context, name, where=where)
        elif kind == "sector" and name not in SECTORS:
            raise MalformedInput(f"{name!r} is no sector", where=where, remedy=", ".join(SECTORS))


def audience(*parties: str) -> tuple[str, ...]:
    """Return who reads what passes between the Committee and these: the Committee, and a State that is alone."""
    kind, _, name = parties[0].partition(":")
    return with_state(name) if kind == "state" and len(parties) == 1 else COMMITTEE
