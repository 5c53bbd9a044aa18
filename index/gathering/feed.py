"""What a feed holds: entries, each with a link, or with a text of its own."""

import hashlib
import html
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from index.fetching import Visit
from index.gathering.kinds import unpacked
from index.gathering.terms import NotGathered
from index.readers.apart import MEMORY, said_by
from index.readers.html import saved_from
from index.readers.making import Unreadable, one_line, web_address

_PROGRAM = Path(__file__).with_name("feed_program.py")
_LARGEST = 20_000_000
"""Bytes."""
_SECONDS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One of a feed, as the feed gives it."""

    url: str | None
    """Of its page, where it links to one."""
    key: str
    """The same for the same entry."""
    stamp: str
    """Another one whenever anything about it changes."""
    title: str
    author: str
    published: str
    language: str
    content: str
    """HTML; empty where the feed gives no text."""

    def as_page(self, url: str) -> bytes | None:
        """Its own text as a page that was saved from `url`; None where it has none."""
        if not self.content.strip():
            return None
        language, title, author, day = (
            html.escape(one_line(part)) for part in (self.language, self.title, self.author, self.published)
        )
        about = f'<meta name="author" content="{author}">' if author else ""
        about += f'<meta property="article:published_time" content="{day}">' if day else ""
        spoken = f' lang="{language}"' if language else ""
        page = (
            f"{saved_from(url)}\n<!doctype html><html{spoken}><head>"
            f"<title>{title}</title>{about}</head>\n<body><article><h1>{title}</h1>\n{self.content}\n"
            "</article></body></html>\n"
        )
        return page.encode("utf-8-sig", "replace")


def entries_of(visit: Visit, *, seconds: int = _SECONDS, memory: int = MEMORY) -> list[Entry]:
    """All entries that link to a page or hold a text, in the feed's order; raises NotGathered.

    It is read in a process that has so many seconds and so many bytes of address space.
    """
    body = unpacked(visit.body)
    if len(body) > _LARGEST:
        raise NotGathered(f"The feed is larger than {_LARGEST // 1_000_000} MB; name its pages by a sitemap instead.")
    command = [sys.executable, "-I", str(_PROGRAM), visit.place, visit.headers.get("content-type", ""), str(seconds)]
    with tempfile.TemporaryFile() as file:
        file.write(body)
        file.seek(0)
        try:
            said = said_by([*command, str(memory)], given=file, seconds=seconds, most=3 * _LARGEST)
        except Unreadable as error:
            raise NotGathered("The feed is damaged, or far too large to be read; try again later.") from error
    entries = [_entry(json.loads(line)) for line in said.splitlines()]
    return [entry for entry in entries if entry.url or entry.content.strip()]


def _entry(fields: dict[str, str]) -> Entry:
    marks = [fields[name] for name in ("title", "author", "published", "updated", "content")]
    own = fields["id"] or fields["link"] or f"{fields['title']}\n{fields['content']}"
    return Entry(
        url=web_address(fields["link"]),
        key=_digest(own),
        stamp=_digest("\0".join(marks)),
        title=fields["title"],
        author=fields["author"],
        published=fields["published"],
        language=fields["language"],
        content=fields["content"],
    )


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
