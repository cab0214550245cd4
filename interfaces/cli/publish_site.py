"""`ledger1540 publish-site DIR`: static pages of what anyone may read now."""

from pathlib import Path
from typing import Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _


def publish_site(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the site: new, empty, or made by this verb.")
    ],
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="Where the site will be, for the links of its feed; else as last time."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be added, changed and removed; write nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, and end with 1 where DIR is not what it should be.")
    ] = False,
    home: o.Home = None,
    json: o.Json = False,
) -> None:
    """Write static pages of what anyone may read now: approved matrices with the State's consent, by date, and others.

    Whoever runs it, the pages hold what the public may read. What may no longer be shown is removed, dated pages too;
    so it is run again whenever something was published, taken down, or a consent was withdrawn or ran out.
    """
    from interfaces.site.building import site
    from interfaces.site.folder import address, mend, plan, put

    if url is not None and not url.startswith(("https://", "http://")):
        raise MalformedInput(f"{url!r} is no address of a site", where="--url", remedy="--url https://example.org/1540")
    if not (dry_run or check):
        mend(folder)
    url = address(folder) if url is None else url
    with opened(settings(home)) as record:
        log, files = record.origin, site(record, url=url)
    found = plan(folder, log, files, url)
    if json:
        write_json({"added": found.added, "changed": found.changed, "removed": found.removed})
    elif dry_run or check:
        for what, paths in ((_("add"), found.added), (_("change"), found.changed), (_("remove"), found.removed)):
            for path in paths:
                line(f"{what}  {path}")
    if check:
        raise typer.Exit(int(found.differs))
    if not dry_run:
        if found.differs:
            put(folder, log, files, found.foreign, url)
        counts = (len(found.added), len(found.changed), len(found.removed))
        talk(_("{} added, {} changed, {} removed").format(*counts))
