"""One module for each migration, in order; what has been released is never changed."""
