"""The Committee's log of what it does beside its procedures: activities of a closed list of kinds."""
