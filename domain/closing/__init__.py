"""How each duty of the programme is opened and closed by events: one closed table, and what judges from it."""

from domain.closing.rules import Asked, Facts, Item, Judged, Progress, Rule
from domain.closing.table import RULES, TYPES, rule_of

__all__ = ["RULES", "TYPES", "Asked", "Facts", "Item", "Judged", "Progress", "Rule", "rule_of"]
