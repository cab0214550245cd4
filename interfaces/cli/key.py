"""`ledger1540 key`: the key by which others verify the checkpoints of this record."""

from typing import Annotated

import typer

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, write_json


def key(
    home: o.Home = None,
    policy: Annotated[
        bool, typer.Option("--policy", help="Print the policy file of a verifier: all keys, and what each signs.")
    ] = False,
    json: o.Json = False,
) -> None:
    """Print the verifier key of this record's checkpoints, to be handed to whoever verifies them."""
    from interfaces.signers import signer_of
    from ledger import opening
    from ledger.proving.policy import of_keys

    with opened(settings(home)) as record:
        signer = signer_of(record)
        with opening.snapshot(record.address) as snapshot:
            keys = signer.keys(snapshot)
    if json:
        write_json({"keys": [{"key": str(each.key), "first": each.first, "last": each.last} for each in keys]})
    elif policy:
        for each in of_keys(keys).written().splitlines():
            line(each)
    else:
        line(str(signer.verifier))
