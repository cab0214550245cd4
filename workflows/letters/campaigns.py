"""The two campaigns: points of contact are asked to confirm, States that have not reported are invited."""

from collections.abc import Iterator

from domain import ids, template
from domain.calendar import campaigns
from domain.calendar.due_letters import DueLetter
from domain.contact import file as contact
from domain.deciding import stands_at
from domain.matrix.documents import read_manifest
from domain.refusals import NotFound
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Instant
from ledger.record import Record
from projections import due_letters
from workflows.letters.kind import Sort
from workflows.letters.kinds import Confirming, Inviting
from workflows.letters.naming import party


def _wave(about: str, rung: str) -> str:
    """Return the cycle of a campaign's letter: all that fall due on one day are one wave."""
    del about
    return rung


def _contacts(record: Record, at: Instant, name: str) -> Iterator[DueLetter]:
    del name
    return due_letters.of_contacts(record, at)


def _confirming(record: Record, each: DueLetter, at: Instant) -> Confirming:
    standing = stands_at(record, Cut())
    file = contact.file_of(standing(each.about))
    assert file.holds is not None  # noqa: S101 - nobody else is asked
    return Confirming(
        party=party(record, each, state=file.holds.state, organization=file.holds.organization),
        confirmed_on=campaigns.confirmed_on(standing, file).isoformat(),
        reply_by=(new_york_date(at) + campaigns.ANSWERED_WITHIN).isoformat(),
    )


def _first_reports(record: Record, at: Instant, name: str) -> Iterator[DueLetter]:
    del name
    return due_letters.of_first_reports(record, at)


def _inviting(record: Record, each: DueLetter, at: Instant) -> Inviting:
    """Fill an invitation with the pre-filled matrix, by hash, and the notice that stands on it.

    Raises:
        NotFound: the matrix that was sent is not in the store.
    """
    del at
    manifest = campaigns.prefilled_matrix(record.history(each.about).standing())
    stored = None if manifest is None else record.document(manifest)
    if manifest is None or stored is None:
        raise NotFound(f"the pre-filled matrix {manifest} is not in the store", where=each.about)
    sent = read_manifest(stored)
    state = each.about.removeprefix(ids.exchange(""))
    return Inviting(
        state=party(record, each, state=state, organization=None),
        matrix_document=manifest,
        notice=template.notice(record.history(template.stream(sent.template)).standing()),
    )


CONTACTS = Sort(
    name="contact",
    kinds=(campaigns.CONFIRMATION, campaigns.REMINDER),
    due=_contacts,
    says=_confirming,
    cycle=_wave,
    about=(contact.stream(""),),
)
FIRST_REPORTS = Sort(
    name="first-report",
    kinds=(campaigns.INVITATION,),
    due=_first_reports,
    says=_inviting,
    cycle=_wave,
    about=(ids.exchange(""),),
)
