"""Deadlines, silence procedures and letters: Temporal wakes us, the record decides what is due."""
