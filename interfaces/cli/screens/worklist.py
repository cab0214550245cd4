"""What is to be done, on a screen."""

from interfaces.cli.output import line, table
from interfaces.cli.screens.answered import write_over, write_withheld
from interfaces.cli.screens.heading import date_words
from interfaces.text import _, some
from projections.worklist.item import What
from projections.worklist.listing import Worklist


def what_words(what: What) -> str:
    """Return what is to be done, in words."""
    return {
        "received, not yet reflected": _("received, not yet reflected in any cell"),
        "source no longer there": _("rests on a source that is no longer there"),
        "opened, not sealed": _("opened, not sealed"),
        "sealed, not approved": _("sealed, not approved"),
        "sent, not answered": _("sent, not answered"),
        "comment, not looked at since": _("comment, its cell not looked at since"),
        "clarification awaited": _("clarification awaited"),
        "reply to a letter awaited": _("reply to a letter awaited"),
        "reply to a letter asked of us": _("reply to a letter asked of us"),
        "next step on a letter": _("next step on a letter"),
        "step of a request for assistance": _("step of a request for assistance"),
        "visit, next act": _("next act of a visit"),
        "meeting, not all members told": _("meeting, not all members told"),
        "meeting over, not recorded as held": _("meeting over, not recorded as held"),
        "conclusions drawn, not approved": _("conclusions drawn, not approved"),
        "conclusions approved, not dispatched": _("conclusions approved, not dispatched"),
        "conclusions approved, no open meeting": _("conclusions approved, no word on an open meeting"),
        "approved, consent not asked": _("approved, no word on publication"),
        "consent asked, not answered": _("consent asked, not answered"),
        "published, consent ended": _("still published, the State's consent has ended"),
        "remark on a draft": _("remark, its row not looked at since"),
        "contact proposed, not confirmed": _("contact proposed, not confirmed by a second person"),
        "contact asked twice, not answered": _("contact asked twice, not answered"),
        "mail to a contact came back": _("mail to a contact came back"),
        "no point of contact any more": _("no point of contact any more"),
        "message of which nobody knows whether it went out": _("message of which nobody knows whether it went out"),
        "message refused by a mail server": _("message refused by a mail server"),
        "message that came back": _("message that came back"),
        "letter without an address": _("letter without an address, to be handed over"),
    }[what]


def write_worklist(found: Worklist) -> None:
    """Write what is to be done, the oldest first."""
    write_over(_("Worklist"), found)
    if found.states is not None:
        line(f"  {_('States'):<11} {', '.join(found.states)}")
        line()
    table(
        (_("Since"), _("State"), _("What"), _("Of"), _("To do"), _("Event"), _("Note")),
        (
            (
                date_words(each.since, each.since_precision),
                each.state or "",
                what_words(each.what),
                each.about,
                each.do,
                str(each.position),
                each.note,
            )
            for each in found.items
        ),
    )
    line()
    line(some("{} thing to do.", "{} things to do.", len(found.items)))
    write_withheld(found)
