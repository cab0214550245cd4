"""What a stranger can check: heads under seals, signed checkpoints, tiles, and proofs, in the forms of C2SP."""
