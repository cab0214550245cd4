"""How views look on a screen."""
