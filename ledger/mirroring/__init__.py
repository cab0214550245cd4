"""Following a published log from outside: every checkpoint against the last, every seal worked out again."""
