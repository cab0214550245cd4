"""Meetings of the Committee and its working groups: planned, announced, held and recorded, and what came of them."""
