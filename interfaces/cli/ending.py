"""How a command ends when it does not end well: one message on stderr and an exit code, never a traceback."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import typer

from domain.refusals import Refusal
from interfaces.bootstrap import storage_failure

INTERRUPTED = 130
PIPE_CLOSED = 141


@contextmanager
def ending() -> Generator[None]:
    """Turn what was refused, interrupted or cut off into an exit code."""
    try:
        yield
        sys.stdout.flush()
    except Refusal as refusal:
        raise typer.Exit(say(refusal)) from None
    except KeyboardInterrupt:
        print("\ninterrupted: nothing further was done", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except Exception as error:
        failure = storage_failure(error)
        if failure is None:
            raise
        raise typer.Exit(say(failure)) from None


def say(refusal: Refusal) -> int:
    """Say what is wrong, where, and what to do; return the exit code."""
    from interfaces import logs
    from interfaces.cli.output import talk
    from interfaces.text import _

    place = f"{refusal.where}: " if refusal.where else ""
    talk(f"{_('error')}: {place}{refusal.what}")
    if refusal.remedy:
        talk(f"  {refusal.remedy}")
    logs.info("refused", refusal=refusal.name, where=refusal.where or None)
    return refusal.exit_code
