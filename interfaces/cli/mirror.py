"""`ledger1540 mirror`: a published log followed from outside, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import named
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.text import _, some

if TYPE_CHECKING:
    from ledger.mirroring.kept import Kept


def mirror(
    source: Annotated[
        str, typer.Option("--from", metavar="DIR|URL", help="Where the log is published, as `publish --to` writes it.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where to keep it; begun if nothing is there.")],
    policy: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FILE", help="The keys of the log, as `key --policy` prints them; kept."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Compare all that was taken before with what is shown now, too.")
    ] = False,
    json: o.Json = False,
) -> None:
    """Take what a log has published since the last time, and check that it grows out of what was taken before.

    Every seal, header and leaf is worked out again. It ends with 3 where another history is shown, a shorter one, a
    piece that was changed, a seal that lies or a checkpoint by an old key; nothing of it is accepted.
    """
    from ledger.mirroring.kept import Kept
    from ledger.mirroring.mirror import Mirror
    from ledger.mirroring.source import source as found
    from ledger.proving.folder import Folder

    kept = Kept(Folder(to))
    if policy is not None:
        _keep(policy, kept)
    with Progress(_("events mirrored")) as progress, named(source="--from"):
        try:
            reading = found(source)
        except MalformedInput as refusal:
            raise refusal.at("--from") from None
        report = Mirror(reading, kept).follow(whole=whole, progress=progress)
    if json:
        write_json(report)
        return
    line(f"{some('{} event', '{} events', report.events)}, {_('root')} {report.root}")
    line(some("{} event is new", "{} events are new", report.taken))
    if report.tree_only:
        talk(_("only the tree is published: that it grows is checked, seals and headers are not"))
    else:
        line(some("{} seal over all heads is true", "{} seals over all heads are true", report.seals))
        talk(some("{} body is not shown here", "{} bodies are not shown here", report.withheld))


def _keep(file: Path, kept: Kept) -> None:
    from ledger.proving.policy import policy

    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedInput(f"cannot read {file}: {error}", where="--policy") from None
    policy(written)
    kept.put_policy(written)
