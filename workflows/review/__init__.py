"""The annual review: a workflow waits for its cut-off, and drafts it from the record."""
