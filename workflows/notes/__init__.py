"""Notes to the Secretariat: what falls due on short clocks, each told once on its day."""
