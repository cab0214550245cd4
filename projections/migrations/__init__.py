"""Migrations of the engine's own tables, by Alembic. The tables of views are made anew by a rebuild instead."""
