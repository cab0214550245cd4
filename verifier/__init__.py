"""What an auditor takes away: one file that checks an answer, and imports nothing of the rest of the house."""
