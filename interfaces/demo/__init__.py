"""The simulated history: 193 States from 2004 to 2026, made up from a seed and marked as made up everywhere.

The dates of the Committee's own life are real where they are known (meetings, programmes, mandates, chairs, how many
States had reported by when). Which State reports, asks, offers or is visited, and all that a matrix says, is chance: it
follows from the seed and a State's place in a shuffled list, never from anything about the State. Every type of event
that a command makes is lived at least once.
"""
