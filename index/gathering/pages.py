"""The pages of one source: files in its folder, and beside them how each was when it was last there."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from index.article import Article, content_digest
from index.fetching import Known
from index.readers import Skipped, SourceFile, read
from index.whole_file import write_whole

STATE = ".pages.json"
_ARRIVING = ".arriving"
"""The folder where a page is read before it takes its place; hidden, so that nothing else reads it there."""
_BEFORE = ".before"
"""The folder of files whose place another one took, for as long as they may have to be given back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPage:
    """What is known of the page of one address."""

    file: str = ""
    """Its name; empty where nothing could be had of it."""
    article: str = ""
    """The digest of the article in it."""
    known: Known | None = None
    stamp: str = ""
    """What its source said of its state."""
    asked: float = 0.0
    """When the site last answered for it; seconds since 1970."""
    own: bool = False
    """Whether it is what the source itself holds, since the page could not be had."""
    gone_since: float | None = None
    """Since when the site has said that there is no such page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """What became of a page that was put in its place."""

    what: Literal["new", "changed", "unchanged"]
    text: str
    """Hash of the article's text alone."""


class NotKept(Exception):
    """Why a page is no article, in a sentence."""


class Pages:
    """Whatever happens, a file is whole, and stays until a better one takes its place or its page is gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: dict[str, KeptPage] = _read(folder / STATE)

    @property
    def kept(self) -> Mapping[str, KeptPage]:
        """All that is known, by address."""
        return self._pages

    def count(self) -> int:
        """How many files there are."""
        return len({page.file for page in self._pages.values() if page.file})

    def note(self, url: str, page: KeptPage) -> None:
        """Remember it, its file left as it is."""
        self._pages[url] = page

    def begin(self) -> None:
        """A gathering; what one that was killed put aside is of no use any more."""
        shutil.rmtree(self._folder / _BEFORE, ignore_errors=True)

    def put(self, url: str, page: KeptPage, content: bytes) -> Placed:
        """Keep `content` under `page.file`; raises NotKept where no reader finds an article in it."""
        before = self._pages.get(url, KeptPage())
        arriving = self._folder / _ARRIVING / page.file
        arriving.parent.mkdir(parents=True, exist_ok=True)
        try:
            arriving.write_bytes(content)
            article = _article_in(arriving)
            page = replace(page, article=article.digest)
            same = (before.file, before.article) == (page.file, page.article)
            if not same:
                self._put_aside(before.file)
                arriving.replace(self._folder / page.file)
        finally:
            arriving.unlink(missing_ok=True)
        self._pages[url] = page
        self._unlink(before.file)
        what: Literal["new", "changed", "unchanged"] = "new" if not before.file else "unchanged" if same else "changed"
        return Placed(what=what, text=content_digest(article.text))

    def give_back(self, url: str, before: KeptPage) -> None:
        """Put the file that was there before this gathering back in its place."""
        now, self._pages[url] = self._pages[url], before
        aside = self._folder / _BEFORE / before.file
        if aside.is_file():  # else it was given back with another address of the same page
            aside.replace(self._folder / before.file)
        self._unlink(now.file)

    def close(self) -> None:
        """Remember everything; nothing can be given back any more."""
        self.save()
        self.begin()

    def drop(self, url: str, page: KeptPage | None = None) -> None:
        """Let its file go; `page` is what is still known of it."""
        before = self._pages.pop(url, KeptPage())
        if page:
            self._pages[url] = replace(page, file="", article="")
        self._unlink(before.file)

    def save(self) -> None:
        """Remember everything beyond this process."""
        write_whole(self._folder / STATE, json.dumps({url: asdict(page) for url, page in self._pages.items()}))
        shutil.rmtree(self._folder / _ARRIVING, ignore_errors=True)

    def _put_aside(self, name: str) -> None:
        """As it was when the gathering began, whoever else may put something in its place."""
        file, aside = self._folder / name, self._folder / _BEFORE / name
        if name and file.is_file() and not aside.exists():
            aside.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, aside)

    def _unlink(self, name: str) -> None:
        """Unless an address leads there."""
        if name and all(page.file != name for page in self._pages.values()):
            (self._folder / name).unlink(missing_ok=True)


def _article_in(path: Path) -> Article:
    found = next(iter(read(SourceFile(path=path, name=path.name))), None)
    if isinstance(found, Article):
        return found
    raise NotKept(f"What was fetched {found.reason}." if isinstance(found, Skipped) else "What was fetched is empty.")


def _read(path: Path) -> dict[str, KeptPage]:
    """Empty where it can't be made out: the pages are fetched anew then, and their files found to be as they were."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        pages = {url: KeptPage(**fields | {"known": _known(fields["known"])}) for url, fields in kept.items()}
        return {url: page for url, page in pages.items() if not page.file or (path.parent / page.file).is_file()}
    return {}


def _known(fields: Mapping[str, str] | None) -> Known | None:
    return Known(**fields) if fields else None
