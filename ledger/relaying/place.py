"""Where the stream is: the servers, the names of its topics, and how a connection is made safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from domain.refusals import MalformedInput

SETTING = "LEDGER1540_KAFKA"
SECURITY_SETTING = "LEDGER1540_KAFKA_SECURITY"
PREFIX = "ledger1540"
_SERVERS = re.compile(r"[^\s,/:]+:[0-9]+(,[^\s,/:]+:[0-9]+)*")
_PREFIX = re.compile(r"[A-Za-z0-9._-]{1,100}")
SECURITY = (
    "security_protocol",
    "sasl_mechanism",
    "sasl_plain_username",
    "sasl_plain_password",
    "ssl_cafile",
    "ssl_certfile",
    "ssl_keyfile",
    "ssl_password",
)
"""What a file of security settings may name."""
_VALUES = {
    "security_protocol": ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
    "sasl_mechanism": ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"),
}
_SASL = ("sasl_mechanism", "sasl_plain_username", "sasl_plain_password")
_FILES = ("ssl_cafile", "ssl_certfile", "ssl_keyfile")


class Place(NamedTuple):
    """Servers (`host:port`, several with commas), what its topics begin with, and how to connect."""

    servers: str
    prefix: str = PREFIX
    security: tuple[tuple[str, str], ...] = ()

    @property
    def record(self) -> str:
        """The topic of the whole record."""
        return f"{self.prefix}.record.v1"

    @property
    def published(self) -> str:
        """The topic of what anyone may see."""
        return f"{self.prefix}.published.v1"

    @property
    def relay(self) -> str:
        """The id by which a relay is fenced off by the next one."""
        return f"{self.prefix}.relay"

    def __str__(self) -> str:
        return self.servers if self.prefix == PREFIX else f"{self.servers}/{self.prefix}"


def place(written: str, security: Path | None = None) -> Place:
    """Return the place that a setting names: `host:9092,host:9092`, or with another prefix of topics `host:9092/other`.

    Raises:
        MalformedInput: it names none, or its security settings cannot be read.
    """
    servers, _, prefix = written.partition("/")
    if _SERVERS.fullmatch(servers) is None or (prefix and _PREFIX.fullmatch(prefix) is None):
        raise MalformedInput(
            f"{written!r} names no Kafka servers",
            where=SETTING,
            remedy="such as kafka-1.example.org:9092,kafka-2.example.org:9092",
        )
    return Place(servers, prefix or PREFIX, tuple(_read(security).items()) if security else ())


def _read(path: Path) -> Mapping[str, str]:
    """Return the security settings in a file, one `name=value` a line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedInput(
            f"its settings cannot be read: {error}", where=SECURITY_SETTING, remedy="a text file, readable to you"
        ) from None
    found: dict[str, str] = {}
    for number, text in enumerate(lines, start=1):
        name, is_one, value = (part.strip() for part in text.partition("="))
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if not is_one or name not in SECURITY:
            raise MalformedInput(
                f"line {number} is no security setting",
                where=SECURITY_SETTING,
                remedy=f"name=value, of {', '.join(SECURITY)}",
            )
        if not value or value not in _VALUES.get(name, (value,)) or (name in _FILES and not Path(value).is_file()):
            raise MalformedInput(
                f"line {number}: {name} cannot be {value!r}",
                where=SECURITY_SETTING,
                remedy=f"one of {', '.join(_VALUES[name])}" if name in _VALUES else "name what is there",
            )
        found[name] = value
    _check(found)
    return found


def _check(found: Mapping[str, str]) -> None:
    """Refuse settings that would connect otherwise than they mean to: in the clear, or as nobody."""
    protocol = found.get("security_protocol", "PLAINTEXT")
    lacks: list[str] = []
    if found and "security_protocol" not in found:
        lacks.append("security_protocol")
    if protocol.startswith("SASL"):
        lacks += [each for each in _SASL if each not in found]
    if lacks:
        raise MalformedInput(f"{', '.join(lacks)} must be said", where=SECURITY_SETTING, remedy="add it to the file")
    idle = [each for each in found if each.startswith("sasl_") and "SASL" not in protocol]
    idle += [each for each in found if each.startswith("ssl_") and not protocol.endswith("SSL")]
    if idle:
        raise MalformedInput(
            f"{protocol} makes no use of {', '.join(idle)}", where=SECURITY_SETTING, remedy="SASL_SSL uses all of them"
        )
    for name in _FILES:
        if name in found and not _pem(Path(found[name])):
            raise MalformedInput(f"{name}: {found[name]} is no PEM file", where=SECURITY_SETTING)


def _pem(path: Path) -> bool:
    try:
        return b"-----BEGIN " in path.read_bytes()
    except OSError:
        return False
