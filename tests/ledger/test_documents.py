from pathlib import Path

import pytest

from domain.canonical import sha256
from ledger.documents import DocumentDamaged, Documents


@pytest.fixture
def store(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "documents")


def test_a_document_is_found_by_its_hash(store: Documents) -> None:
    digest = store.put(b"the text")
    assert digest == sha256(b"the text")
    assert store.get(digest) == b"the text"
    assert store.path(digest) == store.folder / digest[:2] / digest
    assert store.get(sha256(b"another")) is None


def test_the_same_document_twice_is_one_file(store: Documents) -> None:
    digest = store.put(b"the text")
    before = store.path(digest).stat().st_mtime_ns
    assert store.put(b"the text") == digest
    assert store.path(digest).stat().st_mtime_ns == before
    assert [file.name for file in store.files()] == [digest]


def test_several_documents_are_stored_at_once_and_those_that_are_there_are_left(store: Documents) -> None:
    texts = [f"text {number}".encode() for number in range(40)]
    before = store.path(store.put(texts[0])).stat().st_mtime_ns
    store.put_all([*texts, texts[1]])
    assert [store.get(sha256(text)) for text in texts] == texts
    assert sorted(file.name for file in store.files()) == sorted(sha256(text) for text in texts)
    assert store.path(sha256(texts[0])).stat().st_mtime_ns == before


def test_of_several_documents_one_that_cannot_be_stored_is_told_of(store: Documents) -> None:
    texts = [f"text {number}".encode() for number in range(3)]
    store.folder.mkdir()
    store.path(sha256(texts[1])).parent.symlink_to(store.folder / "gone")
    with pytest.raises(FileExistsError):
        store.put_all(texts)


def test_a_damaged_document_is_not_given_out(store: Documents) -> None:
    path = store.path(store.put(b"the text"))
    path.chmod(0o644)
    path.write_bytes(b"the test")
    with pytest.raises(DocumentDamaged):
        store.get(path.name)


@pytest.mark.parametrize("name", ["", "..", "../secret", "A" * 64, "g" * 64])
def test_what_is_no_hash_names_no_document(store: Documents, name: str) -> None:
    assert store.get(name) is None


def test_what_a_crash_left_unfinished_is_no_document(store: Documents) -> None:
    digest = store.put(b"the text")
    (store.path(digest).parent / ".incoming-x").write_bytes(b"the")
    assert [file.name for file in store.files()] == [digest]


def test_an_empty_store_has_no_files(store: Documents) -> None:
    assert list(store.files()) == []


def test_much_can_be_read_though_little_is_kept_in_memory(store: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.documents._CACHED_BYTES", 10)
    digests = [store.put(str(n).encode() * 4) for n in range(20)]
    assert [store.get(digest) for digest in digests] == [str(n).encode() * 4 for n in range(20)]
    assert [store.get(digest) for digest in digests] == [str(n).encode() * 4 for n in range(20)]
