"""Publishing the log: sealed, signed, and written as files."""

from pathlib import Path

from domain.access import may
from interfaces.bootstrap import reader_of
from interfaces.cli.output import talk
from interfaces.cli.progress import Progress
from interfaces.cli.work.doing import Session
from interfaces.signers import sealer_of, signer_of
from interfaces.text import _
from ledger import opening


def publish_log(session: Session, folder: Path, *, entries: bool, mirror: bool) -> None:
    """Write the log to a folder: what an acting actor may not read is not among it.

    Raises:
        Refusal: the signer does not sign it, or something else is published there.
    """
    from ledger.proving.folder import Folder
    from ledger.proving.pieces import Publishing
    from ledger.proving.publishing import publish

    record, reader, now = session.record, reader_of(session.record, session.actor), session.now
    signer = signer_of(record)
    signed = sealer_of(record).witnessed()
    what = Publishing(entries=entries, mirror=(lambda header: may(reader, header, now)) if mirror else None)
    with opening.snapshot(record.address) as snapshot, Progress(_("files written")) as progress:
        written = publish(snapshot, signed.note, signer.keys(snapshot), Folder(folder), what, progress)
    talk(_("{} events are published in {}; {} files written").format(signed.size, folder, written))
