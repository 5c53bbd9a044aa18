"""The first hits are read with the question; what that brings decides their order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Passage, Span
from index.local.library import LocalLibrary
from retrieval.answer import Hit, PassageRead, Words
from retrieval.answerer import Answerer
from retrieval.question import Place, Turn, question_of
from retrieval.ranking import ranked
from retrieval.rereading import POINTS, READ, read_closely, reread
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock
from tests.retrieval.conftest import article, hit, passage_of, question

TEXTS = ["Il faro è spento.", "La nave è in porto.", "Il porto ha un faro.", "La nave è lunga."]


class LongestWord:
    """A reader that takes the longest word for the answer, and is sure of where a ship is."""

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        return [self.closely(question, passage) for passage in passages]

    def closely(self, question: str, passage: Passage, points: Sequence[float] = ()) -> PassageRead:
        word = max(passage.text.rstrip(".").split(), key=len)
        start = passage.span.start + passage.text.index(word)
        sure = passage.text.startswith("La nave è in")
        span = Span(start, start + len(word))
        words = Words(span=span, held=span, text=word, probability=0.9 if sure else 0.05)
        return PassageRead(words=(words,), margin=9.0 if sure else -9.0)


longest_word = LongestWord()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    return LocalLibrary(stock(tmp_path_factory.mktemp("reread"), TEXTS))


def found(library: LocalLibrary) -> list[Hit]:
    asked = question_of("Dov'è la nave?")
    return ranked(asked, HashingEmbedder().read_question(asked.text), library)[0]


class Reading:
    """A reader that finds what it is told to, by the passage's text, and remembers what it was given at once."""

    def __init__(self, margins: Mapping[str, float]) -> None:
        self._margins = margins
        self.batches: list[list[str]] = []
        self.questions: list[str] = []

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        self.batches.append([passage.text for passage in passages])
        self.questions.append(question)
        return [PassageRead(words=(), margin=self._margins[passage.text]) for passage in passages]

    def closely(self, question: str, passage: Passage, points: Sequence[float] = ()) -> PassageRead:
        self.points = points
        self.questions.append(question)
        words = Words(span=Span(0, 1), held=Span(0, 1), text=passage.text[0], probability=0.9)
        return PassageRead(words=(words,), margin=self._margins[passage.text])


class Shelf:
    """A library of nothing but passages; the id of each is its number."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        return [passage_of(id_, of=article(self._names[id_], name=self._names[id_])) for id_ in ids]


def ranked_by(*finals: float, articles: str = "abcdefgh") -> list[Hit]:
    return [hit(row, of=article(articles[row], name=articles[row]), final=final) for row, final in enumerate(finals)]


def numbers(hits: Sequence[Hit]) -> list[int]:
    return [each.passage.id for each in hits]


def test_what_the_reader_is_sure_of_comes_first(library: LocalLibrary) -> None:
    asked = question_of("Dov'è la nave?")
    hits = reread(asked, found(library), library, longest_word)
    (first,) = library.passages([hits[0].passage.id])
    assert first.text == "La nave è in porto."
    assert hits[0].scores.reader == 9.0
    assert sorted(numbers(hits)) == sorted(numbers(found(library)))


def test_the_order_stays_where_something_else_made_it(library: LocalLibrary) -> None:
    asked = question_of("Dov'è la nave?")
    hits = reread(asked, found(library), library, longest_word, anew=False)
    assert numbers(hits) == numbers(found(library))
    assert all(each.read for each in hits[:2])


def test_two_are_read_at_once_and_those_that_cannot_win_any_more_are_not() -> None:
    reader = Reading({"a": 6.0, "b": 0.0, "c": 5.0, "d": 9.0, "e": 9.0})
    hits = reread(question(), ranked_by(40, 39, 36.9, 36.8, 30), Shelf(*"abcde"), reader)
    assert reader.batches == [["a", "b"]]
    assert numbers(hits) == [0, 1, 2, 3, 4]


def test_as_long_as_a_hit_may_come_first_it_is_read_and_no_more_than_five_are() -> None:
    reader = Reading({"a": -4.0, "b": -4.0, "c": -4.0, "d": 1.0, "e": 4.0, "f": 9.0})
    hits = reread(question(), ranked_by(40, 39.5, 39, 38.5, 38, 37.9), Shelf(*"abcdef"), reader)
    assert reader.batches == [["a", "b"], ["c", "d"], ["e"]]
    assert numbers(hits) == [4, 3, 0, 1, 2, 5]
    assert [each.read is not None for each in hits] == [True] * READ + [False]


def test_another_article_that_search_finds_about_as_good_is_read_for_what_it_says() -> None:
    reader = Reading(dict.fromkeys("abc", 6.0))
    reread(question(), ranked_by(40, 39, 37.5, 37.5, 36.5, articles="aabcd"), Shelf("a", "a", "b", "c", "d"), reader)
    assert reader.batches == [["a", "a"], ["b", "c"]]
    again = Reading(dict.fromkeys("ab", 6.0))
    reread(question(), ranked_by(40, 39, 36.5, articles="aab"), Shelf("a", "a", "b"), again)
    assert again.batches == [["a", "a"]]


@given(
    st.lists(st.floats(30, 45), min_size=1, max_size=8), st.lists(st.floats(-20, 20), min_size=8, max_size=8)
)  # fmt: skip
def test_the_first_one_is_what_it_would_be_if_all_five_were_read(finals: list[float], margins: list[float]) -> None:
    names = "abcdefgh"
    hits = ranked_by(*sorted(finals, reverse=True))
    margin = dict(zip(names, margins, strict=True))
    first = reread(question(), hits, Shelf(*names), Reading(margin))[0]

    def worth(each: Hit) -> float:
        return each.scores.final + POINTS * min(max(margin[names[each.passage.id]], -10.0), 6.0)

    assert worth(first) == max(map(worth, hits[:READ]))


def test_the_words_of_the_first_are_looked_for_where_the_questions_tokens_are_met() -> None:
    reader = Reading({"a": 6.0, "b": 0.0})
    hits = [replace(each, sentence_tokens=(7.0, 8.5, 8.0)) for each in ranked_by(40, 39)]
    read = read_closely(question(), hits, Shelf(*"ab"), reader)
    assert [met < 0 for met in reader.points] == [True, False, True]
    assert reader.points[0] < reader.points[2]
    assert read[0].read is not None
    assert read[0].read.words
    assert read[1:] == hits[1:]


def test_a_follow_up_is_read_as_it_was_asked_and_any_other_question_as_it_was_searched() -> None:
    reader = Reading({"a": 6.0})
    alone = replace(question("What did Ada write about tides?"), searched="tides")
    follow_up = replace(alone, text="When?", searched="What are tides? When?", before=(Turn(text="What are tides?"),))
    for asked in (alone, follow_up):
        read_closely(asked, reread(asked, ranked_by(40), Shelf("a"), reader), Shelf("a"), reader)
    assert reader.questions == ["tides", "tides", "When?", "When?"]


def test_nothing_found_is_nothing_read(library: LocalLibrary) -> None:
    assert reread(question_of("?"), [], library, longest_word) == []
    assert read_closely(question_of("?"), [], library, longest_word) == []


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


@pytest.mark.parametrize("text", TEXTS)
def test_the_scope_is_that_of_what_is_shown_once_it_was_read(library: LocalLibrary, text: str) -> None:
    ask = Answerer(lambda: library, HashingEmbedder(), reader=longest_word)
    pointed = next(quote for quote in ask("Dov'è la nave?", quotes=9).quotes if quote.text == text)
    answer = ask("nave, faro?", at=Place(article=pointed.article.id, span=pointed.span))
    assert (answer.scope != "everything") == (answer.quotes[0].article.id == pointed.article.id)
