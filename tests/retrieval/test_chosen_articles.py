"""Which articles count, and how much is read: conversations over a small library."""

from collections.abc import Iterator

import pytest

from index.article import Span
from index.indexer import index_sources
from index.local.library import LocalLibrary, LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval import search as searching
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from retrieval.question import Place, Turn
from tests.fakes import HashingEmbedder

ARTICLES = {
    "bakery.txt": "The bakery\n\nThe bakery in Via Lunga opens at six in the morning.",
    "ferry.txt": "The ferry\n\nThe ferry to Portolungo leaves at noon.\n\nIt carries goats and sheep to the island.",
    "tower.txt": "The tower\n\nThe tower above the harbour has 132 steps and a bell that rings thrice.",
}


class CountingEmbedder(HashingEmbedder):
    """Remembers each call, with how many questions it was asked to read."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def read_question(self, text: str) -> object:
        self.calls.append([text])
        return super().read_question(text)

    def read_questions(self, texts: list[str]) -> list[object]:
        self.calls.append(list(texts))
        return [HashingEmbedder.read_question(self, text) for text in texts]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    folder = tmp_path_factory.mktemp("conversation")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    shelf = LocalShelf(folder / "library")
    yield shelf.current()
    shelf.close()


@pytest.fixture(scope="module")
def ids(library: LocalLibrary) -> dict[str, str]:
    """Of the articles, by title."""
    return {article.title: article.id for article in library.articles()}


@pytest.fixture(scope="module")
def ask(library: LocalLibrary) -> Answerer:
    return Answerer(lambda: library, HashingEmbedder())


def titles(answer: Answer) -> set[str]:
    return {quote.article.title for quote in answer.quotes}


def shown(answer: Answer) -> list[tuple[Place, tuple[Span, ...], float]]:
    """Where each quote stands, what is marked in it, and its points to the sixth digit."""
    return [
        (Place(article=quote.article.id, span=quote.span), quote.highlights, round(quote.scores.final, 6))
        for quote in answer.quotes
    ]


def test_only_the_articles_that_were_chosen_are_quoted(ask: Answerer, ids: dict[str, str]) -> None:
    question = "when does the ferry to Portolungo leave?"
    assert ask(question).quotes[0].article.title == "The ferry"
    chosen = [ids["The bakery"], ids["The tower"]]
    assert titles(ask(question, articles=chosen, quotes=10)) == {"The bakery", "The tower"}
    everything = ask(question, articles=ids.values(), quotes=10, plain=True)
    assert shown(everything) == shown(ask(question, quotes=10, plain=True))


def test_chosen_articles_that_are_gone_are_ignored(ask: Answerer, ids: dict[str, str]) -> None:
    chosen = {ids["The tower"], "gone", 'quo"te', "\ud800"}
    assert titles(ask("how many steps?", articles=chosen, quotes=10)) == {"The tower"}


@pytest.mark.parametrize("chosen", [[], ["gone"]])
def test_where_no_article_is_left_the_verdict_is_nothing(ask: Answerer, chosen: list[str]) -> None:
    answer = ask("how many steps?", articles=chosen)
    assert (answer.verdict, answer.confidence, answer.quotes) == ("nothing", 0.0, ())


def test_ten_thousand_chosen_ids_are_as_good_as_one(ask: Answerer, ids: dict[str, str]) -> None:
    chosen = [*map(str, range(10_000)), ids["The ferry"]]
    assert titles(ask("goats and sheep", articles=chosen, quotes=10)) == {"The ferry"}


@pytest.mark.parametrize("ahead", [0, 8])
def test_many_chosen_passages_are_gone_through_bit_by_bit_with_the_same_outcome(
    ask: Answerer, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    question = "the ferry, the tower and the bakery"
    whole = ask(question, articles=ids.values(), quotes=10, plain=True)
    monkeypatch.setattr(searching, "_TOGETHER", 1)
    monkeypatch.setattr(searching, "_AHEAD", ahead)
    assert shown(ask(question, articles=ids.values(), quotes=10, plain=True)) == shown(whole)


def test_a_follow_up_never_leaves_the_chosen_articles(ask: Answerer, ids: dict[str, str]) -> None:
    turn = ask("when does the ferry to Portolungo leave?").turn()
    answer = ask("and what does it carry?", turns=[turn], articles=[ids["The tower"]], quotes=10)
    assert titles(answer) == {"The tower"}


def test_a_place_outside_the_chosen_articles_is_not_quoted(ask: Answerer, ids: dict[str, str]) -> None:
    place = Place(article=ids["The ferry"], span=Span(0, 20))
    answer = ask("what does it carry?", at=place, articles=[ids["The tower"]], quotes=10)
    assert titles(answer) == {"The tower"}
    assert answer.scope == "everything"


def test_a_single_question_is_read_once_and_a_follow_up_in_one_call(library: LocalLibrary) -> None:
    embedder = CountingEmbedder()
    ask = Answerer(lambda: library, embedder)
    turn = ask("when does the ferry leave?").turn()
    ask("and why?", turns=[turn])
    assert embedder.calls == [
        ["when does the ferry leave?"],
        ["and why?", "when does the ferry leave? and why?"],
    ]


def test_earlier_questions_become_turns_of_which_the_last_ones_count(ask: Answerer) -> None:
    questions = [f"when does the ferry leave on day {number}?" for number in range(20)]
    turns = ask.turns_of(questions)
    assert [turn.text.rpartition("day ")[2] for turn in turns] == ["17?", "18?", "19?"]
    assert ask.turns_of([]) == []
    assert ask.turns_of(["thank you!", "when does the ferry leave?", "ok"]) == ask.turns_of(
        ["when does the ferry leave?"]
    )


def test_asked_about_a_place_the_next_quotes_are_of_the_same_article_first(ask: Answerer, ids: dict[str, str]) -> None:
    place = Place(article=ids["The ferry"], span=Span(0, 20))
    answer = ask("what does it carry?", at=place, quotes=10)
    assert answer.scope == "passage"
    assert answer.quotes[0].article.title == "The ferry"
    assert len({quote.text for quote in answer.quotes}) == len(answer.quotes)


def test_a_turn_that_found_nothing_has_no_places(ask: Answerer) -> None:
    answer = ask("")
    assert (answer.verdict, answer.turn()) == ("nothing", Turn(text=""))
