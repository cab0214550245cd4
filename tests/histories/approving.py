"""Operations on a sealed revision: approving, sending, consent, publishing."""

from domain.decision import Adopt, Propose, ProposedItem
from domain.matrix import commands as c
from tests.histories.historian import Historian, pick


def approves(historian: Historian, state: str) -> None:
    """Propose, adopt and approve a sealed revision, or repeat an approval."""
    revision = historian.revision(state, historian.a, sealed=True)
    if revision is None:
        return
    sealed = historian.facts(state).sealed[revision]
    decision = f"d{historian.number}"
    item = ProposedItem(number=1, text="adopt", rests_on=(sealed.manifest or "",))
    historian.give(Propose, actor="chair", decision=decision, title="", items=(item,))
    if historian.b % 9:
        historian.give(Adopt, actor="chair", decision=decision, meeting="m")
    known = historian.known(sealed.known_at)
    historian.give(c.ApproveMatrix, actor="chair", state=state, revision=revision, decision=decision, known=known)


def sends(historian: Historian, state: str) -> None:
    """Send a sealed revision's manifest to the State."""
    revision = historian.revision(state, historian.a, sealed=True)
    if revision is not None:
        known = historian.known(historian.facts(state).sealed[revision].known_at)
        historian.give(c.SendMatrix, state=state, revision=revision, known=known)


def consents(historian: Historian, state: str) -> None:
    """Record consent, or its withdrawal."""
    if historian.a % 3:
        historian.give(c.GiveConsent, state=state, scope="publish")
    else:
        historian.give(c.WithdrawConsent, state=state, scope="publish")


def publishes(historian: Historian, state: str) -> None:
    """Publish an approved revision; by and by take one down."""
    facts = historian.facts(state)
    kind = "published" if historian.b % 3 == 0 and historian.a % 2 else "approved"
    acts = [row for row in facts.acts if row.kind == kind]
    act = pick(list(reversed(acts)), historian.a % 3)
    if act is None:
        return
    revision = next((r for r, row in facts.sealed.items() if row.manifest == act.manifest), None)
    if revision is None:
        return
    known = historian.known(act.known_at)
    if kind == "published":
        historian.give(c.UnpublishMatrix, state=state, revision=revision, known=known)
        return
    if historian.a % 2:
        historian.give(c.GiveConsent, state=state, scope="publish", known=known)
    historian.give(c.PublishMatrix, state=state, revision=revision, known=known)
