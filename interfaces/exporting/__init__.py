"""Files that go out: matrices in the official layout, answers as tables, the calendar, the feed, an annual review."""
