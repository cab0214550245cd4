"""What acts on matrices leave to be done: drafts, seals, approvals, and remarks on drafts."""

from collections.abc import Iterator, Mapping

from projections.engine.answering import Asking
from projections.views import changes
from projections.views.matrices import Act, File
from projections.worklist.item import Found, found


def items(asking: Asking, files: Mapping[str, File]) -> Iterator[Found]:
    """Yield what is to be done about the matrices of States."""
    for state, file in files.items():
        yield from _of_file(state, file)
        yield from _remarks(asking, state, file)


def _of_file(state: str, file: File) -> Iterator[Found]:
    approved = {act.of.manifest for act in file.of("approved")}
    approval = file.last("approved")
    for act in file.standing():
        name, seal = f"{state}/{act.of.revision}", file.sealed(act.of.revision)
        if seal is None:
            yield found(act, state, "opened, not sealed", name, f"seal {name}, or withdraw revision {name}")
        elif seal.of.manifest not in approved and (approval is None or _after(seal, approval)):
            yield found(seal, state, "sealed, not approved", name, f"propose, adopt, then approve {name}")


def _after(act: Act, other: Act) -> bool:
    return (act.known_at, act.root_position) > (other.known_at, other.root_position)


def _remarks(asking: Asking, state: str, file: File) -> Iterator[Found]:
    """Yield the remarks on drafts in whose row no cell was assessed or looked at since."""
    drafts = {act.of.revision for act in file.standing() if file.sealed(act.of.revision) is None}
    open_remarks = [act for act in file.of("remarked") if act.of.revision in drafts]
    if not open_remarks:
        return
    looked = asking.rows.at(changes.VIEW, asking.axes.cut, {"state": state, "revision": tuple(drafts)})
    for act in open_remarks:
        in_row = (each for each in looked if (each.of.revision, each.of.row) == (act.of.revision, act.of.row))
        if not any((each.known_at, each.root_position) > (act.known_at, act.root_position) for each in in_row):
            name = f"{state}/{act.of.revision}"
            do = f"assess {name}, or confirm {name}"
            yield found(act, state, "remark on a draft", f"{name} {act.of.row}", do, act.of.note or "")
