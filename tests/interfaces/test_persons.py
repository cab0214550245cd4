"""Persons at the command line: proposed, shown, disclosed and erased, and found nowhere in plain text at any time."""

import json
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from interfaces.vaults import keys_of
from ledger.vault.master import master_key
from ledger.vault.refusals import KeyAbsent
from ledger.vault.vault import Vault
from tests import postgres
from tests.interfaces.office import ADDRESS, EMAIL, LETTER, NAME, PERSON, TITLE, Office, opened
from tests.interfaces.traces import found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return opened(tmp_path, on_postgresql=request.param == "postgresql")


def plain(office: Office, out: Path) -> set[str]:
    """Return which texts of the person are found in database, views, documents, vault, logs and exports."""
    out.mkdir()
    office.run("export", "--log", "--to", str(out / "log.jsonl"), "--documents", str(out / "documents"))
    for view in ("documents", "texts"):
        office.run("rebuild", view)
    if office.database != office.home:
        with postgres.connected(postgres.database_url()) as connection:
            connection.execute("CHECKPOINT")
    assert found((TITLE,), office.database) == {TITLE}, "what is not sealed is found, so that the search finds"
    texts = (NAME, EMAIL, ADDRESS, *NAME.split(), *ADDRESS.split(", "))
    return found(texts, office.home, office.database, out, spoken=office.spoken)


def test_a_person_is_nowhere_in_plain_text_and_once_erased_nowhere_to_be_read(anywhere: Office, tmp_path: Path) -> None:
    office = anywhere
    contact = office.confirmed()
    assert plain(office, tmp_path / "before") == set()
    sealed, vault = office.sealed(contact, "email"), vault_of_office(office)
    wrapped = vault.keys.read(contact)
    assert vault.unseal(contact, "email", sealed)[1] == EMAIL
    office.erases(contact)
    assert plain(office, tmp_path / "after") == set()
    with pytest.raises(KeyAbsent):
        vault.unseal(contact, "email", sealed)
    files = [file for file in office.home.rglob("*") if file.is_file()]
    assert not any(wrapped in file.read_bytes() for file in files)
    assert office.asks("verify")["findings"] == []
    assert office.doctor()["erased persons"] == (True, "1")


def vault_of_office(office: Office) -> Vault:
    file = Path(office.settings["LEDGER1540_MASTER_KEY_FILE"])
    return Vault(keys_of(office.home), master_key("", file))


def test_the_search_sees_through_disguises(tmp_path: Path) -> None:
    for offset in range(3):
        (tmp_path / "text").write_bytes(b64encode(bytes(offset) + NAME.encode() + b"and more"))
        assert found((NAME,), tmp_path) == {NAME}
    for data in (NAME.encode().hex().encode(), json.dumps(NAME).encode(), NAME.encode("utf-16-le"), NAME.encode()):
        (tmp_path / "text").write_bytes(data)
        assert found((NAME,), tmp_path) == {NAME}


def test_the_directory_shows_a_person_until_they_are_erased_and_then_when(office: Office) -> None:
    contact = office.confirmed()
    (shown,) = office.asks("contacts", "Kenya")["contacts"]
    assert (shown["name"], shown["email"], shown["phone"]) == (NAME, EMAIL, None)
    assert (shown["party"], shown["holds"], shown["waits"]) == ("mission", True, None)
    assert "KEN (Mission)" in office.run("contacts").stdout
    office.erases(contact)
    (erased,) = office.asks("contacts")["contacts"]
    assert (erased["name"], erased["phone"]) == (f"[name erased {erased['erased_on']}]", None)
    assert office.asks("contacts", "--as-of", shown["confirmed_on"])["contacts"][0]["name"] == erased["name"]
    assert f"[email erased {erased['erased_on']}]" in office.run("contacts").stdout
    office.run("disclose", contact, "email", code=2)


def test_one_field_is_disclosed_with_r_and_not_the_key(office: Office) -> None:
    contact = office.confirmed()
    told = office.asks("disclose", contact, "email")
    assert told["text"] == EMAIL
    assert sha256(bytes.fromhex(told["r"]) + EMAIL.encode()).hexdigest() == told["commitment"]
    assert told["commitment"] == office.sealed(contact, "email").commitment
    office.run("disclose", contact, "phone", code=2)
    office.run("disclose", contact, "email", actor="", code=2)


def test_who_has_no_right_reads_nobody(office: Office) -> None:
    office.confirmed()
    told = office.asks("contacts", actor="")
    assert (told["contacts"], told["withheld"]) == ([], 1)


def test_a_change_keeps_what_it_does_not_name_and_a_retry_is_the_same_command(anywhere: Office) -> None:
    office = anywhere
    contact = office.confirmed()
    words = ("propose-contact", "--contact", contact, "--id", "change-1", "--details", "-")
    change = json.dumps({"email": "new.qzx@example.org", "address": ""})
    first = office.asks(*words, given=change)
    again = office.asks(*words, given=change)
    assert (again["repeated"], again["events"]) == (True, first["events"])
    office.confirms(contact, 2)
    (shown,) = office.asks("contacts")["contacts"]
    assert (shown["name"], shown["email"], shown["address"]) == (NAME, "new.qzx@example.org", None)
    other = office.run(*words, given=json.dumps({"email": "other.qzx@example.org"}), code=2)
    assert "on record with another content" in other.stderr


def test_what_is_only_tried_leaves_no_key_behind(office: Office) -> None:
    office.asks("propose-contact", "--details", "-", "--state", "KEN", "--dry-run", given=json.dumps(PERSON))
    assert list(keys_of(office.home).names()) == []


def test_an_erasure_cut_short_is_named_and_finished_by_erasing_again(anywhere: Office) -> None:
    office = anywhere
    contact = office.confirmed()
    command = {"command": "erase-contact", "contact": contact, "reason": "it was asked for", "document": LETTER}
    office.run("command", json.dumps(command))  # on record, and then nothing more
    ok, said = office.doctor()["erased persons"]
    assert not ok
    assert contact in said
    office.erases(contact)
    assert office.doctor()["erased persons"] == (True, "1")
    assert "nothing was recorded" in office.erases(contact).stderr


def test_a_person_on_hold_is_not_erased_and_keeps_their_key(office: Office) -> None:
    contact = office.confirmed()
    hold = ("--hold", "inquiry", "--covers", f"contact/{contact}", "--file-class", "contacts", "--reason", "an inquiry")
    office.run("record", "place-hold", *hold, "--document", LETTER)
    assert "hold inquiry covers" in office.erases(contact, code=2).stderr
    assert list(keys_of(office.home).names()) == [contact]
    office.run("record", "lift-hold", "--hold", "inquiry", "--reason", "it is over", "--document", LETTER)
    office.erases(contact)


def test_a_vault_that_was_not_brought_along_is_named_and_its_persons_stay_sealed(office: Office) -> None:
    contact = office.confirmed()
    shutil.move(office.home / "vault", office.home.parent / "forgotten")
    assert office.doctor()["persons"] == (False, f"no key of {contact}: restore the vault")
    assert office.asks("contacts")["contacts"][0]["name"] == "[name sealed]"
    office.run("disclose", contact, "name", code=2)
    assert office.asks("verify")["findings"] == []


def test_a_key_that_comes_back_with_an_old_copy_of_the_vault_is_named(office: Office, tmp_path: Path) -> None:
    contact = office.confirmed()
    shutil.copytree(office.home / "vault", tmp_path / "copy")
    office.erases(contact)
    shutil.copytree(tmp_path / "copy", office.home / "vault", dirs_exist_ok=True)
    assert not office.doctor()["erased persons"][0]
    assert office.asks("contacts")["contacts"][0]["name"].startswith("[name erased ")
    office.erases(contact)
    assert office.doctor()["erased persons"] == (True, "1")


def test_what_is_typed_wrongly_is_refused_without_being_quoted(office: Office) -> None:
    words = ("propose-contact", "--state", "KEN", "--details", "-")
    for given in ('{"nickname": "Qzx"}', '{"name": 7}', "Qzx", '{"name": "Qzx'):
        refused = office.run(*words, given=given, code=2)
        assert "Qzx" not in refused.output


def test_persons_on_a_list_are_sealed_and_nowhere_in_plain_text(anywhere: Office, tmp_path: Path) -> None:
    office = anywhere
    given = tmp_path / "list.csv"
    rows = ["party,state,seat,name,e-mail,address", f'Permanent mission,Kenya,New York,{NAME},{EMAIL},"{ADDRESS}"']
    given.write_text("\n".join(rows), encoding="utf-8")
    digest = sha256(given.read_bytes()).hexdigest()
    (done,) = office.asks("import", str(given), "--profile", "contacts", "--known", "2024-03-01")
    assert done["rows"]["commands"] == 1
    assert office.asks("import", str(given), "--profile", "contacts", "--known", "2024-03-01")[0]["repeated"]
    (contact,) = {line.partition("contact/")[2][:18] for line in office.run("export", "--log").stdout.splitlines()} - {
        ""
    }
    office.confirms(contact)
    assert office.asks("contacts", "KEN")["contacts"][0]["name"] == NAME
    assert plain(office, tmp_path / "before") == set()
    assert found((digest,), office.home, office.database) == set(), "whose list it was cannot be tried"
    office.erases(contact)
    assert plain(office, tmp_path / "after") == set()


def test_a_seat_that_is_none_is_refused_with_those_there_are(office: Office, tmp_path: Path) -> None:
    given = tmp_path / "list.csv"
    given.write_text("party,state,seat,name\nmission,KEN,Somewhere,One\n", encoding="utf-8")
    result = office.run("import", str(given), "--profile", "contacts", "--known", "2024-03-01", code=2)
    assert "'Somewhere' is none of capital, new-york, headquarters" in result.output


def test_a_list_of_persons_that_is_refused_leaves_no_key(office: Office, tmp_path: Path) -> None:
    given = tmp_path / "list.csv"
    given.write_text("party,state,seat,name\nmission,KEN,new-york,One\nmission,XXX,new-york,Two\n", encoding="utf-8")
    result = office.run("import", str(given), "--profile", "contacts", "--known", "2024-03-01", code=2)
    assert "row 3" in result.output
    assert list(keys_of(office.home).names()) == []
