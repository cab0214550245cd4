"""The Secretariat at the command line, with a record, a vault, and a letter on which erasures rest."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from domain.sealed import Sealed
from interfaces.cli import app
from tests import postgres

NAME, EMAIL, ADDRESS = "Qzxvéro Inventée", "qzxvero.inventee@example.org", "1540 Qzxallée, Ωmega"
PERSON = {"name": NAME, "email": EMAIL, "address": ADDRESS}
LETTER, TITLE = "note-2013", "Qzxtitle"
SHOWING = ("contacts", "disclose")
"""Verbs that show persons to those with the right."""


class Office:
    """The Secretariat at the command line, with a record, a vault, and what was said but to those with the right."""

    def __init__(self, settings: dict[str, str], home: Path, database: Path) -> None:
        self.settings = settings
        self.home = home
        self.database = database
        self.spoken = ""

    def run(self, *words: str, given: str | None = None, actor: str = "sec", code: int = 0) -> Result:
        result = CliRunner(env=self.settings | {"LEDGER1540_ACTOR": actor}).invoke(app, words, input=given)
        assert "Traceback" not in result.output
        assert result.exit_code == code, result.output
        self.spoken += result.stderr if words[0] in SHOWING else result.output
        return result

    def asks(self, *words: str, **how: Any) -> Any:
        return json.loads(self.run(*words, "--json", **how).stdout)

    def proposes(self, *words: str, **person: str) -> str:
        """Propose a contact, and return its id."""
        told = self.asks("propose-contact", "--details", "-", *words, given=json.dumps(person or PERSON))
        contact: str = told["events"][0]["body"]["contact"]
        return contact

    def confirms(self, contact: str, proposal: int = 1) -> None:
        words = ("record", "confirm-contact", "--contact", contact, "--proposal", str(proposal))
        self.run(*words, actor="sec2")

    def confirmed(self) -> str:
        """Have a contact at the Mission of Kenya, and return its id."""
        contact = self.proposes("--state", "KEN", "--seat", "new-york", "--mission")
        self.confirms(contact)
        return contact

    def erases(self, contact: str, code: int = 0) -> Result:
        return self.run("erase", contact, "--authority", LETTER, "--reason", "it was asked for", code=code)

    def doctor(self) -> dict[str, tuple[bool, str]]:
        result = CliRunner(env=self.settings).invoke(app, ("doctor", "--json"))
        return {each["name"]: (each["ok"], each["found"]) for each in json.loads(result.stdout)}

    def sealed(self, contact: str, field: str) -> Sealed:
        """Return a field as the log has it."""
        lines = [json.loads(line) for line in self.run("export", "--log").stdout.splitlines()]
        bodies = [line["body"] for line in lines if line["header"]["stream"] == f"contact/{contact}"]
        return Sealed(**bodies[0]["details"][field])


def opened(tmp_path: Path, *, on_postgresql: bool) -> Office:
    settings = {"LEDGER1540_HOME": str(tmp_path / "home"), "LEDGER1540_LOG": "debug", "LANGUAGE": "en"}
    settings["LEDGER1540_MASTER_KEY_FILE"] = str(tmp_path / "kept" / "master.key")
    database = tmp_path / "home"
    if on_postgresql:
        settings["LEDGER1540_DATABASE"] = f"{postgres.database_url()}&schema={postgres.fresh_schema()}"
        database = postgres.data_folder()
    office = Office(settings, tmp_path / "home", database)
    office.run("init", "--actor", "sec")
    if on_postgresql:
        office.run("migrate")
    office.run("grant", "sec2", "secretariat")
    office.run("make-vault")
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter", encoding="utf-8")
    office.run(
        "register", str(letter), "--as", LETTER, "--title", TITLE, "--language", "en", "--distribution", "limited"
    )
    return office
