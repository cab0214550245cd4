"""Who a fact is addressed to when it is recorded: a closed list, always sorted."""

PUBLIC = ("public",)
COMMITTEE = ("committee", "expert", "secretariat")
SECRETARIAT = ("secretariat",)


def with_state(*states: str) -> tuple[str, ...]:
    """Return the Committee's audience and the States concerned."""
    return (*COMMITTEE, *(f"state:{state}" for state in sorted(set(states))))
