"""Articles that a question means come first, unless others answer better; the answer says which were meant."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.embedding import SentenceTransformerEmbedder
from index.filter import Filter
from index.indexer import index_sources
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from retrieval.answer import Answer
from retrieval.answerer import Answerer

WIRE = (
    "The delegation arrived on Tuesday morning in an armoured train, the spokesman of the harbour office confirmed. "
    "The meeting is planned in Tramonto, beside the fair."
)
ARTICLES = {
    "news/train.md": ("The delegation arrives", "Marta Palma", "2023-09-12", "[fair]", WIRE),
    "news/again.md": ("The delegation arrives (updated)", "Desk", "2023-09-14", "[fair]", f"{WIRE} So says the desk."),
    "news/lamp.md": (
        "The lamp", "Marta Palma", "2019-05-03", "[]",
        "The lamp of the lighthouse was replaced after ninety years. The new one shines twice as far.",
    ),
    "sport/regatta.md": (
        "The regatta of Palma", "Jordi Mas", "2023-07-30", "[]",
        "The regatta of Palma was won by the crew from Tramonto on a windy day. The cup was handed over at night.",
    ),
}  # fmt: skip
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, default_embedder: SentenceTransformerEmbedder) -> Path:
    folder = tmp_path_factory.mktemp("narrowing")
    for name, (title, author, day, tags, text) in ARTICLES.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {title}\nauthor: {author}\ndate: {day}\ntags: {tags}\n---\n{text}\n")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder / "articles"], writer=writer, embedder=default_embedder)
    return folder / "library"


@pytest.fixture(scope="module")
def ask(library: Path, default_embedder: SentenceTransformerEmbedder) -> Ask:
    opened = LocalLibrary(library)
    return Answerer(lambda: opened, default_embedder)


def titles(answer: Answer) -> list[str]:
    return [quote.article.title for quote in answer.quotes]


@pytest.mark.parametrize(
    "question",
    [
        "What did Jordi Mas write?",
        "articles by Jordi Mas",
        "Was hat Jordi Mas geschrieben?",
        "Cosa ha scritto Jordi Mas?",
    ],
)
def test_who_asks_for_all_that_somebody_wrote_gets_it(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert titles(answer)[0] == "The regatta of Palma"
    assert answer.narrowed == Filter(authors=("Jordi Mas",))
    assert answer.verdict != "nothing"


def test_the_articles_of_an_author_come_first_and_the_answer_says_so(ask: Ask) -> None:
    answer = ask("What did Palma write about the lighthouse?")
    assert (titles(answer)[0], answer.narrowed) == ("The lamp", Filter(authors=("Marta Palma",)))
    assert answer.question.searched == "What did write about the lighthouse?"
    assert answer.question.text == "What did Palma write about the lighthouse?"


@pytest.mark.parametrize(
    "question",
    ["What did Marta Palma write in May 2019 about the windy night?", "What did Palma write in May 2019?"],
)
def test_whose_by_the_whole_name_or_without_asking_for_more_and_of_when_is_meant_whatever_else_would_answer(
    ask: Ask, question: str
) -> None:
    answer = ask(question)
    assert (titles(answer)[0], answer.narrowed) == (
        "The lamp",
        Filter(authors=("Marta Palma",), since=date(2019, 5, 1), until=date(2019, 5, 31)),
    )


def test_where_the_time_fits_no_answer_the_author_still_may(ask: Ask) -> None:
    answer = ask("Did Palma write in 2023 that the new lamp of the lighthouse shines twice as far after ninety years?")
    assert (titles(answer)[0], answer.narrowed) == ("The lamp", Filter(authors=("Marta Palma",)))


def test_other_articles_that_answer_clearly_better_come_first_and_nothing_is_said(ask: Ask) -> None:
    answer = ask("Who won the regatta of Palma?")
    assert (titles(answer)[0], answer.narrowed) == ("The regatta of Palma", None)
    assert answer.question.searched == "Who won the regatta of Palma?"


def test_a_month_prefers_the_articles_of_that_month(ask: Ask) -> None:
    answer = ask("how did the delegation arrive in September 2023?")
    assert answer.narrowed == Filter(since=date(2023, 9, 1), until=date(2023, 9, 30))
    assert titles(answer)[0] == "The delegation arrives (updated)"


def test_a_time_without_articles_narrows_nothing(ask: Ask) -> None:
    answer = ask("how did the delegation arrive in September 2017?")
    assert (answer.narrowed, titles(answer)[0]) == (None, "The delegation arrives (updated)")


@pytest.mark.parametrize(("tag", "first"), [("sport", "regatta"), ("SPORT", "regatta"), ("fair", "delegation")])
def test_a_tag_or_a_folder_is_meant_whatever_else_would_answer(ask: Ask, tag: str, first: str) -> None:
    answer = ask(f"who won the lamp of the lighthouse? #{tag}")
    assert answer.narrowed == Filter(tags=(tag,))
    assert first in titles(answer)[0]


def test_a_number_behind_a_sign_takes_nothing_from_a_tag_beside_it(ask: Ask) -> None:
    answer = ask("who won race #3 of the lamp of the lighthouse? #sport")
    assert (answer.narrowed, answer.unfiled) == (Filter(tags=("sport",)), ())
    assert "#3" in answer.question.searched
    assert "#sport" not in answer.question.searched


def test_a_tag_that_no_article_bears_narrows_nothing(ask: Ask) -> None:
    answer = ask("who won the regatta? #gardening #7")
    assert (answer.narrowed, titles(answer)[0]) == (None, "The regatta of Palma")
    assert answer.unfiled == ("gardening",)
    both = ask("who won the regatta? #sport #gardening")
    assert (both.narrowed, both.unfiled) == (Filter(tags=("sport",)), ("gardening",))
    assert ask("who won the regatta? #sport").unfiled == ()


def test_a_question_that_says_nothing_but_whose_articles_it_means_is_searched_as_it_is(ask: Ask) -> None:
    assert ask("Marta Palma in 2019?").question.searched == "Marta Palma in 2019?"


def test_a_story_told_twice_is_quoted_from_the_newer_article_and_the_other_is_named(ask: Ask) -> None:
    answer = ask("Who confirmed that the delegation arrived in an armoured train?")
    assert titles(answer).count("The delegation arrives") == 0
    assert titles(answer)[0] == "The delegation arrives (updated)"
    assert answer.verdict == "answered"
    assert [quote.article.title for quote in answer.sayings[0].quotes] == [
        "The delegation arrives (updated)", "The delegation arrives",
    ]  # fmt: skip


def test_a_story_that_an_article_tells_which_is_meant_is_quoted_from_it_though_another_is_newer(ask: Ask) -> None:
    answer = ask("How did the delegation arrive, says Marta Palma in September 2023?")
    assert answer.narrowed == Filter(authors=("Marta Palma",), since=date(2023, 9, 1), until=date(2023, 9, 30))
    assert titles(answer)[0] == "The delegation arrives"


def test_chosen_articles_stay_all_there_are(ask: Answerer, library: Path) -> None:
    lamp = next(each.id for each in LocalLibrary(library).articles() if each.title == "The lamp")
    answer = ask("What did Palma write about the delegation in 2023?", articles=[lamp])
    assert (set(titles(answer)), answer.narrowed) == ({"The lamp"}, Filter(authors=("Marta Palma",)))
