"""The Committee itself: its members by term, who holds its offices, its working groups and its experts."""
