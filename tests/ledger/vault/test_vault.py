"""The vault: keys that only their owner reads, texts that open for their person and field alone, and keys destroyed."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.sealed import Sealed, check
from ledger.vault.keys import Keys
from ledger.vault.master import make_master_key, master_key
from ledger.vault.refusals import DoesNotOpen, KeyAbsent, MasterKeyUnfit, VaultAbsent, VaultExists
from ledger.vault.sealing import seal, unseal
from ledger.vault.vault import Vault

KEY = bytes(range(32))
OTHER_KEY = bytes(32)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    keys = Keys(tmp_path / "vault")
    keys.make()
    return Vault(keys, KEY)


@given(st.text(), st.text())
def test_a_text_opens_with_its_key_and_r_and_the_text_give_the_commitment(text: str, command: str) -> None:
    sealed = seal(KEY, "c-1", "email", command, text)
    check(sealed, "email")
    blinding, opened = unseal(KEY, "c-1", "email", sealed)
    assert opened == text
    assert sha256(blinding + text.encode()).hexdigest() == sealed.commitment


def test_the_same_command_seals_to_the_same_bytes_and_any_other_to_others() -> None:
    sealed = seal(KEY, "c-1", "name", "k", "Amina")
    assert seal(KEY, "c-1", "name", "k", "Amina") == sealed
    others = [
        seal(OTHER_KEY, "c-1", "name", "k", "Amina"),
        seal(KEY, "c-2", "name", "k", "Amina"),
        seal(KEY, "c-1", "title", "k", "Amina"),
        seal(KEY, "c-1", "name", "l", "Amina"),
        seal(KEY, "c-1", "name", "k", "Anina"),
    ]
    assert len({each.ciphertext[:16] for each in (sealed, *others)}) == 6, "no two texts share the cipher's nonce"
    assert len({each.commitment for each in (sealed, *others)}) == 6


def test_a_sealed_text_opens_for_no_other_person_field_or_key_and_not_when_a_bit_is_changed() -> None:
    sealed = seal(KEY, "c-1", "name", "k", "Amina")
    flipped = replace(sealed, ciphertext=sealed.ciphertext.replace(sealed.ciphertext[20], "A", 1))
    for key, person, field, found in (
        (OTHER_KEY, "c-1", "name", sealed),
        (KEY, "c-2", "name", sealed),
        (KEY, "c-1", "title", sealed),
        (KEY, "c-1", "name", flipped),
        (KEY, "c-1", "name", replace(sealed, commitment="0" * 64)),
    ):
        with pytest.raises(DoesNotOpen):
            unseal(key, person, field, found)


def test_somebody_new_gets_a_key_once_and_nobody_a_second_one(vault: Vault) -> None:
    with pytest.raises(KeyAbsent, match="no key of c-1"):
        vault.seal("c-1", "name", "k", "Amina", new=False)
    sealed = vault.seal("c-1", "name", "k", "Amina", new=True)
    assert vault.seal("c-1", "name", "k", "Amina", new=True) == sealed
    assert vault.unseal("c-1", "name", sealed)[1] == "Amina"
    assert list(vault.keys.names()) == ["c-1"]


def test_a_key_that_is_destroyed_opens_nothing_and_another_persons_still_does(vault: Vault) -> None:
    sealed = vault.seal("c-1", "name", "k", "Amina", new=True)
    other = vault.seal("c-2", "name", "k", "Baraka", new=True)
    assert vault.keys.destroy("c-1")
    assert not vault.keys.destroy("c-1"), "again, there is nothing to destroy"
    with pytest.raises(KeyAbsent):
        vault.unseal("c-1", "name", sealed)
    assert vault.unseal("c-2", "name", other)[1] == "Baraka"


def test_only_their_owner_reads_the_keys(vault: Vault) -> None:
    vault.seal("c-1", "name", "k", "Amina", new=True)
    files = [vault.keys.folder, *vault.keys.folder.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o700, 0o600}
    assert not vault.keys.open_to_others()
    files[-1].chmod(0o640)
    assert vault.keys.open_to_others()


def test_the_wrapped_key_is_not_the_key_and_belongs_to_its_person(vault: Vault) -> None:
    sealed = vault.seal("c-1", "name", "k", "Amina", new=True)
    with pytest.raises(MasterKeyUnfit, match="does not open with this master key"):
        Vault(vault.keys, OTHER_KEY).unseal("c-1", "name", sealed)
    vault.keys.write("c-2", vault.keys.read("c-1"))
    with pytest.raises(MasterKeyUnfit):
        vault.unseal("c-2", "name", sealed)


def test_a_vault_is_made_once_and_asked_for_by_name_where_there_is_none(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(VaultExists):
        vault.keys.make()
    with pytest.raises(VaultAbsent, match="there is no vault"):
        Keys(tmp_path / "elsewhere").read("c-1")


def test_the_master_key_is_given_or_in_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "master.key"
    assert master_key(KEY.hex(), file) == KEY
    with pytest.raises(MasterKeyUnfit, match="there is no master key"):
        master_key("", file)
    make_master_key(file)
    assert len(master_key("", file)) == 32
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    file.chmod(0o644)
    with pytest.raises(MasterKeyUnfit, match="open to others"):
        master_key("", file)
    with pytest.raises(MasterKeyUnfit, match="64 hexadecimal digits"):
        master_key("secret", file)


def test_what_is_no_sealed_text_is_refused() -> None:
    for text in ("", "Amina", "QW1pbmE=", "é"):
        with pytest.raises(Exception, match="not sealed"):
            check(Sealed(ciphertext=text, commitment="0" * 64), "name")
