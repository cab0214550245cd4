"""Time stamps of checkpoints by an outside authority: asked for, kept, carried in bundles, and renewed in time."""

import hashlib
from collections.abc import Generator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ledger.proving.checkpoint import checkpoint
from ledger.proving.note import Note, Signature, note
from ledger.proving.policy import PolicyMalformed, policy
from ledger.proving.posting import Unanswered
from ledger.proving.set_order import sorted_certificates
from ledger.proving.stamps import Stamps
from ledger.proving.time_stamp import Stamp, StampWrong, certificates, check, read, stamped, stamps_on
from tests.interfaces.office import Office, opened
from tests.ledger.proving.authority import TimeAuthority, answering
from tests.ledger.proving.witnessed import KEY, TREE
from verifier.verify_bundle import Refused, Unreadable, judged, read_checkpoint, read_policy
from verifier.verify_bundle import Stamp as Stamped
from verifier.verify_bundle import main as verify_bundle


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return TimeAuthority(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    """An authority whose certificate soon runs out."""
    return TimeAuthority(tmp_path_factory.mktemp("brief") / "tsa", days=30)


@pytest.fixture(scope="module")
def url(authority: TimeAuthority) -> Generator[str]:
    with answering(authority) as found:
        yield found


@pytest.fixture(scope="module")
def signed(authority: TimeAuthority, url: str) -> Note:
    """A checkpoint with a time stamp."""
    return stamped(TREE.signed(9), "127.0.0.1", url, certificates(authority.certificate.read_bytes()))


def test_a_checkpoint_is_stamped_and_the_stamp_stands_among_its_signatures(
    authority: TimeAuthority, signed: Note
) -> None:
    again = note(bytes(signed))
    assert again.signed_by([KEY.verifier]) == [KEY.verifier]
    (stamp,) = stamps_on(again)
    found = check(stamp, certificates(authority.certificate.read_bytes()))
    assert abs(found.at - datetime.now(UTC)) < timedelta(hours=1)
    assert found.until > datetime.now(UTC) + timedelta(days=3000)
    token = authority.folder / "token"
    token.write_bytes(stamp.token)
    assert authority.verifies(token, hashlib.sha256(checkpoint(again).text().encode()).hexdigest())


def test_a_stamp_of_another_authority_or_over_another_checkpoint_is_refused(
    authority: TimeAuthority, brief: TimeAuthority, url: str, signed: Note
) -> None:
    (stamp,) = stamps_on(signed)
    with pytest.raises(StampWrong):
        check(stamp, certificates(brief.certificate.read_bytes()))
    with pytest.raises(StampWrong):
        stamped(TREE.signed(9), "127.0.0.1", url, certificates(brief.certificate.read_bytes()))
    moved = Note(TREE.signed(8).text, signed.signatures)
    with pytest.raises(StampWrong, match="over something else"):
        read(stamps_on(moved)[0])
    with pytest.raises(Unanswered):
        stamped(TREE.signed(9), "tsa", "http://127.0.0.1:9/", certificates(authority.certificate.read_bytes()))


def test_an_authority_that_sends_its_chain_in_whatever_order_is_read(tmp_path: Path) -> None:
    """Given two certificates in a stamp, when they stand in this order or the other, then the stamp is read."""
    several = TimeAuthority(tmp_path / "tsa", chain=True)
    trusted = certificates(several.certificate.read_bytes())
    with answering(several) as near:
        (stamp,) = stamps_on(stamped(TREE.signed(9), "127.0.0.1", near, trusted))
    ders = [
        x509.load_pem_x509_certificate((several.folder / name).read_bytes()).public_bytes(Encoding.DER)
        for name in ("tsa.pem", "ca.pem")
    ]
    orders = (b"".join(ders), b"".join(reversed(ders)))
    given = next(order for order in orders if order in stamp.token)
    for order in orders:
        token = stamp.token.replace(given, order)
        assert check(Stamp(stamp.authority, token, stamp.over), trusted).at == read(stamp).at
        assert sorted_certificates(token) == stamp.token.replace(given, b"".join(sorted(ders)))
    for end in range(0, len(stamp.token), 7):
        assert sorted_certificates(stamp.token[:end]) == stamp.token[:end]


def test_a_stamp_whose_certificate_runs_out_is_renewed_over_what_it_vouched_for(
    authority: TimeAuthority, brief: TimeAuthority, url: str, signed: Note, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    kept = Stamps(tmp_path)
    kept.put(signed)
    with answering(brief) as near:
        kept.put(stamped(TREE.signed(12), "brief", near, certificates(brief.certificate.read_bytes())))
    ((found, last),) = kept.running_out(now)
    assert checkpoint(found).size == 12
    assert last.until < now + timedelta(days=31)
    trusted = certificates(authority.certificate.read_bytes())
    assert kept.renew(now, lambda each: stamped(each, "lasting", url, trusted)) == 1
    assert not list(kept.running_out(now))
    _, renewed = kept
    first, second = stamps_on(renewed)
    assert second.over.startswith(first.over)
    assert len(second.over) > len(first.over) + len(first.token)
    assert check(first, certificates(brief.certificate.read_bytes())) == last
    assert check(second, trusted).until > last.until
    without = Note(renewed.text, tuple(each for each in renewed.signatures if each.name != "brief"))
    with pytest.raises(StampWrong):
        read(stamps_on(without)[0])


@pytest.fixture
def office(tmp_path: Path, authority: TimeAuthority, url: str) -> Office:
    found = opened(tmp_path, on_postgresql=False)
    found.settings |= {"LEDGER1540_TSA": url, "LEDGER1540_TSA_CERTIFICATE": str(authority.certificate)}
    return found


def test_an_answer_carries_the_time_stamp_and_the_verifier_hands_it_to_openssl(
    office: Office, authority: TimeAuthority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.asks("timestamp")["authority"] == "127.0.0.1"
    bundle, token = tmp_path / "answer.bundle", tmp_path / "token"
    office.run("prove", "KEN", "--to", str(bundle), "--with-verifier")
    words = [str(bundle), "--policy", str(tmp_path / "policy.txt"), "--token", str(token)]
    assert verify_bundle(words) == 0
    told = capsys.readouterr().out
    assert "time stamped, not checked by whom: 127.0.0.1 is said to have done so at 20" in told
    digest = told.partition("-digest ")[2].split()[0]
    assert authority.verifies(token, digest)
    office.run("publish", "--to", str(tmp_path / "log"))
    assert stamps_on(note((tmp_path / "log" / "checkpoint").read_bytes()))
    assert office.asks("verify")["findings"] == []
    assert office.doctor()["time stamps"][0]
    assert office.asks("timestamp", "--renew")["renewed"] == 0


def test_a_stamp_that_was_tampered_with_is_found_and_one_that_runs_out_told(
    office: Office, brief: TimeAuthority, authority: TimeAuthority, url: str
) -> None:
    with answering(brief) as near:
        office.run("timestamp", "--tsa", near, "--certificate", str(brief.certificate))
    ok, found = office.doctor()["time stamps"]
    assert not ok
    assert "1 run out from" in found
    assert office.asks("timestamp", "--renew")["renewed"] == 1
    assert office.doctor()["time stamps"][0]
    (file,) = (office.home / "signer" / "stamped").iterdir()
    kept = note(file.read_bytes())
    first = stamps_on(kept)[0]
    tampered = [
        Signature(each.name, each.key_id, each.data[:-1] if each.data == first.token else each.data)
        for each in kept.signatures
    ]
    file.write_bytes(bytes(Note(kept.text, tuple(tampered))))
    assert "time stamp 0" in office.run("verify", code=3).stdout
    file.write_bytes(bytes(Note(kept.text, kept.signatures[:1])))
    assert "there is no time stamp on" in office.run("verify", code=3).stdout
    file.write_bytes(bytes(Note(TREE.signed(9).text, kept.signatures)))
    office.run("verify", code=3)


# Who signed it, for a stranger with the one file


def judges(signed: Note, lines: str) -> tuple[Stamped, ...]:
    trusted = read_policy(f"log {KEY.verifier}\n{lines}quorum none\n")
    return judged(read_checkpoint(bytes(signed).decode()), trusted).stamps


@pytest.mark.parametrize("certificate", ["ca.pem", "tsa.pem"])
def test_a_stranger_trusts_the_authority_that_the_policy_names_by_its_own_certificate_or_the_one_above_it(
    authority: TimeAuthority, signed: Note, certificate: str
) -> None:
    (stamp,) = judges(signed, authority.line("Test", certificate))
    assert stamp.by == "Test"
    assert "time stamped at 20" in stamp.words()
    assert "by Test, whose certificate the policy trusts" in stamp.words()
    (unchecked,) = judges(signed, "")
    assert unchecked.by is None
    assert unchecked.when == stamp.when
    assert "time stamped, not checked by whom" in unchecked.words()
    written = policy(f"log {KEY.verifier}\n{authority.line('Test', certificate)}quorum none\n").written()
    assert authority.line("Test", certificate) in written


def test_a_stranger_refuses_a_stamp_by_anybody_else_under_whatever_name(
    authority: TimeAuthority, brief: TimeAuthority, signed: Note
) -> None:
    with pytest.raises(Refused, match="by no authority that the policy trusts"):
        judges(signed, brief.line("127.0.0.1"))
    assert judges(signed, brief.line("one") + authority.line("other"))[0].by == "other"


def test_an_authority_with_another_kind_of_key_is_checked_too(tmp_path: Path) -> None:
    made = TimeAuthority(tmp_path / "rsa", rsa=True)
    with answering(made) as near:
        signed = stamped(TREE.signed(9), "rsa", near, certificates(made.certificate.read_bytes()))
    assert judges(signed, made.line("RSA"))[0].by == "RSA"


def test_a_renewed_stamp_is_checked_with_the_one_that_it_keeps_up(
    authority: TimeAuthority, brief: TimeAuthority, signed: Note
) -> None:
    with answering(brief) as near:
        renewed = stamped(signed, "brief", near, certificates(brief.certificate.read_bytes()))
    found = judges(renewed, authority.line("first") + brief.line("second"))
    assert [each.by for each in found] == ["first", "second"]
    with pytest.raises(Refused, match="by no authority"):
        judges(renewed, authority.line("first"))


def test_every_byte_of_a_stamp_that_is_signed_counts(authority: TimeAuthority, signed: Note) -> None:
    (stamp,) = stamps_on(signed)
    line, said = authority.line("Test"), judges(signed, authority.line("Test"))[0].when
    rest = [each for each in signed.signatures if each.data != stamp.token]
    accepted = 0
    for place in range(len(stamp.token)):
        changed = stamp.token[:place] + bytes([stamp.token[place] ^ 1]) + stamp.token[place + 1 :]
        one = Signature(stamp.authority, signed.signatures[-1].key_id, changed)
        with suppress(Refused):
            (found,) = judges(Note(signed.text, (*rest, one)), line)
            assert (found.by, found.when) == ("Test", said), f"byte {place}"
            accepted += 1
    assert accepted < 60, "of the answer's own wrapping, which nobody signs"


def test_what_is_no_certificate_and_a_stamp_over_another_checkpoint_are_refused(
    authority: TimeAuthority, signed: Note
) -> None:
    with pytest.raises(Unreadable, match="policy"):
        judges(signed, "tsa Test AAAA\n")
    with pytest.raises(Unreadable, match="policy"):
        judges(signed, "tsa Test\n")
    with pytest.raises(PolicyMalformed):
        policy(f"log {KEY.verifier}\ntsa Test !\nquorum none\n")
    line = authority.line("Test")
    moved = Note(TREE.signed(8).text, (*TREE.signed(8).signatures, signed.signatures[-1]))
    with pytest.raises(Refused, match="not over this checkpoint"):
        judges(moved, line)


def test_without_an_authority_or_its_certificates_nothing_is_stamped(office: Office, tmp_path: Path) -> None:
    del office.settings["LEDGER1540_TSA_CERTIFICATE"]
    office.run("timestamp", code=2)
    office.run("timestamp", "--certificate", str(tmp_path / "none"), code=2)
    (tmp_path / "empty").write_bytes(b"")
    office.run("timestamp", "--certificate", str(tmp_path / "empty"), code=2)
    del office.settings["LEDGER1540_TSA"]
    office.run("timestamp", code=2)


def test_what_is_no_token_is_refused() -> None:
    for token in (b"", b"0", bytes(100), b"\x30\x03\x02\x01\x02"):
        with pytest.raises(StampWrong):
            read(Stamp("tsa", token, b""))
