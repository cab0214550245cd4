"""Copies of a record to be put in its place: made whole, checked file by file, and never a fork of what was signed."""
