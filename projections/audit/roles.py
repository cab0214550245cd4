"""Roles that were exercised without being held on that day, by the grants that stand."""

from collections.abc import Iterator

from domain.actor import RoleGranted, roles, stream
from domain.recorded import Recorded
from domain.standing import Cut
from domain.times import new_york_date
from projections.audit.check import Check, Found
from projections.audit.trail import Trail


def find(trail: Trail) -> Iterator[Found]:
    """Yield, for each actor and role, what was done on days on which the actor did not hold the role."""
    founded = next((act.position for act in trail.acts() if isinstance(act.body, RoleGranted)), 0)
    done: dict[tuple[str, str, str | None], list[Recorded]] = {}
    held: dict[tuple[str, str, bool], frozenset[str]] = {}
    for act in trail.acts():
        header = act.header
        if not header.role or act.position <= founded:  # the first actor grants itself its role
            continue
        late = trail.came_late(act)
        day = new_york_date(header.known_at if late else header.recorded_at).isoformat()
        key = (header.actor, day, late)
        if key not in held:
            held[key] = _held(trail, header.actor, day, None if late else header.recorded_at)
        if header.role not in held[key]:
            done.setdefault((header.actor, header.role, header.causation_id if late else None), []).append(act)
    for (actor, role, _), acts in done.items():
        yield Found(acts[0], f"{actor} acts as {role}, and holds no such role on that day", events=len(acts))


def _held(trail: Trail, actor: str, day: str, by: str | None) -> frozenset[str]:
    """Return the roles that an actor holds on a day; `by` leaves out grants that were not known yet.

    What an import claims is held against the period of grants alone, whenever those were recorded.
    """
    known = Cut(position=trail.cut.position) if by is None else Cut(known_at=by, position=trail.cut.position)
    return frozenset(role for role, _ in roles(trail.history(stream(actor)).standing(known), day))


CHECK = Check(
    name="role-not-held",
    says="A role is exercised by those who hold it on that day.",
    find=find,
)
