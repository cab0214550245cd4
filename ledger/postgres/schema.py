"""Where the text of the schema is."""

from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")
