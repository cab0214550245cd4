"""Who may read and do what: judged by the roles on record now, never as of a past date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from domain.actor import RoleGranted, roles, stream
from domain.acts import act
from domain.deciding import Command, Context, RecordView
from domain.ids import prefix
from domain.recorded import Recorded
from domain.records import begins_batch
from domain.refusals import NotPermitted
from domain.times import new_york_date

EVERYONE = "public"
WORKERS = ("secretariat", "expert")


class Reader(msgspec.Struct, frozen=True):
    """Who reads: an actor with the grants on record, or nobody in particular with none."""

    actor: str = ""
    grants: tuple[Recorded, ...] = ()

    def held(self, now: str) -> frozenset[tuple[str, str]]:
        """Return the (role, scope) pairs held at the instant `now`."""
        return roles(self.grants, new_york_date(now).isoformat())

    def audiences(self, now: str) -> frozenset[str]:
        """Return the audiences that this reader belongs to at `now`."""
        named = {f"{role}:{scope}" if scope else role for role, scope in self.held(now)}
        if named & {"member", "chair"}:
            named.add("committee")
        return frozenset(named | {EVERYONE})

    def reads_all(self, now: str) -> bool:
        """Return whether this is an auditor, or the Secretariat that keeps the record."""
        return bool(self.audiences(now) & {"auditor", "secretariat"})


class Fact(Protocol):
    """Anything that is addressed to audiences."""

    @property
    def audience(self) -> tuple[str, ...]:
        """The audiences it is addressed to."""
        ...


PUBLIC_READER = Reader()


def reader(record: RecordView, actor: str) -> Reader:
    """Return an actor as a reader, with all that stands of its grants."""
    return Reader(actor, record.history(stream(actor)).standing())


def may(reader: Reader, fact: Fact, now: str) -> bool:
    """Return whether `reader` may see the body of `fact` at `now`: not unless an audience is theirs.

    `now` is the present, whatever date is asked about: a past view withholds what its reader may not see today.
    """
    return reader.reads_all(now) or bool(reader.audiences(now) & set(fact.audience))


def require_oversight(reader: Reader, now: str) -> None:
    """Refuse whoever asks who read what, but the Secretariat and auditors.

    Raises:
        NotPermitted: neither role is held now.
    """
    if not reader.reads_all(now):
        raise NotPermitted(
            "who read a document is shown to the Secretariat and to auditors",
            where="actor",
            remedy="act as one of them with --actor or LEDGER1540_ACTOR",
        )


SYSTEM = "system"
"""The actor, and the role, of what the record does by itself; nobody is granted it."""

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
    "register-document": WORKERS,
    "register-sealed-document": WORKERS,
    "correct-reading": WORKERS,
    "log-activity": WORKERS,
    "follow-activity-up": WORKERS,
    "draft-compilation": WORKERS,
    "record-law": WORKERS,
    "amend-law": WORKERS,
    "repeal-law": WORKERS,
    "record-treaty-action": WORKERS,
    "propose": ("chair", "secretariat", "member", "expert"),
    "authorise-disposal": ("chair", "secretariat"),
    "authorise-correction": ("chair", "secretariat", "member"),
    "adopt": ("chair", "secretariat"),
    "do-not-adopt": ("chair", "secretariat"),
    "approve": ("chair", "secretariat"),
    "approve-conclusions": ("chair", "secretariat"),
    "examine": ("chair", "secretariat", "expert"),
    "authenticate-request": WORKERS,
    "find-informal": WORKERS,
    "post-summary": WORKERS,
    "propose-match": WORKERS,
    "agree-match": WORKERS,
    "drop-match": WORKERS,
    "express-interest": WORKERS,
    "follow-up-interest": WORKERS,
    "lapse-interest": WORKERS,
    "dispatch-status": WORKERS,
    "ask-discussion": ("chair", "member", "secretariat"),
    "object": ("member", "chair", "secretariat"),
    "place-on-hold": ("member", "chair", "secretariat"),
    "release-hold": ("member", "chair", "secretariat"),
    "ask-time": ("member", "chair", "secretariat"),
    "answer-time": ("chair", "secretariat"),
    "close-procedure": ("chair", "secretariat"),
    "seal-heads": (SYSTEM,),
    "delegate": ("auditor", "chair", "expert", "member", "secretariat", "state"),
}
"""The roles that allow a command, the first held being the one exercised; what is not named is the Secretariat's."""


STRUCK_BY_WORKERS = frozenset({"matrix", "document", "submission", "activity", "law", "treaty"})
"""Kinds of streams in which experts too correct and void; in all others the Secretariat alone does.

Else whoever may correct a cell could correct a grant of roles to themselves.
"""


def strikers(streams: Iterable[str]) -> Sequence[str]:
    """Return the roles that may strike events in all of these streams."""
    return WORKERS if {prefix(stream) for stream in streams} <= STRUCK_BY_WORKERS else ("secretariat",)


FOUNDING = ("register-type", "register-actor", "grant")
"""What `init` does before any role is on record."""


def require(command: Command, tag: str, context: Context, *, among: Sequence[str] | None = None) -> str:
    """Return the role under which an actor may give a command, `among` some roles if they are named.

    The first actor of an empty record needs none: `init` grants it. A batch of late history is the importer's, whose
    own right was checked when the batch began; the actors it names are claims, kept as such.

    Raises:
        NotPermitted: no role on record allows it, or what is recorded live claims to be of a batch.
    """
    of_batch = context.causation is not None and begins_batch(context.record.event(context.causation))
    if context.importing and tag != "import-batch":
        if not of_batch:
            raise NotPermitted(
                "history enters late in a batch alone", remedy="import it: an import begins with its batch"
            )
        return command.role
    if of_batch:
        raise NotPermitted(
            f"event {context.causation} begins a batch of late history, the cause of what came in with it alone",
            where="causation",
            remedy="name the event that this is done because of, or leave it out",
        )
    allowed = [role for role in MAY_DO.get(tag, ("secretariat",)) if among is None or role in among]
    held = {role for role, _ in reader(context.record, command.actor).held(context.recorded_at)}
    if command.actor == SYSTEM:
        held = {SYSTEM}
    for role in allowed:
        if role in held and command.role in ("", role):
            return role
    if tag in FOUNDING and not any(isinstance(e.body, RoleGranted) for e in context.record.after(0)):
        return "secretariat"
    raise NotPermitted(
        f"{command.actor} holds no role that allows them to {act(tag)}",
        where="actor",
        remedy=f"needs one of: {', '.join(allowed)}; a role is granted with `ledger1540 grant`",
    )
