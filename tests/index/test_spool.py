"""Entries come back from the file that they were put by in just as they were."""

import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.preparing import entry_of
from index.spool import Spool
from tests.fakes import HashingEmbedder


def article(text: str, **fields: object) -> Article:
    return Article(**{"id": "a", "title": "T", "text": text, "language": "it", "source": "a.txt"} | fields)


def test_entries_come_back_in_their_order_as_often_as_one_likes() -> None:
    count = HashingEmbedder().count_tokens
    known = {"author": "Ada", "published": date(2024, 5, 14), "url": "https://example.org/", "pages": (0, 19)}
    entries = [
        entry_of("/a.txt", article("Il faro è spento. Nessuno lo sa.\n\nLa nave entra. 🙂 \u2028", **known), count),
        entry_of("/b.txt", article("x"), count),
    ]
    spool = Spool(io.BytesIO())
    for entry in entries:
        spool.add(entry)
    assert (list(spool), list(spool), len(spool)) == (entries, entries, 2)


def test_an_empty_spool_is_false() -> None:
    assert not Spool(io.BytesIO())


@given(st.text(min_size=1), st.text())
def test_any_text_comes_back(text: str, title: str) -> None:
    entry = entry_of("/a.txt", article(text, title=title), HashingEmbedder().count_tokens)
    spool = Spool(io.BytesIO())
    spool.add(entry)
    assert list(spool) == [entry]
