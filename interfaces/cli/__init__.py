"""The command line: `ledger1540 VERB`, with verbs that read like git's. Data on stdout, talk on stderr."""

from interfaces.cli.verbs import app


def main() -> None:
    """Run the command line; ends the process with 0, 1 (differs), 2 (bad input) or 3 (integrity failure)."""
    import sys

    from domain.refusals import Refusal
    from interfaces import logs
    from interfaces.cli.ending import say
    from interfaces.cli.output import in_utf8

    in_utf8()
    try:
        logs.configure()
    except Refusal as refusal:
        sys.exit(say(refusal))
    app(prog_name="ledger1540")


__all__ = ["app", "main"]
