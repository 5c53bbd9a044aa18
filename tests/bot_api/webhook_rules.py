"""Which webhooks Telegram takes, and where their updates are posted here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from tests.bot_api.replies import ApiError, bad_request

PORTS = frozenset({80, 88, 443, 8443})
USUAL_CONNECTIONS = 40
MOST_CONNECTIONS = 100
LONGEST_SECRET = 256
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A webhook that was accepted; `here` is the address on loopback that stands behind its `url`."""

    url: str
    here: SplitResult
    secret: str
    max_connections: int


def checked_webhook(params: Mapping[str, Any], proxies: Mapping[str, str]) -> Target:
    """The webhook that a call asks for, never one beyond loopback; raises ApiError."""
    url, secret = params["url"], str(params.get("secret_token", ""))
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    parts = urlsplit(url)
    try:
        port = parts.port or 443
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and not _is_here(parts):
        raise _bad_webhook("An HTTPS URL must be provided for webhook")
    if parts.scheme == "https" and port not in PORTS:
        raise _bad_webhook("Webhook can be set up only on ports 80, 88, 443 or 8443")
    here = urlsplit(_behind(url, proxies))
    if not _is_here(here):
        raise _bad_webhook("Failed to resolve host: Name or service not known")
    connections = min(max(int(params.get("max_connections", USUAL_CONNECTIONS)), 1), MOST_CONNECTIONS)
    return Target(url=url, here=here, secret=secret, max_connections=connections)


def _behind(url: str, proxies: Mapping[str, str]) -> str:
    found = ((public, here) for public, here in proxies.items() if url.startswith(public))
    return next((here + url.removeprefix(public) for public, here in found), url)


def _is_here(url: SplitResult) -> bool:
    try:
        return url.scheme == "http" and (url.hostname == "localhost" or ip_address(url.hostname or "").is_loopback)
    except ValueError:
        return False


def _bad_webhook(reason: str) -> ApiError:
    return bad_request(f"bad webhook: {reason}")
