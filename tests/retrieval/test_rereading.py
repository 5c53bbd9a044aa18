"""The first hits are read with the question; what that brings decides their order."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.article import Passage, Span
from index.local.library import LocalLibrary
from retrieval.answer import Hit, PassageRead, Words
from retrieval.answerer import Answerer, question_of
from retrieval.ranking import ranked
from retrieval.rereading import READ, reread
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock

TEXTS = ["Il faro è spento.", "La nave è in porto.", "Il porto ha un faro.", "La nave è lunga."]


def longest_word(question: str, passages: Sequence[Passage]) -> list[PassageRead]:
    """A reader that takes the longest word for the answer, and is sure of where a ship is."""
    found = []
    for passage in passages:
        word = max(passage.text.rstrip(".").split(), key=len)
        start = passage.span.start + passage.text.index(word)
        sure = passage.text.startswith("La nave è in")
        words = Words(span=Span(start, start + len(word)), probability=0.9 if sure else 0.2)
        found.append(PassageRead(words=(words,), margin=9.0 if sure else -9.0))
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    return LocalLibrary(stock(tmp_path_factory.mktemp("reread"), TEXTS))


def found(library: LocalLibrary) -> list[Hit]:
    asked = question_of("Dov'è la nave?")
    return ranked(asked, HashingEmbedder().read_question(asked.text), library)[0]


def test_what_the_reader_is_sure_of_comes_first(library: LocalLibrary) -> None:
    asked = question_of("Dov'è la nave?")
    hits = reread(asked, found(library), library, longest_word)
    (first,) = library.passages([hits[0].passage.id])
    assert first.text == "La nave è in porto."
    assert [hit.scores.reader for hit in hits] == [9.0, -9.0, -9.0, None]
    assert sorted(hit.passage.id for hit in hits) == sorted(hit.passage.id for hit in found(library))


def test_the_order_stays_where_something_else_made_it(library: LocalLibrary) -> None:
    asked = question_of("Dov'è la nave?")
    hits = reread(asked, found(library), library, longest_word, anew=False)
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in found(library)]
    assert all(hit.read for hit in hits[:READ])


def test_only_the_first_hits_are_read_and_the_others_stay_behind_them(tmp_path: Path) -> None:
    many = LocalLibrary(stock(tmp_path, [f"La nave numero {number} è in porto." for number in range(READ + 4)]))
    asked = question_of("Dov'è la nave?")
    before, _ = ranked(asked, HashingEmbedder().read_question(asked.text), many)
    hits = reread(asked, before, many, longest_word)
    assert [hit.read is not None for hit in hits] == [True] * READ + [False] * (len(before) - READ)
    assert [hit.passage.id for hit in hits[READ:]] == [hit.passage.id for hit in before[READ:]]


def test_nothing_found_is_nothing_read(library: LocalLibrary) -> None:
    assert reread(question_of("?"), [], library, longest_word) == []


def test_an_answer_has_the_words_marked_inside_their_sentence(library: LocalLibrary) -> None:
    answerer = Answerer(lambda: library, HashingEmbedder(), reader=longest_word)
    answer = answerer("Dov'è la nave?")
    first = answer.quotes[0]
    assert [word.of(first.article.text) for word in first.words] == ["porto"]
    assert [mark.of(first.article.text) for mark in first.highlights] == ["La nave è in porto."]
    assert [quote.words for quote in answer.quotes[1:]] == [()] * (len(answer.quotes) - 1)
    assert answer.as_json()["quotes"][0]["words"] == [{"start": word.start, "end": word.end} for word in first.words]


def test_without_a_reader_sentences_are_marked_and_no_words(library: LocalLibrary) -> None:
    answer = Answerer(lambda: library, HashingEmbedder())("Dov'è la nave?")
    assert all(quote.highlights and not quote.words for quote in answer.quotes)
    assert answer.sayings == ()
