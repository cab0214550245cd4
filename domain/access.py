"""Who may read and do what: judged by the roles on record now, never as of a past date."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from domain.actor import RoleGranted, roles, stream
from domain.deciding import Command, Context, RecordView
from domain.header import Header
from domain.records import BatchImported
from domain.refusals import NotPermitted
from domain.standing import Cut
from domain.times import new_york_date

EVERYONE = "public"
WORKERS = ("secretariat", "expert")


class Reader(msgspec.Struct, frozen=True):
    """Who reads: an actor, or nobody in particular, with (role, scope) pairs held now."""

    actor: str = ""
    held: frozenset[tuple[str, str]] = frozenset()

    @property
    def audiences(self) -> frozenset[str]:
        """The audiences that this reader belongs to."""
        named = {f"{role}:{scope}" if scope else role for role, scope in self.held}
        if named & {"member", "chair"}:
            named.add("committee")
        return frozenset(named | {EVERYONE})

    @property
    def reads_all(self) -> bool:
        """True for an auditor and for the Secretariat, who keeps the record."""
        return bool(self.audiences & {"auditor", "secretariat"})


class Fact(Protocol):
    """Anything that is addressed to audiences."""

    @property
    def audience(self) -> tuple[str, ...]:
        """The audiences it is addressed to."""
        ...


PUBLIC_READER = Reader()


def reader(record: RecordView, actor: str, now: str) -> Reader:
    """Return an actor as a reader with the roles on record at `now`."""
    day = new_york_date(now).isoformat()
    return Reader(actor, roles(record.history(stream(actor)).standing(Cut()), day))


def may(reader: Reader, fact: Fact, now: str) -> bool:
    """True where `reader` may see the body of `fact` at `now`: deny unless an audience is theirs."""
    del now  # roles were resolved at `now`; kept in the signature so that no caller asks as of a past date
    return reader.reads_all or bool(reader.audiences & set(fact.audience))


def may_see(reader: Reader, header: Header) -> bool:
    """True where `reader` may see the body behind a header."""
    return may(reader, header, "")


MAY_DO: Mapping[str, Sequence[str]] = {
    "assess": WORKERS,
    "confirm": WORKERS,
    "remark": WORKERS,
    "open-revision": WORKERS,
    "withdraw-revision": WORKERS,
    "seal": WORKERS,
    "correct": WORKERS,
    "in-error": WORKERS,
    "read-submission": WORKERS,
    "propose": ("chair", "secretariat", "member", "expert"),
    "authorise-correction": ("chair", "secretariat", "member"),
    "adopt": ("chair", "secretariat"),
    "do-not-adopt": ("chair", "secretariat"),
    "approve": ("chair", "secretariat"),
    "examine": ("chair", "secretariat", "expert"),
    "delegate": ("auditor", "chair", "expert", "member", "secretariat", "state"),
}
"""The roles that allow a command, the first held being the one exercised; what is not named is the Secretariat's."""


FOUNDING = ("register-type", "register-actor", "grant")
"""What `init` does before any role is on record."""


def require(command: Command, tag: str, context: Context) -> str:
    """Return the role under which an actor may give a command.

    The first actor of an empty record needs none: `init` grants it. A batch of late history is the importer's, whose
    own right was checked when the batch began; the actors it names are claims, kept as such.

    Raises:
        NotPermitted: no role on record allows it.
    """
    if context.importing and tag != "import-batch":
        cause = None if context.causation is None else context.record.event(context.causation)
        if cause is None or not isinstance(cause.body, BatchImported):
            raise NotPermitted("history enters late in a batch alone", remedy="begin one with `import-batch`")
        return command.role
    allowed = MAY_DO.get(tag, ("secretariat",))
    held = {role for role, _ in reader(context.record, command.actor, context.recorded_at).held}
    for role in allowed:
        if role in held and command.role in ("", role):
            return role
    if tag in FOUNDING and not any(isinstance(e.body, RoleGranted) for e in context.record.after(0)):
        return "secretariat"
    raise NotPermitted(
        f"{command.actor} holds no role that allows `{tag}`",
        where="actor",
        remedy=f"needs one of: {', '.join(allowed)}; a role is granted with `ledger1540 grant`",
    )
