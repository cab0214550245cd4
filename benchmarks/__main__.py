"""`make bench`: every measure, as Markdown on standard output; `--quick` for a look."""

import argparse
import sys
from collections.abc import Callable

from benchmarks import (
    answers,
    append,
    append_servers,
    as_of,
    command_line,
    importing,
    lapse,
    proving,
    rebuild,
    replay,
    sealing,
    seen,
    stream,
    verifying,
    waiting,
)
from benchmarks.measure import machine


def main() -> None:
    """Run the measures asked for, all by default."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, small sizes")
    parser.add_argument(
        "only",
        nargs="*",
        help="append, append-servers, seen, replay, as-of, answers, rebuild, verify, seal, waiting, importing, "
        "lapse, prove, stream, command-line",
    )
    asked = parser.parse_args()
    rounds = 3 if asked.quick else 7
    measures: dict[str, Callable[[], str]] = {
        "append": lambda: append.run(rounds, 2_000 if asked.quick else 10_000),
        "append-servers": lambda: append_servers.run(rounds, 2_000 if asked.quick else 10_000),
        "seen": lambda: seen.run(100 if asked.quick else 1_000),
        "replay": lambda: replay.run(rounds),
        "as-of": lambda: as_of.run(rounds, list(as_of.EACH)[: 1 if asked.quick else None]),
        "answers": lambda: answers.run(rounds),
        "rebuild": lambda: rebuild.run(rounds, 10_000 if asked.quick else 100_000),
        "verify": lambda: verifying.run(rounds),
        "seal": lambda: sealing.run(rounds, 5_000 if asked.quick else 50_000),
        "waiting": lambda: waiting.run(rounds, 100 if asked.quick else 1_000),
        "importing": lambda: importing.run((1_000,) if asked.quick else (10_000, 100_000)),
        "lapse": lambda: lapse.run(1 if asked.quick else 10),
        "prove": lambda: proving.run(rounds, 100_000, 100_000 if asked.quick else 1_000_000),
        "stream": lambda: stream.run(rounds, 2_000 if asked.quick else 50_000),
        "command-line": lambda: command_line.run(rounds * 3, 4 if asked.quick else 193),
    }
    unknown = [name for name in asked.only if name not in measures]
    if unknown:
        parser.error(f"no measure is called {unknown[0]}; there are {', '.join(measures)}")
    sys.stdout.write(f"{machine()}\n")
    for name, measure in measures.items():
        if not asked.only or name in asked.only:
            sys.stdout.write(f"{measure()}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
