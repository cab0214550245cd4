"""Letters: templates by kind and version in English and French, filled at a position of the record."""
