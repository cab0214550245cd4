"""A broker that speaks TLS and asks who is there: the settings that docs/how-to/follow-the-stream.md names, tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from domain.refusals import MalformedInput
from ledger.record import Record
from ledger.relaying.following import followed
from ledger.relaying.mirror import Mirror
from ledger.relaying.place import Place, place
from ledger.relaying.refusals import StreamUnavailable
from ledger.relaying.relayed import relayed
from tests.broker import free_port, own_broker
from tests.ledger.relaying.streams import relay

pytestmark = [
    pytest.mark.usefixtures("sockets_left_by_the_client"),
    pytest.mark.filterwarnings("ignore:unclosed <:ResourceWarning"),
]
PASSWORD = "of the relay alone"
_SECURED = """
listeners=PLAINTEXT://127.0.0.1:{inner},CONTROLLER://127.0.0.1:{controller},READERS://127.0.0.1:{port}
advertised.listeners=PLAINTEXT://127.0.0.1:{inner},READERS://127.0.0.1:{port}
inter.broker.listener.name=PLAINTEXT
controller.quorum.voters=1@127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,READERS:SASL_SSL
listener.name.readers.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.readers.scram-sha-512.sasl.jaas.config=\\
  org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location={keys}
"""


class Office(NamedTuple):
    """Where a secured broker listens, and who vouches for it."""

    port: int
    authority: Path

    def place(self, folder: Path, **changed: str) -> Place:
        """Return the broker as the file of settings of the how-to names it, with some of them changed."""
        settings = {
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": "relay",
            "sasl_plain_password": PASSWORD,
            "ssl_cafile": str(self.authority),
        }
        file = folder / "security"
        file.write_text("# kept from others\n" + "".join(f"{n} = {v}\n" for n, v in (settings | changed).items()))
        return place(f"127.0.0.1:{self.port}/{folder.name}", file)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("keys")
    inner, controller, port = free_port(), free_port(), free_port()
    authority, keys = certified(folder)
    more = _SECURED.format(inner=inner, controller=controller, port=port, keys=keys)
    credential = f"SCRAM-SHA-512=[name=relay,password={PASSWORD}]"
    with own_broker(listening=inner, more=more, formatting=["--add-scram", credential]):
        yield Office(port, authority)


def certified(folder: Path) -> tuple[Path, Path]:
    """Return an authority's certificate, and a file with a key and the certificate that it gave to 127.0.0.1."""
    key, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    office = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority of these tests")])
    server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    vouched = (
        _certificate(office, office, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    given = (
        _certificate(server, office, own.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    authority, keys = folder / "authority.pem", folder / "broker.pem"
    authority.write_bytes(vouched.public_bytes(Encoding.PEM))
    private = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keys.write_bytes(private + given.public_bytes(Encoding.PEM))
    return authority, keys


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


def test_relay_and_mirror_over_tls_with_a_password_end_with_the_same_root(
    record: Record, office: Office, tmp_path: Path
) -> None:
    secured = office.place(tmp_path)
    relay(record, secured)
    with closing(Mirror.opened(tmp_path / "mirror", None, record.origin)) as mirror:
        mirror.take(followed(secured, 1, Event(), until_end=True))
        assert mirror.report().root == record.root().hex()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.relaying.client.CONNECT_MS", 3_000)


@pytest.mark.usefixtures("impatient")
def test_who_is_not_let_in_is_told_why_in_time(record: Record, office: Office, tmp_path: Path) -> None:
    with pytest.raises(StreamUnavailable, match=r"invalid credentials|name and password"):
        relayed(record, office.place(tmp_path, sasl_plain_password="another"))
    with pytest.raises(StreamUnavailable, match=r"Invalid frame length|name and password"):
        relayed(record, Place(f"127.0.0.1:{office.port}"))


@pytest.mark.usefixtures("impatient")
def test_a_broker_that_another_authority_vouches_for_is_not_trusted(
    record: Record, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    another, _ = certified(tmp_path / "elsewhere")
    with pytest.raises(StreamUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
        relayed(record, office.place(tmp_path, ssl_cafile=str(another)))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"sasl_plain_password=\xff\n", "cannot be read"),
        (b"sasl_mechanism\n", "line 1 is no security setting"),
        (b"security_protocol=SASL_SLL\n", "SASL_SLL"),
        (b"security_protocol=ssl\n", "'ssl'"),
        (b"sasl_plain_username=relay\n", "security_protocol must be said"),
        (
            b"security_protocol=SASL_SSL\nsasl_mechanism=PLAIN\n",
            "sasl_plain_username, sasl_plain_password must be said",
        ),
        (b"security_protocol=SSL\nsasl_mechanism=PLAIN\n", "makes no use of sasl_mechanism"),
        (b"security_protocol=SSL\nssl_cafile=pyproject.toml\n", "is no PEM file"),
        (b"ssl_cafile=/nowhere/ca\n", "ssl_cafile cannot be '/nowhere/ca'"),
    ],
)
def test_a_file_of_settings_that_cannot_be_used_is_refused_with_what_is_wrong(
    tmp_path: Path, written: bytes, says: str
) -> None:
    file = tmp_path / "security"
    with pytest.raises(MalformedInput, match="cannot be read"):
        place("127.0.0.1:9092", file)
    file.write_bytes(written)
    with pytest.raises(MalformedInput, match=says):
        place("127.0.0.1:9092", file)
