"""Commands that work on a matrix."""

import msgspec

from domain.deciding import Command
from domain.matrix.events import Source
from domain.values import CellId, Date, LetterId, Name, Party, Revision, Sha256, StateCode


class OpenRevision(Command, frozen=True, kw_only=True, tag="open-revision"):
    """Begin a revision on a template; `revision` defaults to the next number, `seeded_from` to none."""

    state: StateCode
    template: Name
    revision: Revision | None = None
    seeded_from: Revision | None = None


class AssessedCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell to assess; without sources of its own it takes the command's, without dates there are none."""

    cell: CellId
    value: str
    sources: tuple[Source, ...] | None = None
    in_force_from: Date | None = None
    in_force_to: Date | None = None
    note: str = ""
    replaces: str | None = None


class AssessCells(Command, frozen=True, kw_only=True, tag="assess"):
    """Assess cells of a revision, many for one source."""

    state: StateCode
    revision: Revision
    cells: tuple[AssessedCell, ...]
    sources: tuple[Source, ...] = ()


class ConfirmCells(Command, frozen=True, kw_only=True, tag="confirm"):
    """Say that cells were looked at again and still stand."""

    state: StateCode
    revision: Revision
    cells: tuple[CellId, ...]
    note: str = ""


class RemarkRow(Command, frozen=True, kw_only=True, tag="remark"):
    """Put a remark on a row: all cells of one section and item."""

    state: StateCode
    revision: Revision
    section: str
    item: int
    remark: str


class WithdrawRevision(Command, frozen=True, kw_only=True, tag="withdraw-revision"):
    """Give a revision up; what was approved of it remains."""

    state: StateCode
    revision: Revision
    reason: str


class SealRevision(Command, frozen=True, kw_only=True, tag="seal"):
    """Close a revision and fix its manifest."""

    state: StateCode
    revision: Revision


class ExamineMatrix(Command, frozen=True, kw_only=True, tag="examine"):
    """Record that the Committee has examined a State's matrix."""

    state: StateCode
    revision: Revision
    manifest: Sha256 | None = None
    note: str = ""


class ApproveMatrix(Command, frozen=True, kw_only=True, tag="approve"):
    """Approve the manifest of a sealed revision under an adopted decision."""

    state: StateCode
    revision: Revision
    decision: Name
    manifest: Sha256 | None = None


class SupersedeMatrix(Command, frozen=True, kw_only=True, tag="supersede"):
    """Say that an approved revision is replaced by a later approved one."""

    state: StateCode
    revision: Revision
    by_revision: Revision


class SendMatrix(Command, frozen=True, kw_only=True, tag="send"):
    """Send the manifest of a sealed revision to the State."""

    state: StateCode
    revision: Revision
    basis: tuple[str, ...] = ()


class AskConsent(Command, frozen=True, kw_only=True, tag="ask-consent"):
    """Record that a State was asked for its consent, of one revision's manifest or of all."""

    state: StateCode
    scope: str
    revision: Revision | None = None
    partners: tuple[Party, ...] = ()
    reply_by: Date | None = None
    letter: LetterId | None = None
    document: Name | None = None


class GiveConsent(Command, frozen=True, kw_only=True, tag="give-consent"):
    """Record that a State consents, of one revision's manifest or of all; to sharing, with the partners named."""

    state: StateCode
    scope: str
    revision: Revision | None = None
    partners: tuple[Party, ...] = ()
    valid_from: Date | None = None
    valid_to: Date | None = None
    letter: LetterId | None = None
    document: Name | None = None


class RefuseConsent(Command, frozen=True, kw_only=True, tag="refuse-consent"):
    """Record that a State does not consent; a consent that stands is not refused but withdrawn."""

    state: StateCode
    scope: str
    revision: Revision | None = None
    partners: tuple[Party, ...] = ()
    letter: LetterId | None = None
    document: Name | None = None


class WithdrawConsent(Command, frozen=True, kw_only=True, tag="withdraw-consent"):
    """Record that a State takes its consent back, with whichever partners it was given for."""

    state: StateCode
    scope: str
    revision: Revision | None = None
    document: Name | None = None


class PublishMatrix(Command, frozen=True, kw_only=True, tag="publish"):
    """Publish the approved manifest of a revision, with the State's consent."""

    state: StateCode
    revision: Revision


class UnpublishMatrix(Command, frozen=True, kw_only=True, tag="unpublish"):
    """Take a published manifest down."""

    state: StateCode
    revision: Revision
