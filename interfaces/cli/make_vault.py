"""`ledger1540 make-vault`: the vault for the keys of persons, and a master key where none is given."""

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _


def make_vault(home: o.Home = None, json: o.Json = False) -> None:
    """Make the vault of a record: keys of persons, apart from the record, that only their owner reads.

    The master key is LEDGER1540_MASTER_KEY, or in the file named by LEDGER1540_MASTER_KEY_FILE, by default with the
    user's settings; where there is no such file, it is made. Keep a copy of it apart from those of the vault.
    """
    import os

    from interfaces.vaults import keys_of, master_file
    from ledger.vault.master import make_master_key, master_key

    with opened(settings(home)) as record:
        given, file = os.environ.get("LEDGER1540_MASTER_KEY", ""), master_file()
        made = not given and not file.exists()
        if made:
            make_master_key(file)
        master_key(given, file)
        keys = keys_of(record.home)
        keys.make()
    if json:
        write_json({"vault": str(keys.folder), "master_key": None if given else str(file), "made": made})
    else:
        line(str(keys.folder))
    talk(
        _("the master key was made in {}: keep a copy apart from copies of the vault").format(file)
        if made
        else _("the keys of persons will be wrapped by the master key that is given")
    )
