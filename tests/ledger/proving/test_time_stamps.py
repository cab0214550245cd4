"""Time stamps of checkpoints by an outside authority: asked for, kept, carried in bundles, and renewed in time."""

import hashlib
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.proving.checkpoint import checkpoint
from ledger.proving.note import Note, Signature, note
from ledger.proving.posting import Unanswered
from ledger.proving.stamps import Stamps
from ledger.proving.time_stamp import Stamp, StampWrong, certificates, check, read, stamped, stamps_on
from tests.interfaces.office import Office, opened
from tests.ledger.proving.authority import TimeAuthority, answering
from tests.ledger.proving.witnessed import KEY, TREE
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
    assert "time stamp of 127.0.0.1, which says 20" in told
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
