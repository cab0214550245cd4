"""How messages are named: by what they are about, so that the same reminder is the same message however often asked."""

from domain.canonical import sha256
from domain.values import LONGEST_NAME

_DIGITS = 16


def message_name(about: str, *, addressee: str, rung: str, revision: int = 0) -> str:
    """Return the name of a message: `annual-review-2027.contact-ken-1.T-30.r0`; another text is another revision."""
    thing = about.removeprefix("deadline/")
    written = ".".join((thing, addressee, rung, f"r{revision}")).replace("/", "-").replace(":", "-")
    if len(written) <= LONGEST_NAME:
        return written
    return f"{written[: LONGEST_NAME - _DIGITS - 1]}-{sha256(written.encode())[:_DIGITS]}"


def message_id(message: str, domain: str) -> str:
    """Return the Message-ID under which mail systems know a message."""
    return f"<{message}@{domain}>"


def command_key(message: str, act: str) -> str:
    """Return the key of a command on a message that is given once: a repeated command records nothing twice."""
    return f"message/{message}/{act}"
