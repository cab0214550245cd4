"""The kinds of activity that are logged: which duty each serves, by which paragraph, what it needs, what may follow."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Need = Literal["document", "state", "party", "decision", "goal"]
"""`party` is a State or an organization."""


class Kind(msgspec.Struct, frozen=True):
    """What is logged under one name; the bodies of `public` kinds are on the website anyway."""

    duty: str
    paragraph: str
    needs: tuple[Need, ...] = ()
    outcomes: tuple[str, ...] = ("followed-up",)
    public: bool = False
    sector: str = ""
    """With which sector a contact is: every State named has consented to it before."""


_INTEREST = ("followed-up", "answered", "lapsed")

KINDS: Mapping[str, Kind] = {
    "reason-not-reported": Kind("NONREP-WHY", "6(a)(ii)", ("state",)),
    "missing-information-paper-tabled": Kind("NONREP-WHY", "6(a)(ii)", ("document",)),
    "database-entry-asked": Kind("LEGDB", "6(a)(vii)", ("state", "document"), ("answered", "lapsed")),
    "database-improved": Kind("LEGDB", "6(a)(vii)"),
    "database-interest-expressed": Kind("LEG-INTEREST", "6(a)(vii)", ("state", "document"), _INTEREST),
    "treaty-promoted": Kind("TREATY", "6(a)(viii)"),
    "metrics-paper-tabled": Kind("METRICS", "6(a)(ix)", ("document",)),
    "further-work-decided": Kind("FURTHER-WORK", "6(a)(ix)", ("decision",), ("progress-noted", "followed-up")),
    "further-work-assessed": Kind("FURTHER-WORK", "6(a)(ix)", ("document",)),
    "assistance-interest-expressed": Kind("ASSIST-INTEREST", "6(b)(i), (iv)", ("party", "document"), _INTEREST),
    "assistance-coordinated": Kind("AWARE-COORD", "6(b)(iv)", ("party",)),
    "assistance-briefed": Kind("ASSIST-REVIEW", "6(b)(ii)", ("document",)),
    "lesson-learned": Kind("AWARE-COORD", "6(b)(iv)", ("document",)),
    "goal-supported": Kind("OBLIG-GOALS", "6(b)(v)", ("state", "goal")),
    "information-sent": Kind("ASSIST-INFO", "6(b)(vii)", ("party", "document")),
    "event-joined": Kind("IRO-DIALOGUE", "6(c)(vi)"),
    "committees-coordinated": Kind("COMM-COORD", "6(c)(iii)c, (vii)"),
    "joint-briefing-given": Kind("JOINT-BRIEF", "6(c)(viii)", ("document",)),
    "web-page-updated": Kind("WEB", "5; 6(d)(i)", public=True),
    "note-published": Kind("EVENTS-PUB", "6(d)(iii)", ("document",), public=True),
    "faq-updated": Kind("EVENTS-PUB", "6(d)(iii)", ("document",), public=True),
    "outreach-civil-society": Kind("OUTREACH", "6(d)(v)"),
    "outreach-academia": Kind("OUTREACH", "6(d)(v)"),
    "outreach-industry": Kind("OUTREACH", "6(d)(vi)"),
    "contact-civil-society": Kind("CONTACT-CONSENT", "6(d)(vii)", ("state",), sector="civil-society"),
    "contact-academia": Kind("CONTACT-CONSENT", "6(d)(vii)", ("state",), sector="academia"),
    "contact-industry": Kind("CONTACT-CONSENT", "6(d)(vii)", ("state",), sector="industry"),
    "outreach-media": Kind("OUTREACH", "6(d)(viii)"),
    "outreach-parliamentarians": Kind("OUTREACH", "6(d)(ix)"),
    "council-briefed": Kind("INFORM", "6(d)(xi)"),
    "states-briefed": Kind("INFORM", "6(d)(xi)"),
    "organizations-briefed": Kind("INFORM", "6(d)(xi)", ("party",)),
    "support-encouraged": Kind("SUPPORT", "7(c)"),
    "contribution-received": Kind("SUPPORT", "7(d)", ("party", "document"), ("used",)),
}
"""Every kind by name. Outreach asks States to speak with others; a contact is with those others themselves."""
