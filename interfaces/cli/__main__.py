"""`python -m interfaces.cli` is `ledger1540`."""

from interfaces.cli import main

main()
