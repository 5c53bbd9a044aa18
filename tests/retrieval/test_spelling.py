"""Unknown words of a question become the articles' nearest ones, and are suggested where that brings an answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.indexer import index_sources
from index.local.library import LocalLibrary, LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from retrieval.question import question_of
from retrieval.spelling import respelled, suggestion
from tests.fakes import HashingEmbedder


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("where is Vladivostock", "where is Vladivostok"),
        ("chi è Teresa Olmarri?", "chi è Teresa Olmari?"),
        ("how much did Agnes Thorly give", "how much did Agnes Thorley give"),
        ("quanto costa la Ginesrta", "quanto costa la Ginestra"),
        ("quanto costa la ginesrta", "quanto costa la Ginestra"),
    ],
)
def test_a_name_that_is_nearly_right_becomes_the_one_in_the_articles(
    seeds_shelf: LocalShelf, asked: str, meant: str
) -> None:
    assert respelled(question_of(asked), seeds_shelf.current()) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "where are they meeting?",
        "Who is the president of France?",
        "Qual è la capitale del Perù?",
        "",
        "1999?",
        "金正恩",
    ],
)
def test_what_is_spelt_right_or_like_nothing_in_the_articles_stays(seeds_shelf: LocalShelf, asked: str) -> None:
    assert respelled(question_of(asked), seeds_shelf.current()) is None


@pytest.mark.parametrize(
    ("article", "asked", "meant"),
    [
        ("متحف القاهرة قديم جدا.", "من يزور متحف القاههرة؟", "من يزور متحف القاهرة؟"),
        ("הספרייה הגדולה נוסדה בעיר.", "מתי נוסדה הספריייה?", "מתי נוסדה הספרייה?"),
        ("पुस्तकालय की स्थापना यहाँ हुई थी।", "पुस्तकालल कब बना?", "पुस्तकालय कब बना?"),
        ("Der Zug nach Wien hält in Tramonto.", "When did Tramnto win?", "When did Tramonto win?"),
    ],
)
def test_words_are_mended_in_every_script_and_those_that_only_hold_a_question_together_are_left(
    tmp_path: Path, article: str, asked: str, meant: str
) -> None:
    (tmp_path / "article.md").write_text(article)
    with LocalLibraryWriter(tmp_path / "library") as writer:
        index_sources([tmp_path / "article.md"], writer=writer, embedder=HashingEmbedder())
    assert respelled(question_of(asked), LocalLibrary(tmp_path / "library")) == meant


def test_a_spelling_is_suggested_only_where_the_articles_answer_more_surely_with_it(
    answerer: Answerer, seeds_shelf: LocalShelf
) -> None:
    library = seeds_shelf.current()
    right = answerer("Who is Teresa Olmari?")
    wrong = replace(right, question=question_of("Who is Teresa Olmarri?"), verdict="unsure")
    asked: list[str] = []

    def answering(confidence: float) -> Answer:
        return replace(right, verdict="answered", confidence=confidence)

    def ask(text: str) -> Answer:
        asked.append(text)
        return answering(wrong.confidence + 0.1)

    assert suggestion(wrong, library, ask) == "Who is Teresa Olmari?"
    assert asked == ["Who is Teresa Olmari?"]
    assert suggestion(wrong, library, lambda _: answering(wrong.confidence + 0.09)) is None
    assert suggestion(replace(wrong, verdict="answered"), library, ask) is None
    assert asked == ["Who is Teresa Olmari?"]
