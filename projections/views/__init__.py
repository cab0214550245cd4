"""The views, one module each: its columns, what an event means to it, and the answer that is read from it."""
