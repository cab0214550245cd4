"""Checks of an installation and of the record in its home, each with what was found."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from domain.refusals import Refusal
from interfaces.bootstrap import now_of, opened, reader_of, storage_failure
from interfaces.stamping import how_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interfaces.bootstrap import Settings
    from ledger.record import Record
    from projections.engine.store import Store

LEAST_FREE = 1_000_000_000
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


class Check(msgspec.Struct, frozen=True):
    """One check: what was looked at, if it is as it should be, and what was found."""

    name: str
    ok: bool
    found: str


def run(settings: Settings) -> list[Check]:
    """Return every check; those of the record only where there is one that opens."""
    checks = [*_machine(), *_home(settings.home)]
    try:
        with opened(settings) as record:
            checks.append(Check("record", True, f"{record.origin} opens"))
            checks += _record(record)
            checks += _persons(record)
            checks += _restricted(record)
            checks += (Check("time stamps", *found) for found in how_long(record.home))
            checks += _views(record, settings)
            checks.append(_actor(record, settings.actor))
    except Refusal as refusal:
        checks.append(Check("record", False, str(refusal)))
    except Exception as error:
        failure = storage_failure(error)
        if failure is None:
            raise
        checks.append(Check("record", False, str(failure)))
    return checks


def _machine() -> Iterator[Check]:
    yield Check("python", True, platform.python_version())
    yield Check("sqlite", sqlite3.sqlite_version_info >= OLDEST_SQLITE, sqlite3.sqlite_version)


def _home(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        yield Check("home", False, f"{home} is not there")
        return
    writable = os.access(home, os.W_OK)
    yield Check("home", writable, f"{home}{'' if writable else ' cannot be written to'}")
    free = shutil.disk_usage(home).free
    yield Check("free space", free >= LEAST_FREE, f"{free / 1e9:.1f} GB")


def _record(record: Record) -> Iterator[Check]:
    from domain.header import FORMAT
    from interfaces.initialise import missing

    last = record.last_position
    yield Check("format", True, str(FORMAT))
    yield Check("position", last > 0, str(last))
    if last:
        when, now = record.recorded_at(last), record.now()
        yield Check("last recorded", when <= now or record.simulation, when)
    kind = "simulation: every event is SYNTHETIC" if record.simulation else "no simulation"
    yield Check("content", True, kind)
    durable = record.durable()
    waits = "a commit waits for the disk" if durable else "a commit does not wait for the disk"
    yield Check("stored bytes", True, "not looked at here: `ledger1540 verify` checks every one")
    yield Check("durability", durable or record.simulation, waits)
    yield from _rights(record)
    lacking = missing(record)
    found = f"not registered: {', '.join(lacking)}: run `ledger1540 upgrade`" if lacking else "all registered"
    yield Check("event types", not lacking, found)


def _rights(record: Record) -> Iterator[Check]:
    from ledger.address import PostgresAddress

    if isinstance(record.address, PostgresAddress):
        from ledger.postgres.making import excessive_rights

        found = excessive_rights(record.address)
        names = "; ".join(found)
        what = (
            f"the role of LEDGER1540_DATABASE has more than it needs: {names}" if found else "what is needed, no more"
        )
        yield Check("database role", not found, what)


def _persons(record: Record) -> Iterator[Check]:
    """Yield how the keys of persons are, where there are persons or keys."""
    from domain.contact.file import file_of
    from interfaces.vaults import keys_of

    keys = keys_of(record.home)
    files = {
        name.partition("/")[2]: file_of(record.history(name).standing()) for name in record.stream_names("contact/")
    }
    if not files and not keys.there:
        return
    erased, kept = {name for name, each in files.items() if each.erased is not None}, set(keys.names())
    shut = not keys.open_to_others()
    yield Check("vault", shut, f"{len(kept)} keys" if shut else "others may read it: chmod -R go= vault")
    half = sorted(erased & kept)
    found = f"erased on record while the key is still there: {', '.join(half)}: run `ledger1540 erase` again"
    yield Check("erased persons", not half, found if half else str(len(erased)))
    lacking = sorted(files.keys() - erased - kept)
    found = f"no key of {', '.join(lacking)}: restore the vault" if lacking else "each has a key"
    yield Check("persons", not lacking, found)


def _restricted(record: Record) -> Iterator[Check]:
    """Yield how restricted documents are kept, where there are any, and what of their access log is not sealed."""
    from domain.content import SEALED
    from domain.disposed import STREAM, disposed_documents
    from domain.document import DocumentRegistered
    from interfaces.cli.work.accesses import unsealed
    from interfaces.vaults import document_keys_of

    events = (each for name in record.stream_names("document/") for each in record.history(name).standing())
    bodies = [each.body for each in events if isinstance(each.body, DocumentRegistered)]
    gone = disposed_documents(record.history(STREAM).standing())
    restricted = [body for body in bodies if body.distribution == SEALED and body.document not in gone]
    if restricted:
        sealed = {body.document for body in restricted if body.content.commitment is not None}
        lacking = sorted(sealed - set(document_keys_of(record.home).names()))
        found = f"{len(sealed)} of {len(restricted)} are sealed"
        yield Check("restricted documents", not lacking, f"no key of {', '.join(lacking)}" if lacking else found)
    days = unsealed(record, record.now())
    if days:
        yield Check("access log", False, f"{len(days)} days are not sealed: run `ledger1540 seal-access`")


def _views(record: Record, settings: Settings) -> Iterator[Check]:
    """Yield how the views are; where none were asked for yet, there is nothing to look at."""
    from interfaces.views import views_url
    from projections.engine.store import HEAD, Store

    store = Store(views_url(settings))
    try:
        if not store.there:
            yield Check("views", True, "none yet: they are made when they are first read")
            return
        at = store.migration()
        if at is None:
            yield Check("views", False, "no tables yet, and what reads them is refused: run `ledger1540 migrate`")
            return
        yield Check("views", at == HEAD, f"migration {at}{'' if at == HEAD else ': run `ledger1540 migrate`'}")
        if at == HEAD:
            yield from _each_view(store, record)
    except Exception as error:
        failure = storage_failure(error)
        if failure is None:
            raise
        yield Check("views", False, str(failure))
    finally:
        store.close()


def _each_view(store: Store, record: Record) -> Iterator[Check]:
    from projections.engine.status import status
    from projections.views.catalogue import VIEWS

    for each in status(store, record, VIEWS.values(), now_of(record)):
        seconds = "" if record.simulation else f" ({each.behind_seconds:.0f} s)"
        behind = f"{each.behind} positions{seconds} behind" if each.behind else "up to date"
        letters = f", {len(each.dead_letters)} set aside: see `ledger1540 views`" if each.dead_letters else ""
        yield Check(f"view {each.view}", each.state != "stopped", f"{each.state}, {behind}{letters}")


def _actor(record: Record, actor: str) -> Check:
    if not actor:
        return Check("actor", True, "nobody in particular: reads what is public")
    try:
        held = reader_of(record, actor).held(now_of(record))
    except Refusal as refusal:
        return Check("actor", False, str(refusal))
    roles = ", ".join(sorted(f"{role} of {scope}" if scope else role for role, scope in held))
    return Check("actor", bool(held), f"{actor}: {roles or 'holds no role now'}")
