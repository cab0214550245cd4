"""The no-objection procedure: a workflow waits for its hour and proposes to close; the record's rules judge."""
