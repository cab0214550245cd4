"""Views folded from the record: one module for each view, and one engine that runs them."""
