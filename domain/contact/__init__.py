"""Contacts of States, Missions and organizations: persons under opaque ids, their personal fields sealed."""
