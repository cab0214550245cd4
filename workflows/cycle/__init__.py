"""The workflow that waits until something on record has to be looked at, looks, and waits again until it is over."""
