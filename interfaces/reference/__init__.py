"""The reference files that every record starts from."""
