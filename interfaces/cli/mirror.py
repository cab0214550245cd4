"""`ledger1540 mirror`: a record or a log followed from outside, checked as it comes, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.refusals import MalformedInput
from interfaces.bootstrap import named
from interfaces.cli import options as o
from interfaces.cli.copy import ADDRESS
from interfaces.cli.output import line, talk, write_json
from interfaces.cli.progress import Progress
from interfaces.cli.relay import KAFKA
from interfaces.text import _, some

if TYPE_CHECKING:
    from ledger.mirroring.kept import Kept
    from ledger.mirroring.mirror import Mirrored as Published
    from ledger.relaying.mirror import Mirrored as Relayed


def mirror(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where to keep it; begun if nothing is there.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DIR|URL", help="Follow a log that is published there, as `publish --to` writes it."
        ),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy", metavar="FILE", help="With --from: the keys of the log, as `key --policy` prints them; kept."
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="With --from: compare all that was taken before with what is shown now, too."),
    ] = False,
    kafka: Annotated[str | None, typer.Option("--kafka", metavar="SERVERS", help=KAFKA, show_default=False)] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="ADDRESS", help=f"With --kafka: its database, if not in DIR: {ADDRESS}."),
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents", metavar="DIR", help="With --kafka: copy the documents it names from this folder of a home."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="With --kafka, of a simulation: the seed that it was made from.")
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="With --kafka: go on as more comes, until told to stop.")
    ] = False,
    json: o.Json = False,
) -> None:
    """Take what has come since the last time, from a published log or from the topic, and check all of it.

    `--from` keeps a log with all its seals; else the record is made anew from its topic, the same bytes, the same
    root. Both go on where they ended, and end with 3 where a piece was changed, something is missing, a seal lies, or
    another history is shown; nothing of that is accepted. A mirror is read, never written: keep it apart.
    """
    if source is None:
        if policy is not None or whole:
            raise MalformedInput("a published log has a place", where="--from", remedy="add --from DIR or --from URL")
        _topic(to, kafka, database, documents, seed=seed, follow=follow, json=json)
    elif follow or any(each is not None for each in (kafka, database, documents, seed)):
        raise MalformedInput("either a published log or a topic", where="--from", remedy="leave out one of the two")
    else:
        _published(source, to, policy, whole=whole, json=json)


def _published(source: str, to: Path, policy: Path | None, *, whole: bool, json: bool) -> None:
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
    else:
        _tell_published(report)


def _tell_published(report: Published) -> None:
    line(f"{some('{} event', '{} events', report.events)}, {_('root')} {report.root}")
    line(some("{} event is new", "{} events are new", report.taken))
    for each in report.missing:
        counted = some("{} position", "{} positions", each.missing)
        line(_("not in {}: {} of {}, on this authority: {}").format(each.opened, counted, each.log, each.authority))
    if report.tree_only:
        talk(_("only the tree is published: that it grows is checked, seals and headers are not"))
    else:
        line(some("{} seal over all heads is true", "{} seals over all heads are true", report.seals))
        if report.unread_seals:
            talk(
                some(
                    "{} seal is not shown and not checked",
                    "{} seals are not shown and not checked",
                    report.unread_seals,
                )
            )
        talk(some("{} body is not shown here", "{} bodies are not shown here", report.withheld))


def _keep(file: Path, kept: Kept) -> None:
    from ledger.proving.policy import policy

    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedInput(f"cannot read {file}: {error}", where="--policy") from None
    policy(written)
    kept.put_policy(written)


def _topic(
    to: Path,
    kafka: str | None,
    database: str | None,
    documents: Path | None,
    *,
    seed: int | None,
    follow: bool,
    json: bool,
) -> None:
    from interfaces.run.mirror import mirrored
    from interfaces.run.relay import kafka as place_of
    from ledger.address import address

    try:
        where = None if database is None else address(database)
    except MalformedInput as refusal:
        raise refusal.at("--database") from None
    with Progress(_("events mirrored")) as progress:
        report = mirrored(place_of(kafka), to, where, seed=seed, documents=documents, follow=follow, progress=progress)
    if json:
        write_json(report)
    else:
        _tell_topic(report)


def _tell_topic(report: Relayed) -> None:
    line(f"{some('{} event', '{} events', report.events)}, {_('root')} {report.root}")
    if report.missing_documents:
        talk(
            some(
                "{} document is named and not here: copy it with --documents",
                "{} documents are named and not here: copy them with --documents",
                report.missing_documents,
            )
        )
