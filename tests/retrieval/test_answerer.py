"""Whatever is asked gets an answer: from the newest library, in the library's own words, without a crash."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import FingerprintMismatch
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import QUOTES, Answerer
from retrieval.question import LONGEST_QUESTION, question_of
from tests.fakes import HashingEmbedder

ARTICLES = {
    "bakery.txt": "The bakery\n\nThe bakery in Via Lunga opens at six in the morning.",
    "ferry.txt": "The ferry\n\nThe ferry to Portolungo leaves at noon. It carries goats and sheep to the island.",
    "copy.txt": "The copy\n\nThe ferry to Portolungo leaves at noon. It carries goats and sheep to the island.",
    "tower.txt": "The tower\n\nThe tower above the harbour has 132 steps and a bell that rings thrice.",
    "mill.txt": "The mill\n\nThe mill beyond the bridge grinds chestnuts in autumn and barley in spring.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answerer")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    return folder / "library"


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Iterator[LocalShelf]:
    shelf = LocalShelf(folder)
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def ask(shelf: LocalShelf) -> Callable[..., object]:
    return Answerer(shelf.current, HashingEmbedder())


def test_the_article_that_answers_comes_first_and_the_other_articles_after_it(ask) -> None:
    answer = ask("When does the bakery in Via Lunga open in the morning?")
    assert answer.quotes[0].article.title == "The bakery"
    assert "The bakery in Via Lunga opens at six in the morning." in answer.quotes[0].text
    assert len(answer.quotes) == QUOTES
    assert len({quote.article.id for quote in answer.quotes}) == QUOTES


def test_a_text_that_stands_in_two_articles_is_quoted_once(ask) -> None:
    texts = [quote.text for quote in ask("goats and sheep to the island", quotes=10).quotes]
    assert len(texts) == len(set(texts))


def test_at_most_as_many_quotes_as_wanted(ask) -> None:
    question = "When does the ferry to Portolungo leave?"
    everything = ask(question, quotes=50).quotes
    assert 3 < len(everything) < 50
    for count in (1, 2, 3):
        assert ask(question, quotes=count).quotes == everything[:count]


def test_plainly_asked_the_ranking_stays_as_it_is(ask) -> None:
    finals = [quote.scores.final for quote in ask("the ferry leaves at noon", quotes=50, plain=True).quotes]
    assert finals == sorted(finals, reverse=True)
    assert len(finals) > 3


def test_timings_name_each_step_in_order_and_none_is_negative(ask) -> None:
    timings = ask("the ferry").timings_ms
    assert list(timings) == ["embed", "search", "read", "total"]
    assert all(spent >= 0 for spent in timings.values())
    assert timings["total"] == pytest.approx(timings["embed"] + timings["search"] + timings["read"])


@pytest.mark.parametrize("text", ["", " \n\t ", "\0", "\0\0\x1b", "\ud83d", "\udcff\ud800", "\u202e\u200f"])
def test_a_text_without_a_character_to_read_is_answered_with_nothing(ask, text: str) -> None:
    answer = ask(text)
    assert (answer.verdict, answer.confidence, answer.quotes) == ("nothing", 0.0, ())
    assert answer.question.text == ""
    assert answer.question.language == "und"


def test_controls_and_lone_surrogates_in_a_question_count_as_spaces(ask) -> None:
    answer = ask("when\0does \ud83d the\x1bferry\n\nleave?")
    assert answer.question.text == "when does the ferry leave?"
    assert answer.quotes == ask("when does the ferry leave?").quotes


@pytest.mark.parametrize("text", ["👍", "🇮🇹🇮🇹", "👨‍👩‍👧‍👦", "☂️☂️", "?", "…"])
def test_only_emoji_or_signs_are_answered_without_a_crash_and_by_meaning_alone(ask, text: str) -> None:
    answer = ask(text)
    assert answer.question.language == "und"
    assert all(quote.scores.lexical == 0.0 for quote in answer.quotes)


def test_of_ten_thousand_characters_the_beginning_is_read(ask) -> None:
    text = ("When does the bakery in Via Lunga open? " * 250)[:10_000]
    answer = ask(text)
    assert answer.question.text == text[:LONGEST_QUESTION]
    assert answer.quotes[0].article.title == "The bakery"
    assert answer.quotes == ask(text[:LONGEST_QUESTION]).quotes


def test_joiners_stay_within_the_words_of_a_question() -> None:
    assert question_of("\u200dශ්\u200dරී  می\u200cخواهم\u200c").text == "ශ්\u200dරී می\u200cخواهم"
    assert question_of(" \u200d ").text == ""


def test_ten_thousand_characters_without_a_space_are_one_question(ask) -> None:
    assert ask("x" * 10_000).question.text == "x" * LONGEST_QUESTION


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(), max_size=300))
def test_whatever_is_asked_is_answered_word_for_word_out_of_an_article(ask, text: str) -> None:
    answer = ask(text)
    assert 0.0 <= answer.confidence <= 1.0
    assert re.sub("[\u200c\u200d]", "", answer.question.text).isprintable()
    for quote in answer.quotes:
        assert quote.article.text[quote.span.start : quote.span.end] == quote.text
        assert quote.text == quote.text.strip()
        assert all(mark in quote.span for mark in quote.highlights)


def test_a_library_of_another_model_is_refused_with_what_to_do(shelf: LocalShelf) -> None:
    other = Answerer(shelf.current, HashingEmbedder("hashing/2"))
    with pytest.raises(FingerprintMismatch) as refused:
        other("the ferry")
    said = str(refused.value)
    assert said.index("hashing/1") < said.index("hashing/2") < said.index("CITABOT_EMBEDDING_MODEL")
    assert said.endswith("citabot index --rebuild")


def test_an_answerer_answers_from_the_newest_generation(tmp_path: Path) -> None:
    (tmp_path / "bread.txt").write_text("Bread\n\nThe bakery opens at six.")

    def index() -> None:
        with LocalLibraryWriter(tmp_path / "library") as writer:
            index_sources([tmp_path / "bread.txt"], writer=writer, embedder=HashingEmbedder())

    index()
    shelf = LocalShelf(tmp_path / "library")
    ask = Answerer(shelf.current, HashingEmbedder())
    assert "opens at six" in ask("when does the bakery open?").quotes[0].text
    (tmp_path / "bread.txt").write_text("Bread\n\nThe bakery opens at seven.")
    index()
    assert "opens at seven" in ask("when does the bakery open?").quotes[0].text
    shelf.close()


def test_an_empty_library_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    with LocalLibraryWriter(tmp_path / "library") as writer:
        index_sources([tmp_path / "articles"], writer=writer, embedder=HashingEmbedder())
    shelf = LocalShelf(tmp_path / "library")
    answer = Answerer(shelf.current, HashingEmbedder())("when does the bakery open?")
    shelf.close()
    assert (answer.verdict, answer.confidence, answer.quotes) == ("nothing", 0.0, ())
