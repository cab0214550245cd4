"""Consent and publication as tests of them record them, about Kenya's first revision."""

from typing import Any

from domain.matrix.commands import (
    GiveConsent,
    PublishMatrix,
    UnpublishMatrix,
    WithdrawConsent,
)
from domain.recorded import Recorded
from tests.committee import A, Committee

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")
EVERYONES = ("public",)
OF_ANY_TEXT: dict[str, Any] = {"state": "KEN", "scope": "publish"}


def with_approval() -> Committee:
    """Return a Committee on 1 February 2012: on 2 January Kenya's first revision was sealed and approved."""
    committee = Committee()
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    return committee.on("2012-02-01")


def consents(committee: Committee, **members: Any) -> Recorded:
    return committee.one(GiveConsent, **OF_ANY_TEXT | members)


def takes_back(committee: Committee, **members: Any) -> Recorded:
    return committee.one(WithdrawConsent, **OF_ANY_TEXT | members)


def publish(committee: Committee, revision: int = 1, **members: Any) -> Recorded:
    return committee.one(PublishMatrix, state="KEN", revision=revision, **members)


def unpublish(committee: Committee, revision: int = 1, **members: Any) -> Recorded:
    return committee.one(UnpublishMatrix, state="KEN", revision=revision, **members)


def approval(committee: Committee) -> Recorded:
    return next(event for event in committee.record.events if event.header.type == "matrix.approved")
