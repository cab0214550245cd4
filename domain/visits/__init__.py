"""Visits to States at their invitation."""
