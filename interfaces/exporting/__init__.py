"""A matrix as a file that people read, edit and send: the official layout, and the cells that can come back."""
