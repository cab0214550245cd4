"""The way to a Temporal server: an address of ours, and for TLS and keys what Temporal's own clients read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from domain.refusals import MalformedInput, Refusal
from workflows.names import NAMESPACE

if TYPE_CHECKING:
    from temporalio.client import Client

SETTING = "LEDGER1540_TEMPORAL"


class TemporalUnavailable(Refusal):
    """The Temporal server does not answer; the record is whole without it, and nothing due is lost."""


class Place(NamedTuple):
    """Where a Temporal server is, and the namespace there."""

    address: str
    namespace: str = NAMESPACE

    def __str__(self) -> str:
        return f"{self.address}/{self.namespace}"


def place(written: str) -> Place:
    """Return the place that `host:port` or `host:port/namespace` names.

    Raises:
        MalformedInput: it is neither.
    """
    address, slash, namespace = written.partition("/")
    host, colon, port = address.rpartition(":")
    if not host or not colon or not port.isdecimal() or not 0 < int(port) < 65536 or (slash and not namespace):
        raise MalformedInput(
            f"{written!r} is no address of a Temporal server",
            where=SETTING,
            remedy="write host:port or host:port/namespace; TEMPORAL_TLS_* and TEMPORAL_API_KEY say the rest",
        )
    return Place(address, namespace or NAMESPACE)


async def connect(found: Place) -> Client:
    """Return a client that is connected.

    TLS, certificates and an API key are read as Temporal's own clients do: from the environment (`TEMPORAL_TLS_…`,
    `TEMPORAL_API_KEY`) or the file that `TEMPORAL_CONFIG_FILE` names.

    Raises:
        TemporalUnavailable: the server does not answer or refuses us.
    """
    from temporalio.client import Client
    from temporalio.envconfig import ClientConfigProfile
    from temporalio.service import RPCError

    try:
        profile = replace(ClientConfigProfile.load(), address=found.address, namespace=found.namespace)
        return await Client.connect(**profile.to_client_connect_config())
    except (RPCError, RuntimeError, ValueError) as error:
        raise TemporalUnavailable(
            f"the Temporal server at {found} cannot be used: {error}",
            where=SETTING,
            remedy="start it, or leave the setting out to use the embedded one (`ledger1540 up`)",
        ) from None
