"""Words for a place on the axes, on screens and in files alike."""

from interfaces.text import Words, _


def standing_words(standing: str, _: Words = _) -> str:
    """Return what a standing means."""
    return {
        "approved": _("the manifest that the Committee last approved by that date"),
        "working": _("a draft: the last revision opened and not withdrawn by that date"),
        "sent": _("the manifest that was last sent to the State by that date"),
        "published": _("the manifest that was last published by that date"),
    }[standing]


def reading_words(reading: str, _: Words = _) -> str:
    """Return what a reading means."""
    return {
        "corrected": _("what we now say about that date"),
        "stood": _("what was believed on that date"),
    }[reading]
