"""The engine that keeps views: it follows the record, places what views take of it, rebuilds and compares them."""
