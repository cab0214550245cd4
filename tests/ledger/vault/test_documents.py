"""Sealed documents: a key for each, bytes that open with it alone, and any change seen with the key and without."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sealed import OVERHEAD
from ledger.documents import DocumentDamaged, Documents
from ledger.vault.documents import DocumentVault, SealedDocument, seal, throwaway, unseal
from ledger.vault.keys import DOCUMENTS, Keys
from ledger.vault.refusals import DoesNotOpen, KeyAbsent, MasterKeyUnfit
from ledger.vault.vault import Vault

KEY = bytes(range(32))
OTHER_KEY = bytes(32)


@pytest.fixture
def vault(tmp_path: Path) -> DocumentVault:
    keys = Keys(tmp_path / "vault", DOCUMENTS)
    keys.make()
    return DocumentVault(keys, KEY)


@given(st.binary())
def test_a_document_opens_with_its_key_and_r_and_the_bytes_give_the_commitment(data: bytes) -> None:
    sealed = seal(KEY, "note-1", data)
    blinding, opened = unseal(KEY, "note-1", sealed)
    assert opened == data
    assert sha256(blinding + data).hexdigest() == sealed.commitment
    assert len(sealed.data) == len(data) + OVERHEAD


@given(st.binary(max_size=64), st.data())
def test_any_byte_that_is_changed_keeps_it_from_opening(data: bytes, draw: st.DataObject) -> None:
    sealed = seal(KEY, "note-1", data)
    place = draw.draw(st.integers(0, len(sealed.data) - 1))
    spoiled = bytearray(sealed.data)
    spoiled[place] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(DoesNotOpen):
        unseal(KEY, "note-1", SealedDocument(bytes(spoiled), sealed.commitment))


def test_the_same_bytes_are_sealed_the_same_again_and_any_other_otherwise() -> None:
    sealed = seal(KEY, "note-1", b"text")
    assert seal(KEY, "note-1", b"text") == sealed
    others = [seal(OTHER_KEY, "note-1", b"text"), seal(KEY, "note-2", b"text"), seal(KEY, "note-1", b"tent")]
    assert len({each.data[:12] for each in (sealed, *others, throwaway("note-1", b"text"))}) == 5
    assert len({each.commitment for each in (sealed, *others)}) == 4


def test_a_sealed_document_opens_for_no_other_key_document_or_commitment() -> None:
    sealed = seal(KEY, "note-1", b"text")
    for key, document, found in (
        (OTHER_KEY, "note-1", sealed),
        (KEY, "note-2", sealed),
        (KEY, "note-1", sealed._replace(commitment="0" * 64)),
    ):
        with pytest.raises(DoesNotOpen):
            unseal(key, document, found)


def test_a_document_on_record_gets_no_second_key(vault: DocumentVault) -> None:
    with pytest.raises(KeyAbsent, match="no key of note-1"):
        vault.seal("note-1", b"text", new=False)
    sealed = vault.seal("note-1", b"text", new=True)
    assert vault.unseal("note-1", sealed)[1] == b"text"
    assert vault.keys.destroy("note-1")
    with pytest.raises(KeyAbsent):
        vault.unseal("note-1", sealed)


def test_the_key_of_a_document_is_none_of_a_person_of_the_same_name(vault: DocumentVault, tmp_path: Path) -> None:
    vault.seal("c-1", b"text", new=True)
    persons = Keys(tmp_path / "vault")
    persons.write("c-1", vault.keys.read("c-1"))
    with pytest.raises(MasterKeyUnfit):
        Vault(persons, KEY).key("c-1", new=False)


def test_a_vault_from_before_documents_were_sealed_takes_their_keys(vault: DocumentVault, tmp_path: Path) -> None:
    (tmp_path / "vault" / DOCUMENTS).rmdir()
    vault.seal("note-1", b"text", new=True)
    assert list(vault.keys.names()) == ["note-1"]
    assert not vault.keys.open_to_others()


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_byte_of_the_stored_file_that_is_changed_is_seen_without_the_key(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    store = Documents(tmp_path_factory.mktemp("store"), durable=False)
    sealed = seal(KEY, "note-1", b"text")
    store.put_sealed(sealed.commitment, sealed.data)
    (path,) = store.files()
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= flip
    path.chmod(0o644)
    path.write_bytes(bytes(data))
    assert store.damage(path, path.read_bytes()) is not None
    with pytest.raises(DocumentDamaged):
        store.get(sealed.commitment)
