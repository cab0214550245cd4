"""`ledger1540 change-key`: another key signs from now on."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _


def change_key(home: o.Home = None, actor: o.Actor = None, json: o.Json = False) -> None:
    """Have a new key sign the checkpoints from now on: it is on record, signed by the old key and the new one.

    The old key is destroyed. Where this was cut short, run it again.
    """
    from interfaces.signers import signer_of
    from ledger.proving.sealer import Sealer

    chosen = settings(home, actor)
    with opened(chosen) as record:
        signer = signer_of(record)
        before = signer.verifier
        Sealer(record, signer).change_key(chosen.actor)
    if json:
        write_json({"from": str(before), "to": str(signer.verifier)})
    else:
        line(str(signer.verifier))
    talk(_("hand the new key to whoever verifies, with `ledger1540 key --policy`"))
