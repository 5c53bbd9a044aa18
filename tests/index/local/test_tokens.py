"""A library's tokens stand in the sentences that they were read in, and an older library does without."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.article import Passage
from index.local.catalog import FILE
from index.local.library import LocalLibrary
from retrieval.answerer import Answerer
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock

EMBEDDER = HashingEmbedder()
PARAGRAPH = "La nave «Ida» entra in porto, carica di sale. Nessuno la vede! Il faro è spento...  Chi lo accende? "


def check(library: LocalLibrary, passage: Passage) -> None:
    """Each token's start, found anew in the article, lies in the sentence that the library says."""
    held = library.tokens([passage.id])[passage.id]
    before = len(passage.text) - len(passage.text.lstrip())
    _, (read,) = EMBEDDER.read_passages([passage.text.strip()])
    assert len(read.starts) == len(held.sentences) > 0
    for start, sentence in zip(read.starts.tolist(), held.sentences.tolist(), strict=True):
        span = passage.sentences[sentence]
        assert span.start <= passage.span.start + before + start < span.end
    np.testing.assert_array_equal(held.signs, read.signs)


def test_each_token_of_many_passages_stands_in_its_sentence(stocked: LocalLibrary) -> None:
    passages = stocked.passages(range(1, 400))
    assert len(passages) > 150
    for passage in passages:
        check(stocked, passage)


@pytest.mark.parametrize("space", ["\u3000\u3000", "\u00a0", "\u2028", "\u2003 \n\n\t"])
def test_white_space_that_an_article_begins_with_shifts_no_token(tmp_path: Path, space: str) -> None:
    """Both articles' passages share vectors and tokens, for these are of the text without it."""
    text = PARAGRAPH.strip()
    library = LocalLibrary(stock(tmp_path, [space + text, text, space + PARAGRAPH * 40]))
    first, second, *others = library.passages(range(1, 100))
    assert first.text.lstrip() == second.text == text
    assert len(others) > 1
    for passage in (first, second, *others):
        check(library, passage)


def test_a_sentence_that_is_broken_within_white_space_shifts_no_token(tmp_path: Path) -> None:
    library = LocalLibrary(stock(tmp_path, ["a " * 590 + " " * 60 + "b " * 200 + "fine. La nave entra in porto."]))
    passages = library.passages([1, 2])
    assert [(passage.text[:2], len(passage.sentences)) for passage in passages] == [("a ", 1), ("  ", 2)]
    for passage in passages:
        check(library, passage)


def test_only_passages_that_are_there_and_were_read_have_tokens(tmp_path: Path) -> None:
    library = LocalLibrary(stock(tmp_path, ["Il faro.", "_x_ !", "La rete."]))
    assert library.tokens([3, 2, 99, 1]).keys() == {1, 3}
    assert library.tokens([]) == {}


def test_a_library_of_the_format_before_tokens_answers_without_them_until_it_is_indexed(tmp_path: Path) -> None:
    texts = ["\u3000Il faro è spento. La nave entra.", "Il porto."]
    folder = stock(tmp_path, texts)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.executescript("""
        DROP TABLE replaced_passages;
        DROP TABLE replaced;
        DROP TABLE generations;
        DROP TABLE runs;
        DROP TABLE withheld;
        DROP TABLE set_aside;
        DROP TABLE tokens;
        ALTER TABLE passages DROP COLUMN indent;
        ALTER TABLE articles DROP COLUMN pages;
        DROP INDEX titles_by_author;
        DROP INDEX titles_by_day;
        DROP TABLE tagged;
        ALTER TABLE articles DROP COLUMN tags;
        ALTER TABLE titles DROP COLUMN author;
        ALTER TABLE titles DROP COLUMN published;
        ALTER TABLE titles ADD COLUMN stems TEXT NOT NULL DEFAULT '';
        UPDATE meta SET value = '1' WHERE key = 'recipe';
        PRAGMA user_version = 4;
    """)
    connection.close()
    library = LocalLibrary(folder)
    assert library.tokens([1, 2]) == {}
    quotes = Answerer(lambda: library, EMBEDDER)("Dove entra la nave?").quotes
    assert (quotes[0].article.id, quotes[0].scores.tokens) == ("a000", None)
    library.close()
    renewed = LocalLibrary(stock(tmp_path, texts))
    passages = renewed.passages([3, 4])
    assert [passage.article.id for passage in passages] == ["a000", "a001"]
    for passage in passages:
        check(renewed, passage)
    quotes = Answerer(lambda: renewed, EMBEDDER)("Dove entra la nave?").quotes
    assert quotes[0].scores.tokens is not None
    assert quotes[0].scores.tokens > 0.3
