"""What is quoted: articles, and the spans of their text that are called sentences and passages."""

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

_BLANK_LINES, _LINE_ENDS = re.compile(r"\n[^\S\n]*\n\s*"), re.compile(r"\n\s*")

PassageId = int
"""Names a passage of one library. Ids grow and are never used twice."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `[start, end)`, of an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The slice of `text` that this span names."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> "Span":
        """This span without the white space at both its ends."""
        piece = self.of(text)
        start = self.start + len(piece) - len(piece.lstrip())
        return Span(start, max(start, self.start + len(piece.rstrip())))


@dataclass(frozen=True, kw_only=True)
class Article:
    """One text with what is known about it."""

    id: str
    """The id that its source gives it, else the beginning of its `digest`."""
    title: str
    text: str
    language: str
    """ISO 639-1, `und` where it could not be told."""
    source: str
    """The file it came from, as people know it."""
    author: str | None = None
    published: date | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()
    """The character where each page begins; empty where there are none to speak of."""
    tags: tuple[str, ...] = ()
    """What it is filed under: tags, collections, the folder that it lies in."""

    @cached_property
    def digest(self) -> str:
        """Hash of everything that a reader would see; equal means the same article."""
        seen = (self.title, self.text, self.language, self.author, self.published, self.url, self.source)
        return content_digest(*seen, *filter(None, (self.pages, self.tags)))

    def page_at(self, position: int) -> tuple[int, int] | None:
        """The number of the page that holds a character, counted from one, and how many there are, if there are any."""
        return (max(1, bisect_right(self.pages, position)), len(self.pages)) if self.pages else None

    def paragraph_at(self, position: int) -> tuple[int, int]:
        """The number of the paragraph that holds a character, counted from one, and how many there are.

        Paragraphs are kept apart by blank lines, by line ends where the text has no blank line.
        """
        gap = _BLANK_LINES if _BLANK_LINES.search(self.text.strip()) else _LINE_ENDS
        starts = [0, *(match.end() for match in gap.finditer(self.text.rstrip()))]
        starts = [start for start in starts if self.text[start : start + 1].strip()] or [0]
        return max(1, sum(start <= position for start in starts)), len(starts)


def content_digest(*parts: object) -> str:
    """Hex BLAKE2b (128 bits) of `parts`, each kept apart from its neighbours."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        encoded = str(part).encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSummary:
    """An article without its text, for lists."""

    id: str
    title: str
    language: str
    source: str
    author: str | None
    published: date | None
    url: str | None
    passages: int


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Whole sentences of one article: a slice of its text, never a copy."""

    id: PassageId
    article: Article
    span: Span
    sentences: tuple[Span, ...] = field(default=())
    """They tile `span` exactly, white space included."""
    place: int = 1
    """This is the `place`-th of the article's `places` passages, counted from one."""
    places: int = 1

    @property
    def text(self) -> str:
        """The characters of the article that this passage names."""
        return self.span.of(self.article.text)
