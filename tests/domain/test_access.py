"""Who may read and do what: given roles on record, when someone reads or acts, then they may, or by default not."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.access import PUBLIC_READER, Reader, may, reader, require
from domain.actor import DelegateRole, GrantRole, RegisterActor, WithdrawRole
from domain.acts import ACTS, act
from domain.audiences import with_state
from domain.catalogue import COMMANDS, decode_command
from domain.deciding import Command
from domain.decision import Propose, ProposedItem
from domain.matrix.commands import ApproveMatrix, GiveConsent, PublishMatrix
from domain.recorded import Draft, Recorded, RecordedInError
from domain.refusals import MalformedInput, NotFound, NotPermitted
from domain.submission import DeclareNoChange
from tests.committee import A, Committee
from tests.memory_record import MemoryRecord

ROLES = ("public", "state:KEN", "state:FRA", "auditor", "member", "expert", "chair", "secretariat")


def table(written: str) -> list[tuple[str, str, bool]]:
    """Return (row, column, whether it is marked) for every place of a table; the first line names the columns."""
    head, *rows = [line.split() for line in written.strip().splitlines()]
    return [(name, column, mark == "x") for name, *marks in rows for column, mark in zip(head, marks, strict=True)]


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 there is somebody in every role, and one in none."""
    committee = Committee()
    for each in ROLES:
        role, _, scope = each.partition(":")
        committee.grants(f"{role}-{scope or 1}", role, scope=scope)
    committee.one(RegisterActor, name="nobody-1")
    return committee


def who(role: str) -> str:
    name, _, scope = role.partition(":")
    return f"{name}-{scope or 1}"


# Reading


def a_publication(committee: Committee) -> Recorded:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    committee.one(GiveConsent, state="KEN", scope="publish")
    return committee.one(PublishMatrix, state="KEN", revision=1)


def a_draft_cell(committee: Committee) -> Recorded:
    committee.opens(1)
    return committee.assesses(1, {A: "X"})[0]


def a_matrix_sent(committee: Committee) -> Recorded:
    committee.sealed(1, {A: "X"})
    return committee.sends(1)


def a_proposal(committee: Committee) -> Recorded:
    return committee.one(Propose, decision="d", title="", items=(ProposedItem(number=1, text=""),))


def a_submission(committee: Committee) -> Recorded:
    return committee.one(DeclareNoChange, submission="ken-1", state="KEN", since="2010", received="2012-01-02")


def a_role(committee: Committee) -> Recorded:
    return committee.one(GrantRole, to="nobody-1", granted_role="public")


FACTS: dict[str, Callable[[Committee], Recorded]] = {
    "publication": a_publication,
    "draft": a_draft_cell,
    "proposal": a_proposal,
    "submission": a_submission,
    "sent": a_matrix_sent,
    "role": a_role,
}
MAY_SEE = """
             publication  draft  proposal  submission  sent  role
nobody       x            -      -         -           -     -
public       x            -      -         -           -     -
state:KEN    x            -      -         x           x     -
state:FRA    x            -      -         -           -     -
member       x            x      x         x           x     -
chair        x            x      x         x           x     -
expert       x            x      x         x           x     -
secretariat  x            x      x         x           x     x
auditor      x            x      x         x           x     x
"""
"""Facts about Kenya, and who sees what they say."""


@pytest.mark.parametrize(("role", "fact", "sees"), table(MAY_SEE))
def test_who_sees_a_fact_follows_from_its_audience_and_their_role(
    committee: Committee, role: str, fact: str, sees: bool
) -> None:
    event = FACTS[fact](committee)
    reads = reader(committee.record, who(role))
    assert may(reads, event.header, committee.record.recorded_at()) == sees
    assert may(PUBLIC_READER, event.header, committee.record.recorded_at()) == (fact == "publication")


@pytest.mark.parametrize(
    ("audience", "sees"),
    [((), set[str]()), (("member",), {"member"}), (("state:KEN",), {"state:KEN"}), (("states",), set[str]())],
)
def test_what_is_addressed_to_nobody_else_only_its_keepers_and_auditors_see(
    committee: Committee, audience: tuple[str, ...], sees: set[str]
) -> None:
    fact = Draft(stream="state/KEN", event=RecordedInError(reason=""), audience=audience)
    now = committee.record.recorded_at()
    seeing = {role for role in ROLES if may(reader(committee.record, who(role)), fact, now)}
    assert seeing == sees | {"auditor", "secretariat"}
    assert not may(reader(committee.record, "never-registered"), fact, now)


def test_a_reader_is_an_actor_with_what_stands_of_their_grants_and_belongs_to_the_public_too(
    committee: Committee,
) -> None:
    now = committee.record.recorded_at()
    chair = reader(committee.record, "chair-1")
    assert chair.held(now) == {("chair", "")}
    assert chair.audiences(now) == {"chair", "committee", "public"}
    assert reader(committee.record, "state-KEN").audiences(now) == {"state:KEN", "public"}
    assert Reader("anyone").audiences(now) == PUBLIC_READER.audiences(now) == {"public"}


# Roles are judged now, whatever date is asked about


def sees_now(committee: Committee, actor: str) -> bool:
    """True where they now see what Kenya submitted."""
    fact = Draft(stream="submission/ken-1", event=RecordedInError(reason=""), audience=with_state("KEN"))
    return may(reader(committee.record, actor), fact, committee.record.recorded_at())


def test_a_role_holds_from_its_first_day_to_its_last_in_new_york(committee: Committee) -> None:
    committee.one(GrantRole, to="nobody-1", granted_role="expert", valid_from="2012-03-01", valid_to="2012-03-31")
    for instant, holds in (
        ("2012-03-01T04:59:59.999999Z", False),
        ("2012-03-01T05:00:00.000000Z", True),
        ("2012-04-01T03:59:59.999999Z", True),
        ("2012-04-01T04:00:00.000000Z", False),
    ):
        committee.record.now = instant
        assert sees_now(committee, "nobody-1") == holds


def test_who_has_left_sees_nothing_more_of_what_they_once_saw(committee: Committee) -> None:
    assert sees_now(committee, "member-1")
    committee.one(WithdrawRole, of="member-1", withdrawn_role="member", reason="the term ended")
    assert not sees_now(committee, "member-1")


def test_a_role_granted_in_error_is_none_and_its_withdrawal_in_error_takes_nothing(committee: Committee) -> None:
    committee.voids(committee.one(GrantRole, to="nobody-1", granted_role="expert"))
    assert not sees_now(committee, "nobody-1")
    left = committee.one(WithdrawRole, of="member-1", withdrawn_role="member", reason="of another")
    committee.voids(left)
    assert sees_now(committee, "member-1")


def test_a_delegated_role_is_as_good_as_a_granted_one_for_its_time(committee: Committee) -> None:
    committee.one(DelegateRole, actor="expert-1", to="nobody-1", delegated_role="expert", valid_to="2012-01-31")
    assert sees_now(committee, "nobody-1")
    assert not sees_now(committee.on("2012-02-02"), "nobody-1")


def test_the_role_of_a_state_is_for_that_state_alone(committee: Committee) -> None:
    assert sees_now(committee, "state-KEN")
    assert not sees_now(committee, "state-FRA")


# Acting

MAY_DO = """
                      public  state:KEN  auditor  member  expert  chair  secretariat
assess                -       -          -        -       x       -      x
confirm               -       -          -        -       x       -      x
remark                -       -          -        -       x       -      x
open-revision         -       -          -        -       x       -      x
withdraw-revision     -       -          -        -       x       -      x
seal                  -       -          -        -       x       -      x
correct               -       -          -        -       x       -      x
in-error              -       -          -        -       x       -      x
read-submission       -       -          -        -       x       -      x
register-document     -       -          -        -       x       -      x
register-sealed-document -    -          -        -       x       -      x
correct-reading       -       -          -        -       x       -      x
authenticate-request  -       -          -        -       x       -      x
find-informal         -       -          -        -       x       -      x
post-summary          -       -          -        -       x       -      x
propose-match         -       -          -        -       x       -      x
agree-match           -       -          -        -       x       -      x
drop-match            -       -          -        -       x       -      x
dispatch-status       -       -          -        -       x       -      x
express-interest      -       -          -        -       x       -      x
follow-up-interest    -       -          -        -       x       -      x
lapse-interest        -       -          -        -       x       -      x
ask-discussion        -       -          -        x       -       x      x
log-activity          -       -          -        -       x       -      x
follow-activity-up    -       -          -        -       x       -      x
draft-compilation     -       -          -        -       x       -      x
record-law            -       -          -        -       x       -      x
amend-law             -       -          -        -       x       -      x
repeal-law            -       -          -        -       x       -      x
record-treaty-action  -       -          -        -       x       -      x
examine               -       -          -        -       x       x      x
object                -       -          -        x       -       x      x
place-on-hold         -       -          -        x       -       x      x
release-hold          -       -          -        x       -       x      x
ask-time              -       -          -        x       -       x      x
answer-time           -       -          -        -       -       x      x
close-procedure       -       -          -        -       -       x      x
propose               -       -          -        x       x       x      x
authorise-correction  -       -          -        x       -       x      x
authorise-disposal    -       -          -        -       -       x      x
adopt                 -       -          -        -       -       x      x
do-not-adopt          -       -          -        -       -       x      x
approve               -       -          -        -       -       x      x
approve-conclusions   -       -          -        -       -       x      x
delegate              -       x          x        x       x       x      x
"""
"""Who does what; all else is the Secretariat's alone."""
THE_SYSTEMS = {"seal-heads"}
"""What the record does by itself."""
THE_SECRETARIATS = sorted(set(COMMANDS) - {name for name, _, _ in table(MAY_DO)} - THE_SYSTEMS)


def exercised(committee: Committee, tag: str, actor: str, role: str = "") -> str | None:
    """Return the role under which someone may give a command, or None."""
    try:
        return require(Command(id="c", actor=actor, role=role), tag, committee.context())
    except NotPermitted:
        return None


@pytest.mark.parametrize(("tag", "role", "allowed"), table(MAY_DO))
def test_who_may_give_a_command_follows_from_their_role(
    committee: Committee, tag: str, role: str, allowed: bool
) -> None:
    assert tag in COMMANDS
    assert exercised(committee, tag, who(role)) == (role.partition(":")[0] if allowed else None)


@pytest.mark.parametrize("tag", [*THE_SECRETARIATS, "a-command-to-come"])
def test_what_is_not_said_to_be_others_is_the_secretariats_alone(committee: Committee, tag: str) -> None:
    assert [role for role in ROLES if exercised(committee, tag, who(role)) is not None] == ["secretariat"]


@pytest.mark.parametrize("tag", sorted(THE_SYSTEMS))
def test_what_the_record_does_by_itself_no_role_allows(committee: Committee, tag: str) -> None:
    assert [role for role in ROLES if exercised(committee, tag, who(role)) is not None] == []
    assert exercised(committee, tag, "system") == "system"
    assert exercised(committee, "assess", "system") is None


@pytest.mark.parametrize("tag", sorted(COMMANDS))
def test_who_holds_no_role_does_nothing(committee: Committee, tag: str) -> None:
    assert exercised(committee, tag, "nobody-1") is None
    assert exercised(committee, tag, "never-registered") is None


def test_who_holds_several_roles_acts_under_the_first_that_allows_it_or_the_one_they_name(committee: Committee) -> None:
    committee.one(GrantRole, to="chair-1", granted_role="expert")
    assert exercised(committee, "propose", "chair-1") == "chair"
    assert exercised(committee, "propose", "chair-1", role="expert") == "expert"
    assert exercised(committee, "assess", "chair-1") == "expert"
    assert exercised(committee, "approve", "chair-1", role="expert") is None


def test_a_role_is_on_record_never_a_word_in_the_command(committee: Committee) -> None:
    assert exercised(committee, "approve", "member-1", role="secretariat") is None
    with pytest.raises(NotPermitted):
        committee.one(ApproveMatrix, actor="member-1", role="chair", state="KEN", revision=1, decision="d")


def test_a_role_that_has_ended_allows_nothing_more(committee: Committee) -> None:
    committee.one(GrantRole, to="nobody-1", granted_role="expert", valid_to="2012-01-31")
    assert exercised(committee, "assess", "nobody-1") == "expert"
    assert exercised(committee.on("2012-02-02"), "assess", "nobody-1") is None


def test_the_first_actor_grants_the_first_role_and_does_nothing_else_without_one() -> None:
    committee = Committee()
    committee.record = MemoryRecord()
    for tag in COMMANDS:
        allowed = tag in ("register-type", "register-actor", "grant")
        assert (exercised(committee, tag, "sec") == "secretariat") == allowed
    committee.grants("sec", "secretariat")
    assert exercised(committee, "grant", "another") is None


# History that enters late


@pytest.mark.parametrize("cause", ["none", "an event that began no batch", "an event that is not on record"])
def test_history_enters_late_in_a_batch_alone(committee: Committee, cause: str) -> None:
    causation = {"none": None, "an event that began no batch": committee.record.events[-1].id}.get(cause, "0" * 8)
    context = committee.context(importing=True, causation=causation)
    with pytest.raises(NotPermitted, match="history enters late in a batch alone"):
        require(Command(id="c", actor="sec", role="secretariat"), "assess", context)


def test_within_a_batch_the_actors_and_their_roles_are_claims_and_kept_as_such(committee: Committee) -> None:
    context = committee.context(importing=True, causation=committee.imports().id)
    assert require(Command(id="c", actor="expert-of-2006", role="expert"), "assess", context) == "expert"
    assert require(Command(id="c", actor="expert-of-2006"), "assess", context) == ""


def test_a_batch_is_begun_by_the_secretariat_alone(committee: Committee) -> None:
    begins = Command(id="c", actor="expert-1", role="secretariat")
    with pytest.raises(NotPermitted, match="expert-1 holds no role that allows them to import history"):
        require(begins, "import-batch", committee.context(importing=True))


def test_what_is_recorded_now_is_no_part_of_a_batch_of_late_history(committee: Committee) -> None:
    batch = committee.imports()
    context = committee.context(causation=batch.id)
    with pytest.raises(NotPermitted, match="begins a batch of late history"):
        require(Command(id="c", actor="sec"), "assess", context)


# Refusals speak to whoever gave the command, at the command line or in a file


@pytest.mark.parametrize("tag", sorted(COMMANDS))
def test_a_refusal_says_in_words_what_is_not_allowed_and_who_may(committee: Committee, tag: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        require(Command(id="c", actor="nobody-1"), tag, committee.context())
    told = str(refused.value)
    assert told.startswith(f"actor: nobody-1 holds no role that allows them to {act(tag)} (needs one of: ")
    assert "`ledger1540 grant`" in told
    assert "-" not in tag or tag not in told


@pytest.mark.parametrize("tag", sorted(COMMANDS))
def test_a_command_that_cannot_be_read_is_refused_in_words_too(tag: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        decode_command(b'{"command":"%b","id":1}' % tag.encode())
    assert refused.value.remedy == f"how to {act(tag)}: docs/reference/commands.md"


def test_only_commands_that_there_are_have_words() -> None:
    assert set(ACTS) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("kind", "role"),
    [(GrantRole, {"granted_role": "secretariat"}), (DelegateRole, {"delegated_role": "secretariat"})],
)
def test_a_role_is_for_a_registered_actor_and_the_refusal_says_how_one_becomes_so(
    committee: Committee, kind: type[Command], role: dict[str, Any]
) -> None:
    with pytest.raises(NotFound, match="actor stranger is not registered") as refused:
        committee.one(kind, to="stranger", **role)
    assert refused.value.remedy == "register it first, as `ledger1540 grant` does"
