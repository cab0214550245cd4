import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from domain.catalogue import TYPES
from interfaces import initialise
from interfaces.cli import app
from interfaces.cli.progress import Progress
from interfaces.cli.verbs import READING
from ledger.record import Record
from tests.projections.kenya import A, make, types

HEAVY = ("fastavro", "jsonschema", "kafka", "pydantic", "rich", "sqlalchemy", "structlog", "temporalio")
PROGRAM = [sys.executable, "-m", "interfaces.cli"]

LAST = len(TYPES) + 246
"""The last position: the types are registered by an event each."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make(home).close()
    return home


@pytest.fixture(autouse=True)
def surroundings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER1540_HOME", str(home))
    monkeypatch.setenv("LEDGER1540_ACTOR", "sec")
    monkeypatch.setenv("LANGUAGE", "en")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def answer(*words: str) -> object:
    done = run(*words)
    assert done.exit_code in (0, 1), done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_show_gives_the_matrix_in_json_by_index_and_by_replay_alike() -> None:
    shown = answer("show", "KEN", "--json", "--as-of", "2014")
    assert shown == answer("show", "kenya", "--json", "--as-of", "2014", "--replay")
    assert isinstance(shown, dict)
    assert (shown["state"], shown["standing"], len(shown["cells"])) == ("KEN", "approved", 389)


def test_show_on_a_screen_has_legend_template_axes_notice_and_what_waits() -> None:
    done = run("show", "KEN", "--as-of", "2014-01-15")
    assert done.exit_code == 0
    for words in (
        "Matrix of Kenya (KEN), revision 1",
        "approved: the manifest that the Committee last approved by that date",
        "corrected: what we now say about that date",
        "2014-01-15",
        f"by position {LAST}",
        "only 10 of its 389 rows are verified; the rest is a reconstruction",
        "X means only that the Committee considers",
        "The matrix is not a tool for measuring compliance.",
        "Received and not yet reflected in any cell:",
        "ken-2",
    ):
        assert words in done.stdout
    assert "SYNTHETIC" not in done.stdout


def test_show_of_one_cell_quotes_its_source() -> None:
    done = run("show", "KEN", "op1-1-all-statement")
    assert "“The State has a law.”" in done.stdout
    assert "confidence of the row: verified" in done.stdout
    shown = answer("show", "KEN", A, "--json")
    assert isinstance(shown, dict)
    assert [cell["cell"] for cell in shown["cells"]] == [A]


def test_log_blame_and_document_tell_where_it_comes_from() -> None:
    assert "read through from T2011/op1-1-all-statement" in run("log", "KEN", "op1-1-all-statement").stdout
    assert "decision 2013-1, revision 1" in run("blame", "KEN").stdout
    assert "not yet approved" in run("blame", "KEN", "--standing", "working").stdout
    assert "+ The State has a law." in run("document", "ken-2013").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("log", "KEN", A),
            "confirmed by role secretariat, as claimed by import batch history, imported by role secre",
        ),
        (("blame", "KEN"), "expert, claimed [1]"),
        (("blame", "KEN"), "[1] as claimed by import batch history, imported by role secretariat on 20"),
        (("show", "KEN"), "4 cells are as claimed by import batch history, imported by role secretariat on 20"),
        (("show", "KEN", A), "Claimed     by import batch history, imported by role secretariat on 20"),
        (("document", "ken-2013"), "Claimed          by import batch history, imported by role secretariat on 20"),
        (("document", "ken-2013"), "1 passage mended, by role secretariat, event"),
    ],
)
def test_a_screen_says_what_is_only_the_claim_of_an_import(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert (done.exit_code, says in done.stdout) == (0, True), done.stdout


def test_show_in_json_keeps_the_members_of_the_format() -> None:
    shown = answer("show", "KEN", A, "--json")
    assert isinstance(shown, dict)
    assert "batches" not in shown
    assert "claimed_by_import" not in shown["cells"][0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("KEN", "2014", "2014"), 0),
        (("KEN", "2013-01", "2014"), 1),
        (("KEN", "approved", "working"), 1),
        (("KEN/1", "KEN/1"), 0),
        (("KEN/1", "KEN/2"), 1),
        (("KEN/1", "FRA/2"), 2),
        (("KEN", "2014"), 2),
        (("KEN", "2014", "never"), 2),
    ],
)
def test_diff_ends_with_1_where_two_matrices_differ(words: tuple[str, ...], code: int) -> None:
    assert run("diff", *words).exit_code == run("diff", *words, "--json").exit_code == code


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "Kenia"), "did you mean KEN (Kenya)"),
        (("show", "KEN", "--as-of", "2013-02-30"), "--as-of"),
        (("show", "KEN", "--recorded-by", "2999"), "position 2999 is not on record yet"),
        (("show", "KEN", "--recorded-by", "2999-01-01"), "future"),
        (("show", "KEN", "--standing", "final"), "working, approved, sent, published"),
        (("show", "KEN", "--actor", "nosuch"), "no actor 'nosuch' is on record"),
        (("show", "KEN", "op99-1-nw-legal"), "T2011 has no cell"),
        (("show", "KEN", "--home", "/nowhere"), "ledger1540 init"),
        (("document", "ken-2014"), "did you mean ken-2013"),
        (("export",), "--log"),
        (("export", "KEN", "--to", "ken.pdf"), ".xlsx, .docx, .csv, .json"),
        (("export", "KEN", "--to", "/nowhere/ken.csv"), "/nowhere/"),
        (("shwo", "KEN"), "Did you mean 'show'"),
    ],
)
def test_what_is_refused_is_said_once_with_what_to_do(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_who_may_not_read_is_told_on_stderr_that_it_is_withheld() -> None:
    done = run("show", "KEN", "--standing", "working", "--actor", "someone")
    assert done.exit_code == 0
    assert "277 cells are withheld from you." in done.stderr
    assert run("show", "KEN", "--actor", "").stderr == ""


def test_an_export_can_be_cited_and_opened_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "ken.csv"
    assert run("export", "KEN", "--to", str(path)).exit_code == 0
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    cited = {row[0]: row[1:] for row in rows[: rows.index([])]}
    assert (cited["state"], cited["position"], cited["synthetic"]) == (["KEN"], [str(LAST)], ["false"])
    assert cited["root"] == [json.loads(run("verify", "--json").stdout)["report"]["root"]]
    assert cited["notice"][0].startswith("The matrix is not a tool for measuring compliance.")
    body = rows[rows.index([]) + 1 :]
    assert len(body) == 390
    assert body[0][:5] == ["cell", "obligation", "confidence_of_row", "stands", "value"]
    assert body[1][:1] + body[1][3:5] == [A, "yes", ""]
    assert [name.name for name in tmp_path.iterdir()] == ["ken.csv"]


def test_an_export_in_json_holds_the_matrix_as_show_gives_it(tmp_path: Path) -> None:
    path = tmp_path / "ken.json"
    assert run("export", "KEN", "--to", str(path), "--as-of", "2014").exit_code == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["matrix"] == answer("show", "KEN", "--as-of", "2014", "--json")
    assert (found["citation"]["as_of"], found["citation"]["rows_verified"]) == ("2014", 10)


def test_the_log_is_exported_with_the_documents_the_reader_may_see(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "export", "--log", "--documents", str(tmp_path / "all")], capture_output=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["header"]["position"] for line in lines] == list(range(1, LAST + 1))
    assert all("body" in line and "nonce" in line for line in lines)
    path = tmp_path / "log.jsonl"
    assert (
        run("export", "--log", "--to", str(path), "--documents", str(tmp_path / "some"), "--actor", "").exit_code == 0
    )
    public = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["header"] for line in public] == [line["header"] for line in lines]
    assert all(("body" in line) == ("nonce" in line) for line in public)
    assert {line["header"]["stream"] for line in public if "body" not in line} >= {"matrix/KEN", "matrix/KEN/2"}
    everything, some = (sorted(each.name for each in (tmp_path / name).iterdir()) for name in ("all", "some"))
    assert len(everything) == 4
    assert set(some) < set(everything)


def test_verify_finds_nothing_and_says_what_it_cannot_see() -> None:
    done = run("verify")
    assert (done.exit_code, "Everything is as it was recorded." in done.stdout) == (0, True)
    assert "cannot see a consistent rewrite" in done.stderr


def test_pages_are_packed_anew_by_one_command() -> None:
    done = run("repack")
    assert (done.exit_code, done.stdout) == (0, "1 page packed\n")
    assert run("verify").exit_code == 0


def test_verify_names_a_changed_event_and_ends_with_3(tmp_path: Path) -> None:
    import sqlite3

    make(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "record.sqlite")
    (rule,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'bodies_keep'").fetchone()
    (place,) = connection.execute("SELECT max(position) FROM bodies WHERE instr(body, 'YES') > 0").fetchone()
    connection.execute("DROP TRIGGER bodies_keep")
    connection.execute(
        f"UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'YES', 'NO!') AS BLOB) WHERE position = {place}"
    )
    connection.execute(rule)
    connection.commit()
    connection.close()
    done = run("verify", "--home", str(tmp_path))
    assert done.exit_code == 3
    assert f"the first: position {place}" in done.stdout


def test_what_is_no_record_is_an_integrity_failure(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"something else entirely" * 100)
    done = run("show", "KEN", "--home", str(tmp_path))
    assert (done.exit_code, done.stdout) == (3, "")


def test_doctor_has_a_line_for_each_check() -> None:
    done = run("doctor")
    assert done.exit_code == 0
    for name in (
        *("python", "sqlite", "home", "free space", "record", "format", "position", "last recorded"),
        *("content", "durability", "event types", "actor"),
    ):
        assert f"ok  {name}" in done.stdout
    sick = run("doctor", "--home", "/nowhere", "--json")
    assert sick.exit_code == 2
    assert [check["name"] for check in json.loads(sick.stdout) if not check["ok"]] == ["home", "record"]


@pytest.fixture(scope="module")
def with_programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("programme")
    with Record.create(home, origin="test.example/ledger1540/2") as record:
        for content in initialise.documents():
            record.documents.put(content)
        record.submit_all([*types(), *initialise.commands("sec")])
    return home


def duties(home: Path, *words: str) -> dict[str, dict[str, object]]:
    found = answer("due", "--json", "--home", str(home), *words)
    assert isinstance(found, list)
    return {each["duty"]: each for each in found}


def test_due_gives_each_duty_with_its_words_and_the_place_it_was_asked_at(with_programme: Path) -> None:
    review = duties(with_programme, "--as-of", "2014-01-15")["REV-2013"]
    assert (review["due"], review["basis"], review["status"]) == ("2013-12-31", "text", "overdue")
    assert (review["as_of"], review["known_cut"]) == ("2014-01-15", "2014-01-16T04:59:59.999999Z")
    assert isinstance(review["words"], str)
    assert len(review["wordings"]) == 2  # type: ignore[arg-type]
    assert duties(with_programme, "--as-of", "2013-12-15")["REV-2013"]["status"] == "open"
    assert {"paragraph", "due_policy", "position"} <= review.keys()


def test_how_far_a_duty_is_is_the_committees_and_what_the_programme_says_is_everyones(with_programme: Path) -> None:
    public = duties(with_programme, "--as-of", "2014-01-15", "--actor", "")["REV-2013"]
    assert (public["withheld"], public["status"], public["steps"]) == (True, None, None)
    assert public["due"] == "2013-12-31"


def test_due_on_a_screen_marks_internal_dates_and_asks_about_now_by_default(with_programme: Path) -> None:
    done = run("due", "--home", str(with_programme), "--as-of", "2013-12-01")
    assert "REV-2013" in done.stdout
    assert "(internal)" in done.stdout
    assert "now (what was known by" in run("due", "--home", str(with_programme)).stdout


WITHOUT_A_RECORD = {"schema", "follow", "mirror"}
"""Verbs of the stream, for those who have no record."""


def test_every_verb_says_in_one_line_what_it_does() -> None:
    done = run("--help")
    assert done.exit_code == 0
    for verb in READING:
        (line,) = [line for line in done.stdout.splitlines() if line.startswith(f"  {verb} ")]
        assert len(line.split()) > 3
        help_of_verb = run(verb, "--help")
        assert help_of_verb.exit_code == 0
        assert verb in WITHOUT_A_RECORD or "--home" in help_of_verb.stdout


def test_show_starts_without_what_it_does_not_need() -> None:
    code = f"""
import runpy, sys
sys.argv = ["ledger1540", "show", "KEN", "--json"]
try:
    runpy.run_module("interfaces.cli", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
loaded = [name for name in {HEAVY!r} if name in sys.modules]
assert not loaded, loaded
assert "interfaces.cli.work" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "KEN"


def test_a_closed_pipe_ends_quietly() -> None:
    words = " ".join([*PROGRAM, "export", "--log"])
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("141", "")


def in_terminal(*words: str, **given: str) -> str:
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            [*PROGRAM, *words], stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "TERM": "xterm", **given}
        )
        os.close(theirs)
        parts: list[bytes] = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
        assert process.wait() == 0
        assert process.stderr is not None
        process.stderr.close()
        return b"".join(parts).decode()
    finally:
        os.close(ours)


def test_a_terminal_gets_a_table_and_no_colour_where_it_wants_none() -> None:
    plain = in_terminal("blame", "KEN", NO_COLOR="1", COLUMNS="200")
    assert "─" in plain
    assert "\x1b[3" not in plain
    assert "op1-1-all-statement" in plain


def test_what_the_record_quotes_cannot_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from interfaces.cli.output import line, table

    line("a\x1b[2Jb\x9bc")
    table(("one", "two"), [("x\x07y", "two\nlines")])
    mark = "\N{REPLACEMENT CHARACTER}"
    assert capsys.readouterr().out == f"a{mark}[2Jb{mark}c\none  two\nx{mark}y  two lines\n"


def test_progress_is_silent_for_a_second_and_never_on_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("interfaces.cli.progress.monotonic", lambda: now[0])
    with Progress("events", 3_000) as progress:
        progress(1_000)
        now[0] = 1.5
        progress(2_000)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "2,000 / 3,000 events\n")
