"""A time-stamping authority on this machine, made with openssl."""

import base64
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

_CONFIGURATION = """
[ v3_tsa ]
extendedKeyUsage = critical, timeStamping
[ req ]
distinguished_name = name
[ name ]
[ tsa ]
default_tsa = here
[ here ]
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class TimeAuthority:
    """A folder with an authority's keys, certificates and serial number."""

    def __init__(self, folder: Path, days: int = 3650, *, rsa: bool = False, chain: bool = False) -> None:
        if shutil.which("openssl") is None:
            if os.environ.get("CI") == "true":
                pytest.fail("there is no openssl on this machine")
            pytest.skip("there is no openssl on this machine")
        self.folder = folder
        folder.mkdir()
        (folder / "tsa.cnf").write_text(_CONFIGURATION + ("certs = ./ca.pem\n" if chain else ""), encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        kind = ("rsa:2048",) if rsa else ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
        new = ("-newkey", *kind, "-nodes", "-config", "tsa.cnf")
        self.openssl(
            "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "4000", "-subj", "/CN=Test CA"
        )
        self.openssl("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", str(days))
        extended = ("-extfile", "tsa.cnf", "-extensions", "v3_tsa")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed, *extended)

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.pem"

    def line(self, name: str, certificate: str = "ca.pem") -> str:
        """Return the line of a policy that trusts a certificate of it."""
        der = x509.load_pem_x509_certificate((self.folder / certificate).read_bytes()).public_bytes(Encoding.DER)
        return f"tsa {name} {base64.b64encode(der).decode()}\n"

    def openssl(self, *words: str) -> str:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "here", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def verifies(self, token: Path, digest: str) -> bool:
        found = self.openssl("ts", "-verify", "-digest", digest, "-in", str(token), "-CAfile", "ca.pem")
        return "Verification: OK" in found


@contextmanager
def answering(authority: TimeAuthority) -> Generator[str]:
    """Let an authority answer over HTTP; yield its address."""

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
            pass

    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
