"""Effective practices of States, their compilation, and voluntary action plans (6(a)(iv)-(vi))."""
