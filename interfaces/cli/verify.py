"""`ledger1540 verify`: check that nothing was changed, from the stored bytes alone."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.bootstrap import Settings, named, opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some

FAILED = 3
UNSEEN = (
    "It cannot see a consistent rewrite of what no checkpoint was signed over, nor any rewrite by whoever holds the "
    "signer's folder too: only a checkpoint kept elsewhere shows that."
)


def verify(
    home: o.Home = None,
    published: Annotated[
        Path | None, typer.Option("--published", metavar="DIR", help="Compare with the log that is published there.")
    ] = None,
    json: o.Json = False,
) -> None:
    """Recompute every hash of the record from its stored bytes and name what fails; ends with 3 if anything does.

    Where there is a signer, the record must begin with what it signed last.
    """
    from interfaces.signers import signer_at
    from interfaces.vaults import opening
    from ledger.proving.folder import Folder
    from ledger.recheck_proof import SignedCheck
    from ledger.verify import Verification

    chosen = settings(home)
    with Progress(_("events checked")) as progress, named(database="LEDGER1540_DATABASE"):
        signer = signer_at(chosen.home, chosen.database)
        if published is not None and signer is None:
            from ledger.proving.refusals import SignerAbsent

            raise SignerAbsent("without the signer nothing tells whose log is published", where="--published")
        check = Verification(
            chosen.home,
            address=chosen.database,
            opens=opening(chosen.home),
            signed=SignedCheck(signer, None if published is None else Folder(published)),
            progress=progress,
        )
        findings = list(check)
    report = check.report()
    if json:
        write_json({"report": report, "findings": findings, "cannot_see": UNSEEN})
    else:
        for finding in findings:
            line(str(finding))
        counted = some("{} event", "{} events", report.events)
        stored = some("{} document", "{} documents", report.documents)
        line(f"{counted}, {stored}, {_('root')} {report.root or '-'}")
        if report.first is None:
            line(_("Everything is as it was recorded."))
        else:
            line(some("{} thing is not as it was recorded", "{} things are not as they were recorded", report.findings))
            line(f"{_('the first')}: {report.first}")
        if report.sealed:
            line(_("{} of {} sealed documents were opened and compared").format(report.opened, report.sealed))
        if report.disposed:
            line(some("{} body or document is disposed of", "{} bodies and documents are disposed of", report.disposed))
        if report.days:
            line(_("{} days of the access log are sealed, {} of them pruned").format(report.days, report.pruned))
        if report.seals:
            line(some("{} seal over all heads is true", "{} seals over all heads are true", report.seals))
        if report.signed:
            line(_("it begins with what was signed: {} events").format(report.signed))
        if report.published is not None:
            line(_("{} events are published, and are these").format(report.published))
        if not findings:
            _tell_missing(chosen)
        talk(_(UNSEEN))
    if findings:
        raise typer.Exit(FAILED)


def _tell_missing(chosen: Settings) -> None:
    """Say which event types an earlier version of this program did not know."""
    from interfaces.initialise import missing

    with opened(chosen) as record:
        lacking = missing(record)
    if lacking:
        talk(_("event types that are not registered yet: {}; `ledger1540 upgrade` does so").format(", ".join(lacking)))
