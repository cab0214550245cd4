"""What the Committee's records mean: events, states, decisions, calendar, access; no I/O, no clock, no randomness."""
