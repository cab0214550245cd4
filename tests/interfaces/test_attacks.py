"""Whoever holds the Secretariat's files swaps, replaces or takes back; and what has gone by right breaks no proof."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from domain.contact.events import ContactProposed
from domain.sealed import Sealed
from interfaces.bootstrap import opened as record_of
from interfaces.vaults import vault_of
from ledger.vault.refusals import DoesNotOpen, MasterKeyUnfit
from tests.interfaces.office import EMAIL, NAME, PERSON, Office, opened
from tests.interfaces.test_disposals import SAID, disposes, place_of_talk, proposes
from tests.interfaces.test_disposals import office as with_a_talk
from tests.interfaces.test_proof_verbs import settings_of
from tests.ledger.places import PostgresPlace, SQLitePlace
from verifier.verify_bundle import check, read_policy

__all__ = ["with_a_talk"]


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("LEDGER1540_MASTER_KEY_FILE", str(tmp_path / "kept" / "master.key"))
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


def place_of(office: Office) -> SQLitePlace | PostgresPlace:
    """Where the record of an office is, for a stranger to change."""
    written = office.settings.get("LEDGER1540_DATABASE")
    if written is None:
        return SQLitePlace(office.home)
    place = PostgresPlace(office.home)
    place.schema = written.partition("&schema=")[2]
    return place


def told(office: Office) -> list[str]:
    """What verification says of an office whose record is not sound."""
    report = json.loads(office.run("verify", "--json", code=3).stdout)
    return [each["what"] for each in report["findings"]]


def test_ciphertext_swapped_between_persons_is_found_and_opens_for_neither(two: Office) -> None:
    first = two.proposes("--state", "KEN", "--seat", "new-york", "--mission")
    other = two.proposes("--state", "KEN", "--seat", "capital", **(PERSON | {"name": "Another Qzx"}))
    mine, theirs = two.sealed(first, "name"), two.sealed(other, "name")
    with record_of(settings_of(two)) as record:
        vault = vault_of(record)
        assert vault.unseal(first, "name", mine)[1] == NAME
        for person, sealed in ((first, theirs), (other, mine)):
            with pytest.raises(DoesNotOpen):
                vault.unseal(person, "name", sealed)
        positions = [record.history(f"contact/{each}").events[0].position for each in (first, other)]
        assert all(
            isinstance(record.history(f"contact/{each}").events[0].body, ContactProposed) for each in (first, other)
        )
    with place_of(two).stranger() as hand:
        bodies = [hand("SELECT body FROM bodies WHERE position = ?", each)[0][0] for each in positions]
        swapped = [_with(bodies[0], mine, theirs), _with(bodies[1], theirs, mine)]
        for position, body in zip(positions, swapped, strict=True):
            hand("UPDATE bodies SET body = ? WHERE position = ?", body, position)
    assert told(two).count("body and nonce are not what the header commits to") == 2
    keys = two.home / "vault" / "persons"
    (keys / f"{first}.key").rename(keys / "aside")
    (keys / f"{other}.key").rename(keys / f"{first}.key")
    (keys / "aside").rename(keys / f"{other}.key")
    with record_of(settings_of(two)) as record, pytest.raises(MasterKeyUnfit, match="does not open"):
        vault_of(record).unseal(first, "name", mine)


def _with(body: bytes, own: Sealed, other: Sealed) -> bytes:
    """Return a body with what is sealed of another person in place of its own."""
    for before, after in ((own.ciphertext, other.ciphertext), (own.commitment, other.commitment)):
        assert before.encode() in body
        body = body.replace(before.encode(), after.encode())
    return body


def test_a_document_that_is_replaced_or_exchanged_for_another_is_named(two: Office, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.txt").write_text(f"the text of {name}", "utf-8")
        two.run(
            "register", str(tmp_path / f"{name}.txt"), "--as", name, "--language", "en", "--distribution", "general"
        )
    files = [
        each
        for each in (two.home / "documents").rglob("*")
        if each.is_file() and each.read_bytes()[:11] == b"the text of"
    ]
    assert len(files) == 2
    texts = [each.read_bytes() for each in files]
    names = [each.name for each in files]
    for file, text in zip(files, reversed(texts), strict=True):
        file.chmod(0o600)
        file.write_bytes(text)
    assert told(two) == [f"the document's bytes have the hash {name}" for name in sorted(names, reverse=True)]
    files[0].write_bytes(b"another text")
    files[1].write_bytes(texts[1])
    assert len(told(two)) == 1
    two.run("backup", "--to", str(tmp_path / "backup"), code=3)
    assert not (tmp_path / "backup").exists()


def test_an_earlier_backup_in_the_records_place_is_found_by_the_signer_and_by_the_mirror(
    two: Office, tmp_path: Path
) -> None:
    two.run("backup", "--to", str(tmp_path / "backup"))
    two.run("grant", "exp", "expert")
    two.run("publish", "--to", str(tmp_path / "log"), "--entries", "--mirror")
    (tmp_path / "policy").write_text(two.run("key", "--policy").stdout, "utf-8")
    words = ("mirror", "--from", str(tmp_path / "log"), "--to", str(tmp_path / "mirror"))
    two.run(*words, "--policy", str(tmp_path / "policy"))
    two.run("restore", str(tmp_path / "backup"), "--to", str(tmp_path / "rolled"))
    two.settings = {**two.settings, "LEDGER1540_HOME": str(tmp_path / "rolled")}
    two.settings.pop("LEDGER1540_DATABASE", None)
    shutil.copytree(two.home / "signer", tmp_path / "rolled" / "signer")
    assert "what was signed is" in two.run("checkpoint", code=3).stderr
    shutil.copy(tmp_path / "backup" / "manifest.json", tmp_path / "old.json")
    note = json.loads((tmp_path / "old.json").read_bytes())["checkpoint"]
    (tmp_path / "rolled" / "signer" / "memory").write_text(note, "utf-8")
    two.run("grant", "otherwise", "expert")
    shutil.rmtree(tmp_path / "log")
    two.run("publish", "--to", str(tmp_path / "log"), "--entries", "--mirror")
    assert "another history" in two.run(*words, code=3).stderr


def proofs(office: Office, folder: Path, contact: str) -> dict[str, bytes]:
    """Prove what was said, who was named, and the single event."""
    folder.mkdir()
    asked = {
        "talk": ("--stream", "activity/talk-1"),
        "contact": ("--stream", f"contact/{contact}"),
        "all": ("--list", "activity/"),
        "event": ("--event", str(place_of_talk(office))),
    }
    for name, words in asked.items():
        office.run("prove", *words, "--to", str(folder / name))
    return {name: (folder / name).read_bytes() for name in asked}


def test_what_is_erased_and_disposed_of_leaves_every_old_bundle_valid(with_a_talk: Office, tmp_path: Path) -> None:
    office = with_a_talk
    contact = office.confirmed()
    bundles = proofs(office, tmp_path / "before", contact)
    policy = read_policy(office.run("key", "--policy").stdout)
    before: dict[str, Any] = {name: check(data, policy, {}) for name, data in bundles.items()}
    assert SAID.encode() in bundles["talk"]
    assert EMAIL.encode() not in bundles["contact"], "a person is sealed in a bundle too"
    office.erases(contact)
    proposes(office, "--events", "talk#0")
    disposes(office)
    for name, data in bundles.items():
        assert check(data, policy, {}) == before[name], name
    for name, data in proofs(office, tmp_path / "after", contact).items():
        check(data, policy, {})
        assert SAID.encode() not in data, name
    assert office.asks("verify")["findings"] == []
