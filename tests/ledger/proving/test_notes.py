"""Signed notes, checkpoints, cosignatures and proofs, byte for byte as C2SP and Go's own tests have them."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.header import leaf_hash
from domain.refusals import Refusal
from ledger import merkle
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.cosignature import cosigned, cosigned_at
from ledger.proving.inclusion import Inclusion, NotIncluded, inclusion
from ledger.proving.keys import COSIGNATURE, KeyUnfit, SignerKey, signer_key, verifier_key
from ledger.proving.note import Note, NoteMalformed, SignatureWrong, note, opened
from tests.ledger.proving.stranger import Stranger

# From golang.org/x/mod/sumdb/note.
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
BY_PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
# From c2sp.org/signed-note.
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
BY_FOO = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
ORIGIN = "example.org/ledger1540/1"
KEY = SignerKey.new(ORIGIN, bytes(range(32)))


def test_the_examples_of_go_and_of_the_specification_are_made_and_read_byte_for_byte() -> None:
    peter, enoch = signer_key(SKEY), SignerKey.new("EnochRoot", bytes(32))
    assert (str(peter.verifier), peter.written()) == (VKEY, SKEY)
    signed = Note(TEXT).signed(peter)
    assert bytes(signed) == f"{TEXT}\n{BY_PETER}".encode()
    assert bytes(signed.signed(enoch)) == f"{TEXT}\n{BY_PETER}{BY_ENOCH}".encode()
    assert opened(bytes(signed), [verifier_key(VKEY)]) == signed
    assert opened(BY_FOO.encode(), [verifier_key(FOO)]).text == "This is an example message.\n"


def test_every_mangled_key_is_refused_as_in_go() -> None:
    for written, read in ((VKEY, verifier_key), (SKEY, signer_key)):
        mangled = {written[first:last] for first in range(len(written)) for last in range(first + 1, len(written) + 1)}
        mangled |= {written[:n] + chr(ord(written[n]) + 1) + written[n + 1 :] for n in range(len(written))}
        for each in mangled - {written}:
            with pytest.raises(KeyUnfit):
                read(each)
    for other in (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ):
        with pytest.raises(KeyUnfit):
            verifier_key(other)


def test_a_signature_that_is_wrong_or_by_nobody_known_is_refused() -> None:
    signed = bytes(Note(TEXT).signed(signer_key(SKEY)))
    with pytest.raises(SignatureWrong, match="not under this text"):
        opened(signed.replace(b"your problem,", b"our  problem,"), [verifier_key(VKEY)])
    with pytest.raises(SignatureWrong, match=r"not by example\.com/foo"):
        opened(signed, [verifier_key(FOO)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n\n",
        f"text\n\n{BY_PETER}".encode()[:-1],
        f"te\rxt\n\n{BY_PETER}".encode(),
        b"\xff\n\n" + BY_PETER.encode(),
        f"text\n\n- {BY_PETER[2:]}".encode(),
        f"text\n\n{BY_PETER}more\n".encode(),
        "text\n\n— Peter+Neumann x08go/ZJ\n".encode(),
        "text\n\n— Peter\u00a0Neumann x08go/ZJ\n".encode(),
        "text\n\n— PeterNeumann x08goA==\n".encode(),
        b"a" * 1_000_001,
        f"text\n\n{BY_PETER * 101}".encode(),
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(NoteMalformed):
        note(data)


def test_a_checkpoint_is_three_lines_and_read_back() -> None:
    found = Checkpoint(ORIGIN, 0, merkle.EMPTY)
    assert found.text() == f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert checkpoint(Note(found.text())) == found
    more = Checkpoint(ORIGIN, 9, merkle.EMPTY, ("extension",))
    assert checkpoint(Note(more.text())) == more


@pytest.mark.parametrize("size", ["01", "-1", "+1", " 1", "1 ", "", "1" * 20, "x"])
def test_a_size_is_written_in_one_way(size: str) -> None:
    with pytest.raises(NoteMalformed):
        checkpoint(Note(Checkpoint(ORIGIN, 0, merkle.EMPTY).text().replace("\n0\n", f"\n{size}\n")))


def test_a_cosignature_covers_the_checkpoint_and_the_time() -> None:
    witness = SignerKey.new("witness.example.org", bytes([7] * 32), COSIGNATURE)
    signed = Note(Checkpoint(ORIGIN, 3, merkle.EMPTY).text()).signed(KEY)
    assert cosigned_at(signed, witness.verifier) is None
    signature = cosigned(signed, witness, 1679315147)
    assert signature.data[:8] == (1679315147).to_bytes(8, "big")
    assert witness.verifier.verifies(b"cosignature/v1\ntime 1679315147\n" + signed.text.encode(), signature.data[8:])
    key_id = hashlib.sha256(b"witness.example.org\n\x04" + witness.verifier.public).digest()[:4]
    assert signature.key_id == key_id
    both = note(bytes(signed.with_signature(signature)))
    assert cosigned_at(both, witness.verifier) == 1679315147
    assert both.signed_by([KEY.verifier, witness.verifier]) == [KEY.verifier], "a witness vouches for no text"
    for wrong in (
        both.text.replace("\n3\n", "\n4\n"),
        both.text,
    ):
        data = signature.data if wrong != both.text else bytes(7) + b"\x01" + signature.data[8:]
        forged = Note(wrong).with_signature(type(signature)(signature.name, signature.key_id, data))
        with pytest.raises(SignatureWrong):
            cosigned_at(forged, witness.verifier)


def proof(size: int, index: int, entry: bytes) -> Inclusion:
    leaves = [leaf_hash(b"%d" % n) for n in range(size)]
    leaves[index] = leaf_hash(entry)
    completed = list[bytes]()
    tree = merkle.Growth(0, ())
    completed.extend(tree.append(leaf) for leaf in leaves)

    def lookup(level: int, place: int) -> bytes:
        return merkle.hash_at(completed[merkle.covers(level, place) - 1], level)

    signed = Note(Checkpoint(ORIGIN, size, tree.root()).text()).signed(KEY)
    return Inclusion(index, tuple(merkle.inclusion_proof(index, size, lookup)), signed)


def test_a_proof_is_read_back_and_shows_one_entry_only() -> None:
    made = proof(7, 4, b"entry")
    assert bytes(made).startswith(b"c2sp.org/tlog-proof@v1\nindex 4\n")
    read = inclusion(bytes(made))
    assert read == made
    assert read.check(leaf_hash(b"entry")).size == 7
    with pytest.raises(NotIncluded):
        read.check(leaf_hash(b"other"))
    extra = Inclusion(made.index, made.path, made.checkpoint, b"beside")
    assert inclusion(bytes(extra)) == extra
    assert inclusion(bytes(proof(1, 0, b"alone"))).check(leaf_hash(b"alone")).size == 1


@given(st.data())
def test_a_proof_with_a_byte_changed_is_refused_or_means_the_same(data: st.DataObject) -> None:
    made = proof(6, 2, b"entry")
    whole = bytearray(bytes(made))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    try:
        read = inclusion(bytes(whole))
        read.check(leaf_hash(b"entry"))
        opened(bytes(read.checkpoint), [KEY.verifier])
    except Refusal:
        return
    assert read == made


def test_go_opens_our_keys_checkpoints_and_proofs_and_refuses_what_was_changed(go: Stranger, tmp_path: Path) -> None:
    folder = tmp_path
    made = proof(9, 5, b"entry")
    vkey = str(KEY.verifier)
    (folder / "event.tlog-proof").write_bytes(bytes(made))
    (folder / "checkpoint").write_bytes(bytes(made.checkpoint))
    (folder / "entry").write_bytes(b"entry")
    (folder / "other").write_bytes(b"other")
    (folder / "changed").write_bytes(bytes(made.checkpoint).replace(b"\n9\n", b"\n8\n"))
    said = go.says(
        ("vkey", vkey),
        ("skey", KEY.written()),
        ("checkpoint", folder / "checkpoint", vkey),
        ("included", folder / "event.tlog-proof", vkey, folder / "entry"),
        ("included", folder / "event.tlog-proof", vkey, folder / "other"),
        ("checkpoint", folder / "changed", vkey),
    )
    assert said[:4] == ["yes"] * 4
    assert "invalid" in said[4]
    assert "invalid signature" in said[5]
