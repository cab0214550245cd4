"""Files that go out: answers as tables, the calendar, the feed, the figures of an annual review."""
