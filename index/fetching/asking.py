"""One request to one host, and what comes back, counted while it comes."""

import ssl
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import httpcore
import httpx

from index.fetching.addresses import Hosts, Resolve, ask_system
from index.fetching.connection import NotProven, Pinned
from index.fetching.robots import allows
from index.fetching.terms import Deadline, Limits, NotFetched

AGENT = "Citabot"
"""What robots.txt may call us."""
_PACKED = ("gzip", "x-gzip", "deflate")
_GZIP_OR_ZLIB = 47
"""zlib's number for either, told apart by their first bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """What sites are told of why they are asked."""

    purpose: str
    """In words that stand in their logs."""
    accept: str
    """Media types, as HTTP lists them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a server says; its body is read of a success only."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes


SINGLE_PAGE = Errand(
    purpose="fetches single pages that somebody asked for",
    accept="text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1",
)


class Asking:
    """All requests of one fetch: they share hosts, limits and a deadline."""

    def __init__(
        self,
        limits: Limits,
        *,
        may_be_private: str | None,
        resolve: Resolve | None,
        tls: ssl.SSLContext | None,
        errand: Errand = SINGLE_PAGE,
    ) -> None:
        self._limits, self._deadline = limits, Deadline(limits)
        self._hosts = Hosts(resolve or ask_system, may_be_private=may_be_private)
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._headers = (
            (b"User-Agent", f"{AGENT} ({errand.purpose})".encode()),
            (b"Accept", errand.accept.encode()),
            (b"Accept-Encoding", b"gzip"),
            (b"Connection", b"close"),
        )

    def check(self, url: httpx.URL) -> None:
        """Nothing where `url` may be asked for; raises NotFetched."""
        self._hosts.addresses(host_of(url))

    def may(self, robots: str, page: httpx.URL) -> bool:
        """Whether a host's robots.txt lets `page` be fetched; raises NotFetched where that takes too long to tell."""
        try:
            return allows(robots, page.raw_path.decode("ascii"), agent=AGENT, deadline=self._deadline)
        except TimeoutError as error:
            raise NotFetched("fetch-slow", host=page.host) from error

    def __call__(self, url: httpx.URL, *, most: int, conditions: Sequence[tuple[bytes, bytes]] = ()) -> Reply:
        """What `url` holds; raises NotFetched, also where that is more than `most` bytes.

        `conditions` are headers that ask for it only if it is not as it was.
        """
        host = url.host
        backend = Pinned(self._hosts.addresses(host_of(url)), self._deadline)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream("GET", target, headers=[(b"Host", url.netloc), *self._headers, *conditions]) as response,
            ):
                headers = {
                    name.decode("latin-1").lower(): value.decode("utf-8", "replace") for name, value in response.headers
                }
                body = _body(response.iter_stream(), headers, most, host) if response.status == httpx.codes.OK else b""
                return Reply(status=response.status, headers=headers, body=body)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise NotFetched("fetch-slow", host=host) from error
        except (httpcore.ProtocolError, httpcore.ReadError, zlib.error) as error:
            raise NotFetched("fetch-damaged", host=host) from error
        except NotProven as error:
            raise NotFetched("fetch-unproven", host=host) from error
        except (httpcore.NetworkError, OSError, ValueError) as error:
            raise NotFetched("fetch-unreachable", host=host) from error


def host_of(url: httpx.URL) -> str:
    """A host's name as the network knows it, in ASCII."""
    return url.raw_host.decode("ascii")


def _body(blocks: Iterable[bytes], headers: Mapping[str, str], most: int, host: str) -> bytes:
    """Unpacked, and never more of it than `most`, however small it was packed; raises NotFetched and zlib.error."""
    packing = headers.get("content-encoding", "").strip().lower() or "identity"
    if packing not in ("identity", *_PACKED):
        raise NotFetched("fetch-packed", host=host, way=packing[:20])
    length = headers.get("content-length", "")
    too_large = NotFetched("fetch-too-large", most=f"{most / 1_000_000:g}")
    if length.isdecimal() and int(length) > most:
        raise too_large
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB) if packing in _PACKED else None
    body, arrived = bytearray(), 0
    for block in blocks:
        arrived += len(block)
        body += unpacking.decompress(block, most + 1 - len(body)) if unpacking else block
        if len(body) > most or arrived > most:
            raise too_large
    if unpacking and not unpacking.eof:
        raise zlib.error("breaks off")
    return bytes(body)
