"""The matrix of a State: revisions, cells, manifests, and what was known of them when."""
