"""Roles, kinds of fact, now and the past: no reader finds a word that is not for them, in any view or by any verb."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from domain.access import Reader
from interfaces.bootstrap import now_of, reader_of
from interfaces.cli import app
from interfaces.cli.verbs import READING
from ledger.record import Record
from projections.axes import Asked, resolve
from projections.engine.answering import Asking
from projections.engine.following import Follower
from projections.engine.migrating import migrate
from projections.engine.rows import ReplayedRows, Rows, StoredRows
from projections.engine.store import Store, embedded_url
from projections.engine.view import Columns, View
from projections.views.catalogue import VIEWS
from tests.interfaces.planted import AUDIENCES, WORD, allowed, make
from tests.postgres import postgres_url
from tests.projections.kenya import A

PAST = "2014-06-30"
KEEPING = {
    "verify",
    "repack",
    "copy",
    "doctor",
    "views",
    "rebuild",
    "migrate",
    "follow-views",
    "make-vault",
    "make-signer",
    "key",
    "checkpoint",
    "change-key",
    "mirror",
    "backup",
    "restore",
    "drill",
    "timestamp",
    "up",
    "work",
    "reconcile",
    "schema",
    "relay",
    "follow",
    "replay-topic",
    "access",
    "remind",
    "send-mail",
    "bounces",
    "profile",
    "prove",
    "timelapse",
}
"""Verbs that keep the record and its views; what they say of events is of headers, or tested beside them."""
FOR_ALL = {"publish-site"}
"""Verbs that tell every reader what the public may read; tested beside them."""
WAYS = ((), ("KEN",), ("FRA",), ("KEN", A), ("FRA", A), ("ken-secret",), ("planted",), ("KEN", "approved", "working"))
"""How a verb may be asked; each accepts some of them."""
ALSO = {
    "export": (
        ("--log",),
        ("KEN", "--to", "{}/ken.json"),
        ("FRA", "--to", "{}/fra.csv"),
        ("--calendar", "--to", "{}/events.ics"),
        ("--due", "--to", "{}/due.ics"),
        ("--annual-review", "2013", "--to", "{}/review.json"),
    ),
    "changes": (("--from", "2004", "--to", "2013"), ("FRA", "--from", "2004", "--to", "2013")),
    "corrections": (("--month", "{now}"),),
    "audit": (
        ("recorded-late", "--days", "0"),
        *(("sample", "--of", of, "--seed", "7", "--size", "99") for of in ("decisions", "cells", "corrections")),
    ),
    "show": (("KEN", "--standing", "working"), ("FRA", "--standing", "published")),
    "blame": (("KEN", "--standing", "working"),),
    "disclose": (("planted", "email"),),
    "due": (("--for", "KEN"), ("--for", "chair")),
    "plan": (("REV-2014", "--back"),),
    "roll": (("--on", "2013-06-01"),),
    "consequences": (("d-1",), ("2013-2",)),
}
OF_A_PERIOD = {"changes"}
"""What is asked of a period, whose end is the date."""
ITS_OWN = ("worklist", ())
"""What asks about the States of whoever asks, and so gives each another answer."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("planted") / "home"
    make(found).close()
    return found


@pytest.fixture(scope="module")
def record(home: Path) -> Iterator[Record]:
    with Record.open(home) as found:
        yield found


@pytest.fixture(scope="module", params=["replayed", "sqlite", "postgres"])
def rows(request: pytest.FixtureRequest, record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rows]:
    """The ways to rows of views: from the events themselves, and from tables on each database."""
    match request.param:
        case "replayed":
            yield ReplayedRows(record)
        case "sqlite":
            yield from stored(record, embedded_url(tmp_path_factory.mktemp("views")))
        case _:
            with postgres_url() as url:
                yield from stored(record, url)


def stored(record: Record, url: str) -> Iterator[Rows]:
    store = Store(url)
    migrate(store)
    Follower(store, record, VIEWS.values()).catch_up()
    yield StoredRows(store)
    store.close()


def asking(record: Record, rows: Rows, actor: str, as_of: str | None) -> Asking:
    now = now_of(record)
    reader: Reader = reader_of(record, actor)
    return Asking(rows=rows, reader=reader, axes=resolve(record, Asked(as_of=as_of), now), now=now, source=record)


def test_the_history_has_words_that_are_not_for_everyone(record: Record) -> None:
    everything = allowed(record, "auditor")[0]
    assert len(everything) > 60
    for actor in AUDIENCES:
        mine, others = allowed(record, actor)
        assert mine | others == everything
        assert len(others) >= 3, actor


@pytest.mark.parametrize("as_of", [None, PAST])
@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_every_row_of_every_view_is_read_by_its_audience_alone(
    record: Record, rows: Rows, view: View[Columns], as_of: str | None
) -> None:
    whole, none = asking(record, rows, "auditor", as_of).see(view)
    assert none == 0
    for actor in AUDIENCES:
        shown, withheld = asking(record, rows, actor, as_of).see(view)
        assert withheld == len(whole) - len(shown)
        assert shown == [row for row in whole if AUDIENCES[actor] & set(row.audience)]
        assert not found_in(msgspec.json.encode(shown).decode()) & allowed(record, actor)[1]


def found_in(text: str) -> set[str]:
    return set(WORD.findall(text))


@pytest.fixture
def run(home: Path, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a verb as an actor; everything that it writes anywhere, or None where it is not asked so."""
    monkeypatch.setenv("LEDGER1540_HOME", str(home))
    monkeypatch.delenv("LEDGER1540_DATABASE", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")

    month = now_of(record)[:7]

    def running(actor: str, verb: str, *words: str) -> str | None:
        given = [word.replace("{}", str(tmp_path)).replace("{now}", month) for word in words]
        done = CliRunner().invoke(app, [verb, *given, "--actor", actor])
        if done.exit_code == 2:
            return None if "Usage" in done.stderr else done.stderr
        assert done.exit_code in (0, 1), done.output
        written = [path for path in tmp_path.iterdir() if path.is_file()]
        told = done.output + "".join(path.read_text("utf-8") for path in written)
        for path in written:
            path.unlink()
        return told

    return running


def json_of(verb: str) -> tuple[str, ...]:
    return () if verb == "export" else ("--json",)


@pytest.mark.parametrize("as_of", [None, PAST])
@pytest.mark.parametrize("verb", [verb for verb in READING if verb not in KEEPING | FOR_ALL])
def test_no_verb_tells_a_reader_what_is_not_for_them(record: Record, run: Any, verb: str, as_of: str | None) -> None:
    dated = () if as_of is None or verb in OF_A_PERIOD else ("--as-of", as_of)
    asked = [
        words
        for words in (*WAYS, *ALSO.get(verb, ()))
        if run("auditor", verb, *words, *dated, *json_of(verb)) is not None
    ]
    assert asked, f"say in ALSO how {verb} is asked"
    for words in asked:
        whole = run("auditor", verb, *words, *dated, *json_of(verb))
        for actor in AUDIENCES:
            told = run(actor, verb, *words, *dated, *json_of(verb))
            assert not found_in(told) & allowed(record, actor)[1], (actor, words)
            complete = found_in(told) == found_in(whole)
            assert complete or verb == "export" or (verb, words) == ITS_OWN or withheld(told), (actor, words)
        for actor in ("", "france"):
            assert not found_in(run(actor, verb, *words, *dated)) & allowed(record, actor)[1], (actor, words)


def withheld(told: str) -> bool:
    """Say whether an answer in JSON says that something is withheld, or is a refusal."""
    try:
        return any(_withheld(json.loads(told)))
    except ValueError:
        return told.startswith("error:")


def _withheld(data: Any) -> Iterator[bool]:
    if isinstance(data, dict):
        for name, member in data.items():
            if name.endswith("withheld"):
                yield bool(member)
            yield from _withheld(member)
    elif isinstance(data, list):
        for each in data:
            yield from _withheld(each)
