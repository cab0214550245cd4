"""Organizations and committees with which the Committee works, and the objectives of that work."""
