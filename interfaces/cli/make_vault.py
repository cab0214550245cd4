"""`ledger1540 make-vault`: the vault for the keys of persons and of documents, and a master key where none is given."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json


def make_vault(home: o.Home = None, json: o.Json = False) -> None:
    """Make the vault of a record: keys of persons and restricted documents, apart from it, that only their owner reads.

    The master key is LEDGER1540_MASTER_KEY, or in the file named by LEDGER1540_MASTER_KEY_FILE, by default with the
    user's settings; where there is no such file, it is made. Keep a copy of it apart from those of the vault.
    """
    from interfaces.vaults import make_vault_of

    with opened(settings(home)) as record:
        made = make_vault_of(record.home)
    if json:
        file = None if made.file is None else str(made.file)
        write_json({"vault": str(made.folder), "master_key": file, "made": made.new})
    else:
        line(str(made.folder))
    talk(made.in_words())
