"""What becomes of each page that a source names: fetched, left alone, done without, or let go."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from index.fetching import NotFetched, page_of
from index.fetching.keeping import name_for
from index.gathering.listing import Listed
from index.gathering.pages import KeptPage, NotKept, Pages
from index.gathering.politeness import Ask
from index.gathering.terms import Bounds, Cause, Clock, Trouble
from index.progress import Progress, Report

NOT_NAMED = "not named"
"""The stamp of a page that its source names no more."""
_DAY = 86_400.0
_ASKED_AGAIN = 7 * _DAY
"""Seconds after which a page is asked for even if its source says that it is as it was."""
_SUSPICIOUS = 10
"""Pages; where so many, and more than half of all, are gone at once, they stay for a day."""
_SAVED_EVERY = 25
"""Pages, or more where there are thousands."""
_SAME = 3
"""Pages; where so many say something else than before, and all the same, it is a notice and no article."""
_MOST_ARE_GONE = "The site says that most of its pages are gone; they stay here unless it still says so in a day."
_ALL_THE_SAME = "The site shows the same text in place of several pages, such as a notice; they stay as they were."


@dataclass(kw_only=True, slots=True)
class Counted:
    """What has come of it so far, in pages."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    left: int = 0
    passing: bool = False
    """Whether the next time may bring what this one didn't."""
    size: int = 0
    """Bytes."""
    troubles: list[Trouble] = field(default_factory=list)


class Taking:
    """One gathering, under way."""

    def __init__(self, pages: Pages, ask: Ask, bounds: Bounds, clock: Clock) -> None:
        self.counted = Counted()
        self._pages, self._ask, self._bounds, self._clock = pages, ask, bounds, clock
        self._end = clock.monotonic() + bounds.seconds
        self._now = clock.now().timestamp()
        self._vanished: list[str] = []
        """Addresses of pages that were there, and that the site says it doesn't have."""
        self._changed: dict[str, list[tuple[str, KeptPage]]] = {}
        """By what they say now, addresses of pages that said something else, and how they were."""

    def take_up(self, named: Iterable[Listed], report: Report) -> None:
        """Every page that is new, or may have changed."""
        due: list[Listed] = []
        for page in named:
            if self._is_due(page):
                due.append(page)
            else:
                self.counted.unchanged += bool(self._pages.kept[page.url].file)
        for done, page in enumerate(due):
            report(Progress(step="gathering", done=done, total=len(due)))
            if self._clock.monotonic() >= self._end or self.counted.size >= self._bounds.size:
                self.counted.left = len(due) - done
                break
            self._take(page)
            if done % max(_SAVED_EVERY, len(due) // 20) == 0:
                self._pages.save()
        self._give_back()
        self._let_go()
        report(Progress(step="gathering", done=len(due), total=len(due)))

    def keep_newest(self, most: int) -> None:
        """Beyond so many, what the source names no more goes, the oldest first."""
        kept = [(url, page) for url, page in self._pages.kept.items() if page.file]
        old = sorted((page.asked, url) for url, page in kept if page.stamp == NOT_NAMED)
        for _, url in old[: max(0, len(kept) - most)]:
            self._pages.drop(url)
            self.counted.gone += 1

    def _is_due(self, page: Listed) -> bool:
        before = self._pages.kept.get(page.url)
        if before is None or before.gone_since or page.always:
            return True
        if self._now - before.asked >= _ASKED_AGAIN or page.stamp != before.stamp:
            return True
        return bool(before.file) and ((before.own and page.has_page) or not page.stamp)

    def _take(self, page: Listed) -> None:
        before = self._pages.kept.get(page.url, KeptPage())
        try:
            if page.has_page:
                self._fetch(page, before)
            elif page.own:
                self._put(page.url, self._of_source(page, before), page.own)
            else:
                self._as_before(page, before)
        except NotFetched as error:
            if error.is_gone and before.file:
                self._vanished.append(page.url)
                self._pages.note(page.url, replace(before, gone_since=before.gone_since or self._now))
            else:
                self._do_without(page, before, error)
        except NotKept as error:
            self._do_without(page, before, error)

    def _fetch(self, page: Listed, before: KeptPage) -> None:
        """Raises NotFetched and NotKept."""
        visit = self._ask(page.url, known=before.known if before.file and not before.own else None)
        self.counted.size += len(visit.body)
        if visit.unchanged:
            self._as_before(page, before)
            return
        fetched = page_of(visit)
        kept = KeptPage(file=fetched.name, known=visit.known, stamp=page.stamp, asked=self._now)
        self._put(page.url, kept, fetched.content)

    def _as_before(self, page: Listed, before: KeptPage) -> None:
        self._pages.note(page.url, replace(before, stamp=page.stamp, asked=self._now, gone_since=None))
        self.counted.unchanged += 1

    def _do_without(self, page: Listed, before: KeptPage, error: NotFetched | NotKept) -> None:
        """What was had before stays; else the source's own text is taken, where it has one."""
        passing = isinstance(error, NotFetched) and error.is_passing
        self.counted.passing = self.counted.passing or passing
        is_gone = isinstance(error, NotFetched) and error.is_gone
        if page.own and not is_gone and (before.own or not before.file):
            with suppress(NotKept):
                self._put(page.url, self._of_source(page, before), page.own)
                return
        self.counted.failed += 1
        self.counted.troubles.append(Trouble(where=page.url, why=str(error), cause=Cause.of(error)))
        if not passing:  # asked for again when its source says that it has changed, or in a week
            self._pages.note(page.url, replace(before, stamp=page.stamp, asked=self._now))

    def _of_source(self, page: Listed, before: KeptPage) -> KeptPage:
        asked = before.asked or self._now
        return KeptPage(file=name_for(page.url, ".html"), stamp=page.stamp, asked=asked, own=True)

    def _put(self, url: str, page: KeptPage, content: bytes) -> None:
        before = self._pages.kept.get(url)
        placed = self._pages.put(url, page, content)
        setattr(self.counted, placed.what, getattr(self.counted, placed.what) + 1)
        if before and placed.what == "changed":
            self._changed.setdefault(placed.text, []).append((url, before))

    def _give_back(self) -> None:
        """Pages that were there, in the place of what several of them show now."""
        for pages in self._changed.values():
            for url, before in pages if len(pages) >= _SAME else ():
                self._pages.give_back(url, before)
                self.counted.changed -= 1
                self.counted.failed += 1
                self.counted.troubles.append(Trouble(where=url, why=_ALL_THE_SAME))

    def _let_go(self) -> None:
        """Pages that are gone; where so many are that the site may be in trouble, only those gone for a day."""
        many = len(self._vanished) >= _SUSPICIOUS and 2 * len(self._vanished) > self._pages.count()
        for url in self._vanished:
            page = self._pages.kept[url]
            if many and self._now - (page.gone_since or self._now) < _DAY:
                self.counted.failed += 1
                self.counted.troubles.append(Trouble(where=url, why=_MOST_ARE_GONE))
            else:
                self._pages.drop(url, replace(page, asked=self._now, gone_since=None))
                self.counted.gone += 1
