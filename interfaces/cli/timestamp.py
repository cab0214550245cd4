"""`ledger1540 timestamp`: an outside authority says by when the record was as it is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from interfaces.bootstrap import opened, settings
from interfaces.cli import options as o
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _, some


def timestamp(
    home: o.Home = None,
    tsa: Annotated[
        str | None, typer.Option("--tsa", metavar="URL", help="The authority (RFC 3161); by default LEDGER1540_TSA.")
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="The certificates that it must be under, in PEM; by default LEDGER1540_TSA_CERTIFICATE.",
        ),
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Instead, stamp again what has a stamp that runs out within 90 days.")
    ] = False,
    json: o.Json = False,
) -> None:
    """Seal and sign the record as it is, and have the checkpoint stamped with the time by an authority.

    The stamp goes with the checkpoint into what is published and proven, and is kept beside the signer's memory.
    """
    from interfaces.signers import sealer_of, signer_of
    from interfaces.stamping import Authority
    from ledger.proving.stamps import Stamps
    from ledger.proving.time_stamp import check, stamps_on

    authority = Authority(tsa, certificate)
    with opened(settings(home)) as record:
        kept = Stamps(signer_of(record).files.folder)
        if renew:
            count = kept.renew(datetime.now(UTC), authority.stamp)
            if json:
                write_json({"renewed": count})
            else:
                line(some("{} time stamp was renewed", "{} time stamps were renewed", count))
            return
        sealer = sealer_of(record)
        signed = authority.stamp(sealer.witnessed().note)
        kept.put(signed)
        sealer.keep(signed)
    found = check(stamps_on(signed)[-1], authority.certificates)
    at, until = (each.strftime("%Y-%m-%dT%H:%M:%SZ") for each in (found.at, found.until))
    if json:
        write_json({"authority": authority.name, "at": at, "until": until, "note": bytes(signed).decode()})
    else:
        line(f"{at}  {authority.name}")
    talk(_("good until {}; `ledger1540 timestamp --renew` renews it before").format(until))
