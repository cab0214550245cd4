"""What every production record begins with: its first actor, States, templates, mandates and the twelfth programme.

Everything is a command with a fixed key (`init:template:T2011`), so that initialising twice changes nothing. Facts are
known from their own dates; where only a year is known, the year is what is written.
"""

from collections.abc import Iterator

from domain.actor import GrantRole, RegisterActor
from domain.deciding import Command
from interfaces.initialise.facts import mandates, mappings, states, templates
from interfaces.initialise.twelfth import documents, duties, programme
from interfaces.initialise.types import missing, types

__all__ = [
    "commands",
    "documents",
    "duties",
    "first_actor",
    "mandates",
    "mappings",
    "missing",
    "programme",
    "states",
    "templates",
    "types",
]


def commands(actor: str) -> list[Command]:
    """Return the commands that every production record begins with, in order; `documents` must be stored before."""
    return [
        *first_actor(actor),
        *states(actor),
        *templates(actor),
        *mappings(actor),
        *mandates(actor),
        *programme(actor),
    ]


def first_actor(actor: str) -> Iterator[Command]:
    """Yield the registration of the first actor and the role from which all others are granted."""
    yield RegisterActor(id=f"init:actor:{actor}", actor=actor, name=actor)
    yield GrantRole(id=f"init:grant:{actor}", actor=actor, to=actor, granted_role="secretariat")
