"""Which network addresses a host has, and whether they are everybody's."""

import ipaddress
import socket
from collections.abc import Sequence
from typing import Protocol

from index.fetching.terms import NotFetched

_EVERYBODYS = ipaddress.ip_network("2000::/3")
"""What is handed out of IPv6."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Resolve(Protocol):
    """Asks for a host's addresses, as text; raises OSError or UnicodeError where it has none."""

    def __call__(self, host: str, /) -> Sequence[str]:
        """At least one, the one to try first in front."""


def ask_system(host: str, /) -> Sequence[str]:
    """As the system knows it, `127.1` and `0x7f000001` too; waits as long as the system does."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether it leads into the public network, also where IPv6 wraps an address of IPv4."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(given, ipaddress.IPv4Address):
        return given.is_global and not given.is_multicast
    if given.ipv4_mapped:
        return is_public(str(given.ipv4_mapped))
    if given in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(given) & 0xFFFFFFFF)))
    if given.sixtofour and not is_public(str(given.sixtofour)):
        return False
    return given in _EVERYBODYS and given.is_global


class Hosts:
    """The addresses of each host that a fetch meets, asked for once: what was checked is what is connected to."""

    def __init__(self, resolve: Resolve, *, may_be_private: str | None) -> None:
        self._resolve, self._may_be_private = resolve, may_be_private
        self._known: dict[str, tuple[str, ...]] = {}

    def addresses(self, host: str) -> tuple[str, ...]:
        """All of them; raises NotFetched where there are none, or one is private."""
        if host not in self._known:
            self._known[host] = self._checked(host)
        return self._known[host]

    def _checked(self, host: str) -> tuple[str, ...]:
        try:
            found = tuple(self._resolve(host))
        except (OSError, UnicodeError) as error:
            raise NotFetched("fetch-no-site", host=host) from error
        if not found:
            raise NotFetched("fetch-no-site", host=host)
        if host != self._may_be_private and not all(map(is_public, found)):
            raise NotFetched("fetch-private", host=host)
        return found
