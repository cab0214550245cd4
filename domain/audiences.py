"""Who a fact is addressed to when it is recorded: a closed list, always sorted."""

PUBLIC = ("public",)
COMMITTEE = ("committee", "expert", "secretariat")
SECRETARIAT = ("secretariat",)


def with_state(state: str) -> tuple[str, ...]:
    """Return the Committee's audience and one State."""
    return (*COMMITTEE, f"state:{state}")
