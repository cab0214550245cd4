"""Programs that are started rather than asked: the tour, the writer of golden files, the projector; later, workers."""
