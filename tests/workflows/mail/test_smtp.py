"""The way to a mail server: TLS and login as its URL says, and reply codes without what is said beside them."""

import asyncio
import gc
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Event
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.refusals import MalformedInput
from tests.workflows.mail.given import HEAD, Post, serving
from workflows.mail.composing import Written, compose
from workflows.mail.mailer import Reply
from workflows.mail.smtp import Server, SmtpMailer, server

MESSAGE = compose(
    Written("Annual review", "It falls due.\n.\nEnd.\n", "en", "Chair"),
    HEAD,
    message_id="<a@committee.example>",
    at="2013-12-01T14:00:00.000000Z",
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's end of TLS, the client trusting this server alone."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    ours, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=str(pem))
    ours.load_cert_chain(pem)
    return ours, theirs


def logs_in(_server: object, _session: object, _envelope: object, _mechanism: object, given: Any) -> AuthResult:
    return AuthResult(success=given.login == b"secretariat" and given.password == b"secret", handled=False)


def handed(where: Server, tls: ssl.SSLContext | None = None, times: int = 1) -> list[Reply]:
    async def run() -> list[Reply]:
        async with SmtpMailer(where, HEAD.sender, tls=tls) as mailer:
            return [await mailer.send(MESSAGE, "chair@committee.example") for _ in range(times)]

    return asyncio.run(run())


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server does not see its own socket
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_goes_over_tls_with_login(security: str, certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    ours, theirs = certificate
    how: Mapping[str, Any] = (
        {"ssl_context": ours, "auth_require_tls": False}
        if security == "tls"
        else {"tls_context": ours, "require_starttls": True}
    )
    post = Post()
    with serving(post, authenticator=logs_in, auth_required=True, **how) as plain:
        where = msgspec.structs.replace(plain, security=security, user="secretariat", password="secret")
        assert handed(where, theirs) == [Reply("accepted", "250")]
        wrong = msgspec.structs.replace(where, password="wrong")
        assert handed(wrong, theirs) == [Reply("unreached", "535 5.7.8")], "no message is refused for our password"
    assert len(post.counted) == 1


def test_a_server_that_keeps_silent_over_tls_is_let_go_of(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    ours, theirs = certificate
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as thread:

        def keeps_silent() -> None:
            with ours.wrap_socket(listening.accept()[0], server_side=True, suppress_ragged_eofs=True) as connection:
                over.wait(30)
                connection.recv(1)

        over, silent = Event(), thread.submit(keeps_silent)
        port: int = listening.getsockname()[1]
        hasty = Server(host="127.0.0.1", port=port, security="tls", seconds=0.5)
        assert handed(hasty, theirs) == [Reply("unreached")]
        gc.collect()  # an open connection would be told of here
        over.set()
        silent.result()


def test_a_server_that_speaks_no_tls_gets_nothing_where_tls_is_asked_for() -> None:
    post = Post()
    with serving(post) as plain:
        (reply,) = handed(msgspec.structs.replace(plain, security="starttls"))
    assert reply.outcome == "unreached"
    assert post.counted == []


def test_the_bytes_arrive_as_they_were_frozen_a_line_with_a_point_included() -> None:
    post = Post()
    with serving(post) as where:
        handed(where)
    assert post.data[0] == MESSAGE


def test_a_refused_message_does_not_keep_the_next_one_from_going_out() -> None:
    post = Post("552 5.3.4 too big for chair@committee.example", "421 4.3.2 closing", recipients=["250 OK"])
    with serving(post) as where:
        replies = handed(where, times=3)
    assert replies == [
        Reply("refused", "552 5.3.4"),
        Reply("temporarily-refused", "421 4.3.2"),
        Reply("accepted", "250"),
    ]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://mail.example.org", Server(host="mail.example.org", port=587, security="starttls")),
        ("smtps://mail.example.org:4650", Server(host="mail.example.org", port=4650, security="tls")),
        ("smtp+plain://127.0.0.1", Server(host="127.0.0.1", port=25, security="plain")),
        (
            "smtp://us%40er@mail.example.org",
            Server(host="mail.example.org", port=587, security="starttls", user="us@er", password="p"),
        ),
    ],
)
def test_a_url_names_a_server_and_how_it_is_spoken_to(url: str, said: Server) -> None:
    assert server(url, "p") == said


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:x", "smtp://u:p@h", "smtp+plain://u@h"],
)
def test_a_url_that_names_no_server_or_gives_a_password_away_is_refused(url: str) -> None:
    with pytest.raises(MalformedInput) as refused:
        server(url, "p")
    assert "u:p" not in str(refused.value)


def test_a_login_needs_a_password() -> None:
    with pytest.raises(MalformedInput, match="needs a password"):
        server("smtp://user@mail.example.org")


def test_a_letter_composed_twice_is_the_same_bytes() -> None:
    again = compose(
        Written("Annual review", "It falls due.\n.\nEnd.\n", "en", "Chair"),
        HEAD,
        message_id="<a@committee.example>",
        at="2013-12-01T14:00:00.000000Z",
    )
    assert again == MESSAGE
    assert b"Date: Sun, 01 Dec 2013 09:00:00 -0500" in MESSAGE
    assert b"Auto-Submitted: auto-generated" in MESSAGE
