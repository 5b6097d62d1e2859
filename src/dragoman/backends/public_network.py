"""HTTP connections to public addresses only: a name is resolved, judged, and the judged address is the one connected to."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""


class PrivateAddressError(Exception):
    """A host that is, or resolves to, a private, loopback, link-local or otherwise not public address."""


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at a set time, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._remaining(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        remaining = self._remaining(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, remaining), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  httpcore's signature
        return self._inner.get_extra_info(info)

    def _remaining(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise error("the time for this answer is over")
        return remaining if timeout is None else min(timeout, remaining)


class _JudgedNetwork(httpcore.SyncBackend):
    """Connects to what a name resolved to, so that a second look-up cannot lead elsewhere."""

    def __init__(self, *, allow_private: bool, total_seconds: float) -> None:
        self._allow_private = allow_private
        self._total_seconds = total_seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        deadline = time.monotonic() + self._total_seconds
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses_of(host, port, allow_private=self._allow_private):
            try:
                return _TimedStream(super().connect_tcp(address, port, timeout, local_address, socket_options), deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  httpcore's signature
    ) -> httpcore.NetworkStream:
        raise PrivateAddressError(f"{path} is a local socket")


class _JudgedTransport(httpx.HTTPTransport):
    """httpx's own transport on judged connections, a new one for each request, so that each request has its own time limit."""

    def __init__(self, network: httpcore.NetworkBackend) -> None:
        super().__init__(trust_env=False)
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, max_keepalive_connections=0, network_backend=network)


def polite_transport(*, allow_private: bool, total_seconds: float) -> httpx.HTTPTransport:
    """A transport that refuses other than public addresses with PrivateAddressError, unless they are allowed.

    A request ends with a timeout `total_seconds` after its connection was opened.
    """
    return _JudgedTransport(_JudgedNetwork(allow_private=allow_private, total_seconds=total_seconds))


def addresses_of(host: str, port: int, *, allow_private: bool = False) -> tuple[str, ...]:
    """All addresses of a host; PrivateAddressError if one is not public and must be, httpcore.ConnectError if there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise PrivateAddressError(f"{host} is {address}")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, the IPv4 address inside an IPv6 one included."""
    judged = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(judged, ipaddress.IPv6Address):
        inner = judged.ipv4_mapped or judged.sixtofour or (judged.teredo[1] if judged.teredo else None)
        if judged in _NAT64:
            inner = ipaddress.IPv4Address(int(judged) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return judged.is_global and not judged.is_multicast
