"""Connections to addresses that were checked, each step of them in time."""

import ssl
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from index.fetching.terms import Deadline


class NotProven(Exception):
    """A host's certificate is no good, or what it speaks is no TLS."""


class Pinned(httpcore.NetworkBackend):
    """Connects to one of `addresses`, whatever the host is called; names are never asked for again.

    httpcore goes on naming the host in the request and in TLS.
    """

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses, self._deadline = addresses, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """To the first address that takes it."""
        system = httpcore.SyncBackend()
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses:
            try:
                return _InTime(system.connect_tcp(address, port, self._deadline.left()), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _InTime(httpcore.NetworkStream):
    """A stream whose every step waits no longer than is left."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise NotProven from error
            raise
        return _InTime(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
