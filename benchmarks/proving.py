"""Proof: leaves a second beside plain SHA-256, and what a path and an answer bundle take to make and to check."""

import hashlib
import random
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.measure import Figure, in_turn, milliseconds, table
from benchmarks.verifying import STATES, fill
from benchmarks.work import ORIGIN, Put, bodies, put
from domain.deciding import Command, Context
from domain.header import leaf_hash
from domain.recorded import Decided
from ledger import merkle
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer
from ledger.record import Record
from ledger.rules import Rules, catalogue
from projections.axes import Asked
from projections.proving import answers
from projections.proving.bundle import Point
from projections.proving.point import point_under
from verifier.verify_bundle import Policy, check, read_policy

AT_ONCE = 1_000


def run(rounds: int, leaves: int, events: int) -> str:
    """Return the tables of leaves, and of paths and bundles in a record of so many events."""
    return "\n".join((_leaves(rounds, leaves), _proofs(rounds, events)))


def _leaves(rounds: int, count: int) -> str:
    data = bodies(count)

    def plain() -> int:
        for each in data:
            hashlib.sha256(each).digest()
        return count

    def ours() -> int:
        tree = merkle.Growth(0, ())
        for each in data:
            tree.append(leaf_hash(each))
        tree.root()
        return count

    contenders: dict[str, Callable[[], int]] = {"leaves and nodes of the tree": ours}
    if find_spec("pymerkle") is not None:  # its licence keeps it out of what is locked; it is measured where it is

        def peer() -> int:
            tree = import_module("pymerkle").InmemoryTree(algorithm="sha256")
            for each in data:
                tree.append_entry(each)
            return count

        contenders["pymerkle, in memory"] = peer
    contenders["plain SHA-256 over the same bytes"] = plain
    figures: list[Figure] = in_turn(contenders, rounds)
    return table(f"Leaves of {sum(map(len, data)) // count:,} bytes", "a second", figures)


def _proofs(rounds: int, events: int) -> str:
    with TemporaryDirectory() as folder:
        decided = catalogue()
        rules = msgspec.structs.replace(decided, decide=_either(decided))
        with Record.create(Path(folder, "ours"), origin=ORIGIN, rules=rules) as made:
            made.application.sequencer.database.forgo_durability()
            fill(made)
            for number in range((events - made.last_position) // AT_ONCE):
                key = f"filler-{number}"
                made.submit(Put(id=key, actor="benchmark", stream=f"activity/{key}", count=AT_ONCE))
            signer = Signer(Path(folder, "signer"), ORIGIN)
            signer.make()
            sealer = Sealer(made, signer)
            point = point_under(made, sealer.checkpoint())
            policy = read_policy(f"log {signer.verifier}\nquorum none\n")
            return _timed(made, point, policy, rounds)


def _either(decided: Rules) -> Callable[[Command, Context], Decided]:
    def decide(command: Command, context: Context) -> Decided:
        return put(command) if isinstance(command, Put) else decided.decide(command, context)

    return decide


def _timed(made: Record, point: Point, policy: Policy, rounds: int) -> str:
    chance = random.Random(1540)
    cell = next(event.header.subject for event in made.history(f"matrix/{STATES[0]}/1").events)

    def bundle(asked: str | None) -> bytes:
        asked_for = Asked(standing="working")
        return answers.matrix(made, point, lambda _: True, state=STATES[0], cell=asked, written=asked_for)

    def path() -> None:
        position = chance.randint(1, point.size)
        made.inclusion(position, point.size)

    whole, of_a_cell = bundle(None), bundle(cell)
    rows = {
        "the path of an event": milliseconds(path, rounds * 50),
        f"a bundle of one cell, {len(of_a_cell):,} bytes": milliseconds(lambda: bundle(cell), rounds),
        "the same, checked": milliseconds(lambda: check(of_a_cell, policy), rounds),
        f"a bundle of a whole matrix, {len(whole):,} bytes": milliseconds(lambda: bundle(None), rounds),
        "the same, checked ": milliseconds(lambda: check(whole, policy), rounds),
    }
    return "\n".join(
        [
            f"\n### Proofs, {made.last_position:,} events\n",
            "| | median, ms | least | most |",
            "|---|---|---|---|",
            *(
                f"| {name} | {middle:,.2f} | {least:,.2f} | {most:,.2f} |"
                for name, (middle, least, most) in rows.items()
            ),
        ]
    )
