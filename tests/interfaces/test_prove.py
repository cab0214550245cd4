"""`prove` where every free text has a word of its own: who may not read a word does not get it proved."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from domain.header import leaf_hash
from interfaces import initialise
from interfaces.bootstrap import now_of, reader_of
from interfaces.cli import app
from interfaces.signers import signer_of
from ledger.proving.inclusion import inclusion
from ledger.proving.sealer import Sealer
from ledger.record import Record
from projections.openness import seen_by
from projections.proving import answers
from projections.proving.point import point_under
from tests.interfaces.planted import AUDIENCES, WORD, allowed, make
from tests.projections.kenya import A


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("proved") / "home"
    with make(found) as record:
        record.submit_all(initialise.types("sec", initialise.missing(record)))
        signer_of(record).make()
    return found


@pytest.fixture(scope="module")
def record(home: Path) -> Iterator[Record]:
    with Record.open(home) as found:
        yield found


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Prove something as an actor: exit code, what was said, and the bundle if there is one."""
    monkeypatch.setenv("LEDGER1540_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def running(actor: str, *words: str) -> tuple[int, str, str | None]:
        done = CliRunner().invoke(app, ["prove", *words, "--actor", actor])
        file = tmp_path / "answer.bundle"
        return done.exit_code, done.output, file.read_text() if file.exists() else None

    return running


def verified(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", "verify_bundle.py", "answer.bundle", "--policy", "policy.txt", *words]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("actor", AUDIENCES)
def test_no_stream_is_proved_to_a_reader_with_a_word_that_is_not_for_them(record: Record, actor: str) -> None:
    point = point_under(record, Sealer(record, signer_of(record)).checkpoint())
    mine, others = allowed(record, actor)
    seen = seen_by(record, reader_of(record, actor), now_of(record))
    found: set[str] = set()
    for name in list(record.stream_names()):
        found |= set(WORD.findall(answers.stream(record, point, seen, name).decode()))
    assert not found & others
    assert mine <= found | others


@pytest.mark.parametrize("actor", AUDIENCES)
@pytest.mark.parametrize("standing", ["working", "approved", "published"])
def test_a_matrix_is_proved_to_who_may_read_what_it_rests_on(
    run: Any, record: Record, actor: str, standing: str
) -> None:
    code, said, bundle = run(actor, "KEN", A, "--standing", standing, "--to", "answer.bundle")
    assert (code == 0) is (bundle is not None), said
    assert code in (0, 2)
    assert not set(WORD.findall(bundle or said)) & allowed(record, actor)[1]


def test_a_cell_is_proved_with_all_that_it_takes_to_check_it(run: Any, tmp_path: Path) -> None:
    code, said, _ = run("auditor", "KEN", A, "--to", "answer.bundle", "--with-verifier")
    assert (code, "python verify_bundle.py answer.bundle" in said) == (0, True)
    done = verified(tmp_path, "--state", "KEN", "--cell", A)
    assert (done.returncode, done.stderr) == (0, "")
    assert A in done.stdout
    short = A.rpartition("/")[2]
    assert verified(tmp_path, "--cell", short).returncode == 0
    assert verified(tmp_path, "--cell", f"T2099/{short}").returncode == 3
    stamped = verified(tmp_path, "--token", "token")
    assert (stamped.returncode, "no time stamp" in stamped.stderr) == (0, True)


def test_without_what_it_needs_the_verifier_says_so(run: Any, tmp_path: Path) -> None:
    assert run("auditor", "KEN", "--to", "answer.bundle", "--with-verifier")[0] == 0
    alone = [sys.executable, "-I", "-S", "verify_bundle.py", "answer.bundle", "--policy", "policy.txt"]
    done = subprocess.run(alone, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    said = "it needs the Python package cryptography: python -m pip install cryptography\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("where", "code", "says"),
    [("| head -c 1", 0, ""), ("> /dev/full", 2, "the answer holds, and cannot be written: No space left on device\n")],
)
def test_an_answer_that_is_read_in_part_or_cannot_be_written_ends_without_a_traceback(
    run: Any, tmp_path: Path, where: str, code: int, says: str
) -> None:
    assert run("auditor", "KEN", "--to", "answer.bundle", "--with-verifier")[0] == 0
    words = f"{sys.executable} -I verify_bundle.py answer.bundle --policy policy.txt --json {where}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, says)


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--list", "decision/"), "streams"),
        (("--stream", "matrix/XYZ"), "nothing is recorded"),
        (("--event", "7"), "position 7"),
    ],
)
def test_other_questions_are_proved_too(run: Any, tmp_path: Path, words: tuple[str, ...], tells: str) -> None:
    assert run("auditor", *words, "--to", "answer.bundle", "--with-verifier")[0] == 0
    done = verified(tmp_path)
    assert (done.returncode, tells in done.stdout) == (0, True), done.stderr


def test_an_event_is_proved_in_the_form_of_the_logs_of_others(run: Any, record: Record, tmp_path: Path) -> None:
    assert run("auditor", "--event", "7", "--to", "seven.tlog-proof")[0] == 0
    proof = inclusion((tmp_path / "seven.tlog-proof").read_bytes())
    (stored,) = record.read(7, 7)
    assert proof.check(leaf_hash(stored.header)).origin == record.origin


def test_a_receipt_shows_that_a_submission_is_on_record(run: Any, record: Record, tmp_path: Path) -> None:
    name = next(record.stream_names("submission/")).partition("/")[2]
    assert run("auditor", "--receipt", name, "--to", "answer.bundle", "--with-verifier")[0] == 0
    found = json.loads(verified(tmp_path, "--json").stdout)["answer"]
    assert (found["stream"], found["version"]) == (f"submission/{name}", 1)


def test_a_proof_can_be_made_under_a_checkpoint_that_was_published_before(
    run: Any, record: Record, tmp_path: Path
) -> None:
    signed = Sealer(record, signer_of(record)).checkpoint()
    (tmp_path / "checkpoint").write_bytes(bytes(signed))
    assert run("auditor", "KEN", "--checkpoint", "checkpoint", "--to", "answer.bundle")[0] == 0
    changed = bytes(signed).replace(b"\n", b"0\n", 2)
    (tmp_path / "checkpoint").write_bytes(changed)
    assert run("auditor", "KEN", "--checkpoint", "checkpoint", "--to", "answer.bundle")[0] == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "one thing is proved at a time"),
        (("KEN", "--list", "decision/", "--to", "a"), "one thing is proved at a time"),
        (("KEN",), "--to"),
        (("--event", "999999", "--to", "a"), "not on record"),
        (("--event", "nothing", "--to", "a"), "not on record"),
        (("--receipt", "nothing", "--to", "a"), "ledger1540 submissions"),
        (("KEN", "--checkpoint", "absent", "--to", "a"), "cannot read absent"),
        (("KEN", "--to", "absent/a"), "cannot write"),
        (("KEN", "--to", "a.tlog-proof"), "only one event has a .tlog-proof"),
    ],
)
def test_what_cannot_be_proved_is_told(run: Any, words: tuple[str, ...], says: str) -> None:
    code, said, bundle = run("auditor", *words)
    assert (code, bundle) == (2, None)
    assert says in said
