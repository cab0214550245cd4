"""Duties that fall due: a workflow wakes at each rung of a ladder, and whoever is to be reminded is written to."""
