"""`ledger1540 make-signer`: the key that signs checkpoints, for a record that was begun without one."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _


def make_signer(home: o.Home = None, json: o.Json = False) -> None:
    """Make the key that signs the checkpoints of a record, and the memory of what it signed; `init` does so too.

    They are in the folder LEDGER1540_SIGNER, by default `signer` in the home. A key that was put there is kept. Keep
    that folder apart from the database and from its copies: it shows when an older one is put in its place.
    """
    from interfaces.signers import signer_of

    with opened(settings(home)) as record:
        signer = signer_of(record)
        signer.make()
    if json:
        write_json({"key": str(signer.verifier), "folder": str(signer.files.folder)})
    else:
        line(str(signer.verifier))
    talk(_("checkpoints are signed from {}: keep it apart from the database").format(signer.files.folder))
