import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain import ids
from ledger.finding import Finding
from ledger.mapper import event_key
from ledger.record import Record
from ledger.refusals import NotOurRecord, RecordAbsent
from ledger.sqlite.database import SCHEMA
from ledger.verify import Verification, verify
from tests.ledger import tiny

TABLES = ("events", "bodies", "nodes", "heads", "commands", "standing")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small record with all that can be tampered with: streams, corrections, voids, documents, several commands."""
    home = tmp_path_factory.mktemp("sound") / "home"
    with Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules()) as record:
        record.submit_all(tiny.registrations())
        for n in range(6):
            record.submit(tiny.Note(id=f"n{n}", actor="x", text=f"text {n}", stream=f"note/{n % 3}", times=n))
            record.submit(tiny.Note(id=f"d{n}", actor="x", text="see document", document=f"document {n}"))
        for state in ("KEN", "UGA"):
            for key, cell in (("a", tiny.CELL), ("b", "T2011/op2-2-nw-legal")):
                record.submit(tiny.Assess(id=f"{key}{state}", actor="x", cell=cell, value="X", state=state))
        record.submit(tiny.Assess(id="c1", actor="x", cell=tiny.CELL, value="?", strikes="aKEN#0"))
        record.submit(tiny.Assess(id="c2", actor="x", cell=tiny.CELL, value="", strikes="c1#0"))
        record.submit(tiny.Assess(id="v1", actor="x", cell=tiny.CELL, value="", strikes="c2#0", void=True))
        record.submit(tiny.Assess(id="v2", actor="x", cell=tiny.CELL, value="", strikes="v1#0", void=True))
    return home


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "copy")
    return tmp_path / "copy"


def unlocked(home: Path) -> sqlite3.Connection:
    """Return a connection on which nothing is refused: what anyone can do who holds the file."""
    connection = sqlite3.connect(home / "record.sqlite", isolation_level=None)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    return connection


@pytest.fixture
def raw(copy: Path) -> Iterator[sqlite3.Connection]:
    connection = unlocked(copy)
    yield connection
    connection.close()


def locked(home: Path) -> None:
    """Put the rules back that `unlocked` took away, as a stranger who covers traces would."""
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(SCHEMA.read_text(encoding="utf-8"))
    rules = fresh.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    fresh.close()
    connection = sqlite3.connect(home / "record.sqlite", isolation_level=None)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name, sql in rules:
        if name not in there:
            connection.execute(sql)
    connection.close()


def checked(home: Path) -> Iterator[Finding]:
    locked(home)
    try:
        yield from verify(home, rules=tiny.rules())
    finally:
        unlocked(home).close()


def first(home: Path) -> int | None:
    locked(home)
    verification = Verification(home, rules=tiny.rules())
    findings = list(verification)
    report = verification.report()
    assert report.findings == len(findings)
    unlocked(home).close()
    return None if report.first is None else report.first.position


def test_a_sound_record_has_no_findings(sound: Path) -> None:
    told: list[int] = []
    verification = Verification(sound, rules=tiny.rules(), progress=told.append)
    assert list(verification) == []
    report = verification.report()
    with Record.open(sound, rules=tiny.rules()) as record:
        assert report.root == record.root().hex()
        assert report.events == record.last_position
    assert report.documents == 6
    assert report.first is None


def test_an_empty_record_is_sound(home: Path) -> None:
    Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules()).close()
    assert list(verify(home, rules=tiny.rules())) == []


def test_where_there_is_no_record_there_is_nothing_to_verify(home: Path) -> None:
    with pytest.raises(RecordAbsent):
        verify(home, rules=tiny.rules())


def changed(data: bytes, place: int, chance: random.Random) -> bytes:
    other = chance.randrange(255)
    return data[:place] + bytes([other + (other >= data[place])]) + data[place + 1 :]


def test_a_thousand_changed_bytes_are_each_named_with_their_position(copy: Path, raw: sqlite3.Connection) -> None:
    chance = random.Random(1540)
    last_of = dict(raw.execute("SELECT stream, max(position) FROM events GROUP BY stream"))
    named = dict(
        raw.execute(
            "SELECT json_extract(body, '$.manifest'), min(position) FROM bodies"
            " WHERE json_extract(body, '$.manifest') IS NOT NULL GROUP BY 1"
        )
    )
    live: list[tuple[str, bytes, int]] = [
        *(
            (f"events SET header = ? WHERE position = {p}", data, p)
            for p, data in rows(raw, "position, header", "events")
        ),
        *((f"bodies SET body = ? WHERE position = {p}", data, p) for p, data in rows(raw, "position, body", "bodies")),
        *(
            (f"bodies SET nonce = ? WHERE position = {p}", data, p)
            for p, data in rows(raw, "position, nonce", "bodies")
        ),
        *(
            (f"nodes SET hash = ? WHERE level = {level} AND idx = {index}", data, (index + 1) << level)
            for level, index, data in rows(raw, "level, idx, hash", "nodes")
        ),
        *(
            (f"heads SET leaf = ? WHERE stream = '{name}'", data, last_of[name])
            for name, data in rows(raw, "stream, leaf", "heads")
        ),
    ]
    missed: list[str] = []
    for _ in range(900):
        statement, data, position = chance.choice(live)
        raw.execute(f"UPDATE {statement}", (changed(data, chance.randrange(len(data)), chance),))
        if first(copy) != position:
            missed.append(f"{statement}: {first(copy)}")
        raw.execute(f"UPDATE {statement}", (data,))
    documents = sorted((copy / "documents").glob("*/*"))
    for _ in range(100):
        path = chance.choice(documents)
        content = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(changed(content, chance.randrange(len(content)), chance))
        found = next(finding for finding in checked(copy) if finding.document == path.name)
        if found.position != named[path.name]:
            missed.append(f"{path.name}: {found}")
        path.write_bytes(content)
    assert not missed
    assert list(checked(copy)) == []


def rows(raw: sqlite3.Connection, columns: str, table: str) -> list[Any]:
    return raw.execute(f"SELECT {columns} FROM {table}").fetchall()


@pytest.mark.parametrize("table", ["events", "bodies"])
def test_a_dropped_row_is_named(copy: Path, raw: sqlite3.Connection, table: str) -> None:
    size = raw.execute("SELECT max(position) FROM events").fetchone()[0]
    for position in (1, 2, size // 2, size):
        raw.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE position = {position}")
        raw.execute(f"DELETE FROM {table} WHERE position = {position}")
        assert first(copy) == position
        raw.execute(f"INSERT INTO {table} SELECT * FROM kept")
        raw.execute("DROP TABLE kept")
    assert list(checked(copy)) == []


def test_every_dropped_node_head_and_command_is_missed(copy: Path, raw: sqlite3.Connection) -> None:
    for table, where in [
        *(("nodes", f"level = {level} AND idx = {index}") for level, index in rows(raw, "level, idx", "nodes")[::5]),
        *(("heads", f"stream = '{name}'") for (name,) in rows(raw, "stream", "heads")),
        *(("commands", f"first_position = {n}") for (n,) in rows(raw, "first_position", "commands") if n),
    ]:
        raw.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE {where}")
        raw.execute(f"DELETE FROM {table} WHERE {where}")
        assert first(copy) is not None, (table, where)
        raw.execute(f"INSERT INTO {table} SELECT * FROM kept")
        raw.execute("DROP TABLE kept")
    assert list(checked(copy)) == []


def test_a_changed_head_is_named_at_the_last_event_of_its_stream(copy: Path, raw: sqlite3.Connection) -> None:
    (last,) = raw.execute("SELECT max(position) FROM events WHERE stream = 'note/0'").fetchone()
    raw.execute("UPDATE heads SET version = version + 5 WHERE stream = 'note/0'")
    assert [finding.position for finding in checked(copy)] == [last]


@pytest.mark.parametrize(
    ("table", "columns"),
    [("events", "header"), ("bodies", "body"), ("bodies", "nonce"), ("bodies", "body, nonce")],
)
def test_swapped_rows_are_named(copy: Path, raw: sqlite3.Connection, table: str, columns: str) -> None:
    values = {p: raw.execute(f"SELECT {columns} FROM {table} WHERE position = {p}").fetchone() for p in (9, 12)}
    for here, there in ((9, 12), (12, 9)):
        for name, value in zip(columns.split(", "), values[there], strict=True):
            raw.execute(f"UPDATE {table} SET {name} = ? WHERE position = {here}", (value,))
    assert first(copy) == 9


def test_swapped_positions_are_named(copy: Path, raw: sqlite3.Connection) -> None:
    for table in ("events", "bodies"):
        for old, new in ((9, -1), (12, 9), (-1, 12)):
            raw.execute(f"UPDATE {table} SET position = {new} WHERE position = {old}")
    assert first(copy) == 9


@pytest.mark.parametrize("table", TABLES)
def test_a_table_cut_short_is_noticed(copy: Path, raw: sqlite3.Connection, table: str) -> None:
    key = {"nodes": "idx", "heads": "version", "commands": "first_position"}.get(table, "position")
    raw.execute(f"DELETE FROM {table} WHERE {key} > 3")
    assert first(copy) is not None


@pytest.mark.parametrize("table", TABLES)
def test_an_emptied_table_is_noticed(copy: Path, raw: sqlite3.Connection, table: str) -> None:
    raw.execute(f"DELETE FROM {table}")
    assert list(checked(copy))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO nodes VALUES (0, 10000, zeroblob(32))",
        "INSERT INTO nodes VALUES (9, 0, zeroblob(32))",
        "INSERT INTO heads VALUES ('note/none', 1, zeroblob(32))",
        "INSERT INTO commands VALUES (zeroblob(16), zeroblob(32), 3, 3)",
        "INSERT INTO bodies VALUES (10000, x'00', x'00')",
        "UPDATE commands SET last_position = last_position + 1 WHERE first_position = 10",
        "UPDATE events SET stream = 'note/9' WHERE position = 10",
        "UPDATE events SET version = 99 WHERE position = 10",
        "UPDATE events SET topic = 'note.other@1' WHERE position = 10",
        "UPDATE events SET event_id = zeroblob(16) WHERE position = 10",
        "UPDATE events SET header = '' WHERE position = 10",
        "UPDATE events SET header = CAST(replace(CAST(header AS TEXT), '{', '{ ') AS BLOB) WHERE position = 10",
        "UPDATE bodies SET body = x'ff' WHERE position = 10",
        "UPDATE archive SET origin = 'example.org/other/1'",
    ],
)
def test_what_does_not_belong_is_noticed(copy: Path, raw: sqlite3.Connection, statement: str) -> None:
    if "header = ''" in statement:
        statement = statement.replace("''", "x''")
    raw.execute(statement)
    assert list(checked(copy))


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM standing", "UPDATE standing SET value = 'NA'", "UPDATE standing SET to_position = to_position - 1"],
)
def test_a_row_of_the_index_that_does_not_follow_from_the_events_is_named(
    copy: Path, raw: sqlite3.Connection, change: str
) -> None:
    corrected = raw.execute("SELECT position FROM standing WHERE state = 'KEN' AND value = '?'").fetchone()[0]
    raw.execute(f"{change} WHERE state = 'KEN' AND value = '?'")
    findings = list(checked(copy))
    assert findings
    assert {finding.position for finding in findings} == {corrected}
    assert all("as-of index of KEN" in finding.what for finding in findings)


def test_a_missing_document_is_named_with_the_event_that_names_it(copy: Path) -> None:
    path = min((copy / "documents").glob("*/*"))
    path.unlink()
    (finding,) = checked(copy)
    assert finding.document == path.name
    assert finding.position is not None
    assert str(finding).startswith(f"position {finding.position}, document {path.name}: ")


def test_a_file_that_is_no_document_is_noticed(copy: Path) -> None:
    (copy / "documents" / "ab").mkdir(exist_ok=True)
    (copy / "documents" / "ab" / "stray").write_bytes(b"x")
    (copy / "documents" / "stray").write_bytes(b"x")
    assert [finding.document for finding in checked(copy)] == ["stray", "stray"]


def test_a_rule_that_keeps_the_record_append_only_and_is_gone_is_named(copy: Path) -> None:
    unlocked(copy).close()
    told = [finding.what for finding in verify(copy, rules=tiny.rules())]
    assert any("its rule events_keep is gone" in each for each in told)
    locked(copy)
    assert not list(verify(copy, rules=tiny.rules()))


def test_bytes_changed_anywhere_in_the_file_give_findings_and_never_a_traceback(copy: Path) -> None:
    path = copy / "record.sqlite"
    chance = random.Random(7)
    data = path.read_bytes()
    noticed = 0
    for _ in range(60):
        place = chance.randrange(4096, len(data))
        path.write_bytes(changed(data, place, chance))
        try:
            noticed += bool(list(verify(copy, rules=tiny.rules())))
        except NotOurRecord:
            noticed += 1
    assert noticed > 10, "most of a small file is unused space, but not all of it"
    path.write_bytes(data)


def test_a_consistent_rewrite_of_the_tail_cannot_be_seen(copy: Path, raw: sqlite3.Connection) -> None:
    size = raw.execute("SELECT max(position) FROM events").fetchone()[0]
    (command, since) = raw.execute("SELECT command_id, first_position FROM commands ORDER BY 2 DESC").fetchone()
    stream, version, _ = raw.execute(
        f"SELECT stream, version, leaf FROM heads JOIN events USING (stream, version) WHERE position = {size}"
    ).fetchone()
    assert since == size
    raw.execute(f"DELETE FROM events WHERE position = {size}")
    raw.execute(f"DELETE FROM bodies WHERE position = {size}")
    raw.execute(f"DELETE FROM nodes WHERE (idx + 1) << level >= {size}")
    raw.execute("DELETE FROM commands WHERE command_id = ?", (command,))
    (leaf,) = raw.execute(
        "SELECT hash FROM nodes JOIN events ON idx = position - 1 AND level = 0 WHERE stream = ? AND version = ?",
        (stream, version - 1),
    ).fetchone()
    raw.execute("UPDATE heads SET version = version - 1, leaf = ? WHERE stream = ?", (leaf, stream))
    raw.execute(f"DELETE FROM standing WHERE from_position = {size}")
    raw.execute(f"UPDATE standing SET to_position = {2**53 - 1} WHERE to_position = {size}")
    assert list(checked(copy)) == []


def test_event_ids_are_worked_out_as_the_domain_does() -> None:
    for key, index in (("a", 0), ("b", 1), ("b", 12345)):
        command = ids.command_id(key)
        key_bytes = bytes.fromhex(command.replace("-", ""))
        assert event_key(key_bytes, index).hex() == ids.event_id(command, index).replace("-", "")
