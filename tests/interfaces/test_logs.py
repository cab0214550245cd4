import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from uuid import UUID

import pytest

from domain.catalogue import TYPES

LOGGING = """
    from interfaces import logs
    logs.configure({arguments})
    import structlog
    log = structlog.get_logger()
"""


def program(body: str, arguments: str = "") -> list[str]:
    return [sys.executable, "-c", dedent(LOGGING).format(arguments=arguments) + dedent(body)]


def surroundings(**given: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"LEDGER1540_LOG", "NO_COLOR"}}
    return {**kept, "TERM": "xterm", **given}


def run(body: str, arguments: str = "", **given: str) -> list[dict[str, object]]:
    """Return the lines that a program logs as JSON; it writes nothing to stdout."""
    done = subprocess.run(
        program(body, arguments), capture_output=True, text=True, check=True, env=surroundings(**given)
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def in_terminal(body: str, **given: str) -> str:
    """Return what a person sees whose stderr is a terminal."""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            program(body), stdout=subprocess.PIPE, stderr=theirs, check=True, env=surroundings(**given)
        )
        assert done.stdout == b""
        os.set_blocking(ours, False)
        return os.read(ours, 65536).decode()
    finally:
        os.close(theirs)
        os.close(ours)


def test_a_line_is_json_and_goes_to_stderr_when_nobody_watches() -> None:
    (line,) = run("log.warning('clock jumped', seconds=61, État='Côte d’Ivoire')")
    assert str(line.pop("at")).endswith("Z")
    assert line == {"event": "clock jumped", "level": "warning", "seconds": 61, "État": "Côte d’Ivoire"}


def test_what_is_being_worked_on_is_in_every_line_until_its_block_ends() -> None:
    body = """
    with logs.bind(request="r-1"):
        with logs.bind(command="c-1", position=7):
            log.warning("inner")
        log.warning("outer")
    log.warning("after")
    """
    inner, outer, after = run(body)
    assert (inner["request"], inner["command"], inner["position"]) == ("r-1", "c-1", 7)
    assert outer["request"] == "r-1"
    assert not {"command", "position", "workflow"} & set(outer)
    assert "request" not in after


def test_a_line_says_better_what_the_block_says() -> None:
    (line,) = run("with logs.bind(position=7): log.warning('behind', position=9)")
    assert line["position"] == 9


def test_the_command_line_is_quiet_below_warnings() -> None:
    assert [line["event"] for line in run("log.info('quiet'); log.warning('heard')")] == ["heard"]


def test_the_surroundings_set_the_level_and_the_caller_overrules_them() -> None:
    body = "log.debug('small'); log.error('large')"
    assert len(run(body, LEDGER1540_LOG="DEBUG")) == 2
    assert len(run(body, arguments="level='error'", LEDGER1540_LOG="debug")) == 1


def test_a_level_that_does_not_exist_is_refused_by_name() -> None:
    body = "from domain.refusals import MalformedInput"
    done = subprocess.run(
        program(body), capture_output=True, text=True, check=False, env=surroundings(LEDGER1540_LOG="loud")
    )
    assert done.returncode != 0
    assert "LEDGER1540_LOG: 'loud' is not a level of logging" in done.stderr


@pytest.mark.parametrize("arguments", ["json=True", "json=False"])
def test_a_traceback_tells_where_and_never_what_the_variables_held(arguments: str) -> None:
    body = """
    def write(address):
        raise OSError("no route")
    try:
        write("someone" + "@" + "example.org")
    except OSError:
        log.exception("letter not sent")
    """
    done = subprocess.run(program(body, arguments), capture_output=True, text=True, check=True, env=surroundings())
    assert "letter not sent" in done.stderr
    assert "no route" in done.stderr
    assert "someone@" not in done.stderr


def test_a_person_in_a_terminal_reads_coloured_text() -> None:
    seen = in_terminal("log.warning('clock jumped', seconds=61)")
    assert "clock jumped" in seen
    assert "\x1b[" in seen
    assert not seen.lstrip().startswith("{")


def test_no_colour_where_none_is_wanted() -> None:
    seen = in_terminal("log.warning('clock jumped', seconds=61)", NO_COLOR="1")
    assert "seconds=61" in seen
    assert "\x1b[" not in seen


def test_being_ready_to_log_costs_nothing_until_something_is_logged() -> None:
    body = """
    import sys
    from interfaces import logs
    logs.configure()
    logs.configure(level="error")
    with logs.bind(command="c-1"):
        pass
    assert not {"structlog", "rich", "asyncio", "logging"} & set(sys.modules), "imported too early"
    import structlog.contextvars
    structlog.get_logger().warning("not heard")
    with structlog.contextvars.bound_contextvars(position=3):
        structlog.get_logger().error("heard")
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(body)], capture_output=True, text=True, check=True, env=surroundings()
    )
    assert done.stdout == ""
    (line,) = [json.loads(each) for each in done.stderr.splitlines()]
    assert (line["event"], line["position"]) == ("heard", 3)


def test_settings_can_be_changed_after_something_was_logged() -> None:
    lines = run("log.info('quiet'); logs.configure(level='info'); structlog.get_logger().info('heard')")
    assert [line["event"] for line in lines] == ["heard"]


def test_what_a_verb_records_is_logged_with_request_command_and_position(tmp_path: Path) -> None:
    home, told = str(tmp_path / "home"), {**os.environ, "LEDGER1540_LOG": "info"}
    verb = [sys.executable, "-m", "interfaces.cli"]
    subprocess.run([*verb, "init", "--home", home, "--actor", "sec"], check=True, capture_output=True)
    open_one = [*verb, "open", "KEN", "--template", "T2011", "--home", home, "--actor", "sec", "--id", "first"]
    done = subprocess.run(open_one, check=True, capture_output=True, text=True, env=told)
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    recorded = next(line for line in lines if line["event"] == "recorded")
    assert (recorded["request"], recorded["position"], recorded["repeated"]) == ("first", len(TYPES) + 220, False)
    assert str(UUID(recorded["command"])) == recorded["command"]
