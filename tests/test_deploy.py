"""What is needed to run an office: every file that is named is there, every setting is one, every script runs."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from temporalio.envconfig import ClientConfigProfile

from interfaces.cli.verbs import READING
from interfaces.run.temporal_server import program, served
from workflows.names import NAMESPACE, SEARCHED_BY

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
HOW_TO = (ROOT / "docs" / "how-to" / "deploy.md").read_text("utf-8")


def test_every_file_and_secret_that_the_compose_file_names_is_there_or_said_how_to_make() -> None:
    for name in re.findall(r"- \./([\w./-]+):", COMPOSE):
        assert (DEPLOY / name).exists(), name
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()), line
    for name in re.findall(r"file: \./secrets/([\w.-]+)", COMPOSE):
        assert name in HOW_TO, name


def test_every_script_that_is_run_is_a_script() -> None:
    for script in DEPLOY.rglob("*.sh"):
        subprocess.run(["/bin/sh", "-n", str(script)], check=True)
    assert 'command: ["work"]' in COMPOSE
    assert {"work", "doctor"} <= set(READING)


def test_every_setting_that_is_made_is_one_that_the_program_reads() -> None:
    sources = (
        path.read_text("utf-8")
        for room in ("interfaces", "ledger", "workflows")
        for path in (ROOT / room).rglob("*.py")
    )
    known = set(re.findall(r"LEDGER1540_[A-Z0-9_]+", "\n".join(sources)))
    assert set(re.findall(r"LEDGER1540_[A-Z0-9_]+", COMPOSE)) <= known


def test_ports_are_on_the_loopback_alone_and_no_password_stands_in_a_setting() -> None:
    assert all(port.startswith("127.0.0.1:") for port in re.findall(r"- ([\d.:]*:?\d+:\d+)$", COMPOSE, re.MULTILINE))
    assert not re.search(r"(PASSWORD|PWD): (?!/run/secrets)", COMPOSE)


def test_tls_and_keys_are_read_from_the_settings_that_the_how_to_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"`(TEMPORAL_(?:TLS_\w+|API_KEY))`", HOW_TO):
        monkeypatch.setenv(name, name.lower())
    found = ClientConfigProfile.load()
    assert found.api_key == "temporal_api_key"
    assert found.tls is not None
    assert found.tls.server_name == "temporal_tls_server_name"
    assert found.tls.server_root_ca_cert == Path("temporal_tls_server_ca_cert_path")
    assert found.tls.client_cert == Path("temporal_tls_client_cert_path")
    assert found.tls.client_private_key == Path("temporal_tls_client_key_path")


def test_the_namespace_is_made_with_its_retention_and_attributes_and_made_again_it_stays(tmp_path: Path) -> None:
    assert f"NAMESPACE: {NAMESPACE}" in COMPOSE
    with served(tmp_path) as place:
        tools = f"{Path(program()).parent}:{os.environ['PATH']}"
        given = {"PATH": tools, "TEMPORAL_ADDRESS": place.address, "NAMESPACE": "office", "RETENTION": "400d"}

        def run(*words: str) -> str:
            done = subprocess.run(words, env=given, check=True, capture_output=True, text=True)
            return done.stdout

        for _ in range(2):
            run("/bin/sh", str(DEPLOY / "temporal" / "namespace.sh"))
        attributes = run("temporal", "operator", "search-attribute", "list", "--namespace", "office")
        assert all(key.name in attributes for key in SEARCHED_BY)
        assert "9600h" in run("temporal", "operator", "namespace", "describe", "--namespace", "office")
