"""Words for the parts of a matrix: its sections, weapons and aspects."""

from functools import lru_cache

from interfaces.text import _


@lru_cache(maxsize=1)
def sections() -> dict[str, str]:
    """Return what each section of a template is about."""
    return {
        "op1": _("Operative paragraph 1 and related matters"),
        "op2": _("Operative paragraph 2"),
        "op3ab": _("Operative paragraph 3 (a) and (b): accounting, securing and physical protection"),
        "op3cd": _("Operative paragraph 3 (c) and (d): border controls, export and transhipment"),
        "op6_7_8d": _("Operative paragraphs 6, 7 and 8 (d): control lists, assistance and information"),
    }


@lru_cache(maxsize=1)
def weapons() -> dict[str, str]:
    """Return what each column of a section is about."""
    return {
        "nw": _("Nuclear weapons"),
        "cw": _("Chemical weapons"),
        "bw": _("Biological weapons"),
        "all": _("All"),
    }


@lru_cache(maxsize=1)
def aspects() -> dict[str, str]:
    """Return what is asked of an obligation."""
    return {
        "legal": _("National legal framework"),
        "enforcement": _("Enforcement"),
        "statement": _("Statement"),
    }
