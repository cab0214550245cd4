"""Where the text of the schema is, and what its functions look into besides the schema."""

from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")
BEHIND_THE_SCHEMA = ", pg_temp"
"""Named last, because temporary tables are else looked into first: anybody can make some."""
