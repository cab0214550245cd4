"""Answers that a stranger can check: what a question rests on, put into one file with its proofs."""
