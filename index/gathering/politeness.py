"""Visits in good manners: a pause between two to one site, patience for what is passing, and an end to it."""

from typing import Protocol
from urllib.parse import urlsplit

from index.fetching import Known, Limits, NotFetched, Visit, Visitor
from index.gathering.terms import PAGE_LIMITS, Clock, Manners


class Ask(Protocol):
    """Visits one address, in good manners."""

    def __call__(self, url: str, *, known: Known | None = None, limits: Limits = PAGE_LIMITS) -> Visit:
        """What is there; raises NotFetched."""


class Polite:
    """Asks for one address after the other; sites that are in trouble are left alone for as long as this lives."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners, self._clock = manners, clock
        self._free: dict[str, float] = {}
        """When each site may be asked again."""
        self._failures: dict[str, int] = {}
        self._left: dict[str, NotFetched] = {}

    def __call__(
        self, visitor: Visitor, url: str, *, known: Known | None = None, limits: Limits = PAGE_LIMITS
    ) -> Visit:
        """What `visitor` finds at `url`, tried again where that may help; raises NotFetched."""
        site = _site(url)
        if site in self._left:
            raise self._left[site]
        for number in range(1, self._manners.tries + 1):
            self._wait_for(site)
            try:
                visit = visitor(url, known=known, limits=limits)
            except NotFetched as error:
                self._visited(site, visitor.pause(url))
                if not error.is_passing:
                    self._failures[site] = 0
                    raise
                self._bear(site, error, last=number == self._manners.tries)
                self._clock.wait(max(error.wait or 0.0, self._manners.backoff * 2 ** (number - 1)))
            else:
                self._visited(site, visitor.pause(url))
                self._failures[site] = 0
                return visit
        raise AssertionError("the last try returns or raises")

    def _wait_for(self, site: str) -> None:
        seconds = self._free.get(site, 0.0) - self._clock.monotonic()
        if seconds > 0:
            self._clock.wait(seconds)

    def _visited(self, site: str, asked: float) -> None:
        pause = min(max(self._manners.pause, asked), self._manners.longest_pause)
        self._free[site] = self._clock.monotonic() + pause

    def _bear(self, site: str, error: NotFetched, *, last: bool) -> None:
        """Nothing where another try makes sense, else raises it; and decides whether the site is left alone."""
        if (error.wait or 0.0) > self._manners.patience:
            self._left[site] = error
            raise error
        if last:
            self._failures[site] = self._failures.get(site, 0) + 1
            if self._failures[site] >= self._manners.failures:
                self._left[site] = error
            raise error


def _site(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
