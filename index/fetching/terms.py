"""What fetching may take, and the error when nothing comes of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import IndexingError

REASONS: Mapping[str, str] = {
    "fetch-no-address": "This is no web address: look at it again.",
    "fetch-not-web": "The address has to begin with https:// or http://.",
    "fetch-password": "The address holds a name or a password: leave them out.",
    "fetch-no-site": "There is no site {host}: look at the address again.",
    "fetch-private": "{host} is no public site: only pages that everybody can open are fetched.",
    "fetch-robots": "{host} asks programs not to fetch this page (robots.txt); send its text as a file.",
    "fetch-no-page": "{host} has no such page ({status}): look at the address again.",
    "fetch-closed": "{host} shows this page not to everybody ({status}); send its text as a file instead.",
    "fetch-trouble": "{host} has trouble of its own ({status}); try again later.",
    "fetch-odd": "{host} answered with {status} and no page.",
    "fetch-leads-nowhere": "{host} leads on to something that is no web address.",
    "fetch-leads-on": "The address leads on and on without coming to a page.",
    "fetch-slow": "{host} took too long; try again later.",
    "fetch-unreachable": "{host} cannot be reached; try again later.",
    "fetch-unproven": "{host} cannot prove that it is {host} (its certificate is no good).",
    "fetch-damaged": "What {host} sent is damaged or breaks off; try again later.",
    "fetch-packed": "{host} packs its pages in a way ({way}) that is not read here.",
    "fetch-too-large": "The page is larger than {most} MB; send its text as a file instead.",
    "fetch-no-text": "This is no page of text but {kind}: pages, PDFs, Word files and plain text can be fetched.",
    "fetch-unreadable": "What the page holds cannot be read as text: send its text as a file instead.",
}
"""Why nothing came, in English, each under the name that other languages know it by."""


_PASSING = ("fetch-trouble", "fetch-slow", "fetch-unreachable", "fetch-damaged")


class NotFetched(IndexingError):
    """Nothing came from an address; the text says why, and what can be done, to the person who sent it.

    `message` is a key of REASONS and the id of the bot's text, `values` belong into either.
    """

    def __init__(self, message: str, *, wait: float | None = None, **values: str | int) -> None:
        super().__init__(REASONS[message].format(**values))
        self.message, self.values = message, values
        self.wait = wait
        """Seconds after which the site wants to be asked again; None where it doesn't say."""

    @property
    def is_passing(self) -> bool:
        """Whether it may be otherwise in a moment."""
        return self.message in _PASSING

    @property
    def is_gone(self) -> bool:
        """Whether the site itself says that there is no such page."""
        return self.message == "fetch-no-page"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much patience and room one fetch has, redirects and robots.txt counted."""

    seconds: float = 30.0
    """From the first look at the address to the last byte; asking for a host's addresses can't be cut short."""
    seconds_a_read: float = 10.0
    """That a server may say nothing."""
    size: int = 20_000_000
    """Bytes of a page, unpacked."""
    redirects: int = 5


class Deadline:
    """The moment when a fetch is over, whatever it waits for."""

    def __init__(self, limits: Limits) -> None:
        self._end, self._most = time.monotonic() + limits.seconds, limits.seconds_a_read

    def left(self) -> float:
        """Seconds that the next step may take; raises TimeoutError where there are none."""
        left = min(self._end - time.monotonic(), self._most)
        if left <= 0:
            raise TimeoutError
        return left
