"""Programs that are started rather than asked: the tour, the writer of golden files and, later, workers."""
