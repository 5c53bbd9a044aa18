"""A program of its own, so that a feed can take no more down than this.

python -I feed_program.py URL TYPE SECONDS BYTES reads a feed from stdin, and prints a JSON line for each entry.
"""

import html
import json
import re
import sys
import time
from contextlib import suppress
from typing import Any

_MOST = 20_000
"""Entries."""


def main(url: str, media_type: str, seconds: int, memory: int) -> None:
    """Every entry of a feed that was found at `url`."""
    _confine(seconds, memory)
    import feedparser

    told = {"content-location": url, **({"content-type": media_type} if media_type else {})}
    feed = feedparser.parse(sys.stdin.buffer, response_headers=told, sanitize_html=False)
    for entry in feed.entries[:_MOST]:
        sys.stdout.write(json.dumps(_fields(entry, feed.feed)) + "\n")


def _fields(entry: Any, feed: Any) -> dict[str, str]:
    contents = [_markup(each) for each in (*entry.get("content", ()), entry.get("summary_detail") or {})]
    author = entry.get("author_detail", {}).get("name") or entry.get("author") or feed.get("author") or ""
    return {
        "id": _text(entry.get("id")),
        "link": _text(entry.get("link")),
        "title": _plain(entry.get("title_detail") or {}),
        "author": _text(author),
        "published": _day(entry.get("published_parsed") or entry.get("updated_parsed")),
        "updated": _text(entry.get("updated")),
        "language": _text(entry.get("title_detail", {}).get("language") or feed.get("language")),
        "content": max(contents, key=len),
    }


def _markup(detail: Any) -> str:
    """What stands there as HTML."""
    text = _text(detail.get("value"))
    if detail.get("type") == "text/plain":
        return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in re.split(r"\n\s*\n", text))
    return text


def _plain(detail: Any) -> str:
    """What stands there as a reader sees it."""
    text = _text(detail.get("value"))
    return text if detail.get("type") == "text/plain" else html.unescape(re.sub(r"<[^<>]*>", "", text))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(moment: Any) -> str:
    with suppress(TypeError, ValueError, OverflowError):
        return time.strftime("%Y-%m-%d", moment) if moment else ""
    return ""


def _confine(seconds: int, memory: int) -> None:
    """Processor time and address space; where a system knows no such limits, whoever waits for this keeps the time."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
