"""What comes of a question is what anybody would count by hand."""

from collections.abc import Iterator
from math import log2

import pytest
from sklearn.metrics import ndcg_score

from index.article import Article, Span
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answer import Answer, Quote, Scores
from retrieval.answerer import Answerer
from retrieval.evaluation.measuring import TIMED, joined, measure, outcome_of, timed
from retrieval.evaluation.questions import AskedQuestion
from retrieval.question import Question
from tests.fakes import HashingEmbedder

TEXTS = {
    "bakery": "The bakery in Via Lunga opens at six in the morning. Bread costs two euros.",
    "ferry": "The ferry to Portolungo leaves at noon. It carries goats and sheep to the island.",
    "tower": "The tower above the harbour has 132 steps. A bell rings there thrice.",
}
ARTICLES = {
    name: Article(id=name, title=name, text=text, language="en", source=f"{name}.txt") for name, text in TEXTS.items()
}
LANGUAGES = {"bakery": "it", "ferry.txt": "en"}


def asked(
    id_: str = "q", text: str = "?", *, article: str | None = None, answer: str = "", **fields: object
) -> AskedQuestion:
    if answer:
        start = TEXTS[article].index(answer)
        fields |= {"spans": (Span(start, start + len(answer)),), "texts": (answer,)}
    return AskedQuestion(**{"id": id_, "text": text, "language": "en", "answerable": True, "article": article} | fields)


def quote(name: str, text: str = "", *marked: str) -> Quote:
    whole = TEXTS[name]
    spans = [Span(whole.index(part), whole.index(part) + len(part)) for part in (text or whole, *marked)]
    scores = Scores(passage=0.8, sentence=0.8, lexical=0.0)
    return Quote(article=ARTICLES[name], span=spans[0], highlights=tuple(spans[1:]), scores=scores, place=1, places=1)


def answer(*quotes: Quote, **fields: object) -> Answer:
    plain = {"question": Question(text="?", language="de"), "verdict": "answered", "confidence": 0.7}
    return Answer(quotes=quotes, **plain | fields)


def test_the_rank_is_that_of_the_first_quote_with_the_whole_answer() -> None:
    steps = asked(article="tower", answer="132 steps")
    half, whole = (
        quote("tower", "A bell rings there thrice."),
        quote("tower", "The tower above the harbour has 132 steps."),
    )
    assert outcome_of(steps, answer(whole, half), LANGUAGES).rank == 1
    assert outcome_of(steps, answer(quote("ferry"), half, whole, whole), LANGUAGES).rank == 3
    assert outcome_of(steps, answer(quote("ferry"), half), LANGUAGES).rank == 0
    assert outcome_of(steps, answer(), LANGUAGES).rank == 0


def test_of_a_question_that_has_no_answer_nothing_is_ever_found() -> None:
    refused = outcome_of(asked(article="tower", answerable=False), answer(quote("tower")), LANGUAGES)
    assert (refused.rank, refused.marked, refused.gain, refused.answerable) == (0, None, None, False)


def test_a_mark_counts_when_it_holds_the_answer_and_the_quote_does() -> None:
    price = asked(article="bakery", answer="two euros")
    right = quote("bakery", "", "Bread costs two euros.")
    wrong = quote("bakery", "", "The bakery in Via Lunga opens at six in the morning.")
    pieces = quote("bakery", "", "Bread costs two", " euros")
    elsewhere = quote("bakery", "The bakery in Via Lunga opens", "opens")
    marked = [outcome_of(price, answer(first), LANGUAGES).marked for first in (right, wrong, pieces, elsewhere)]
    assert marked == [True, False, True, None]
    assert outcome_of(asked(relevant=frozenset({"bakery"})), answer(right), LANGUAGES).marked is None


def test_a_mark_is_as_long_as_what_it_covers_in_characters_and_sentences() -> None:
    both = quote("bakery", "", "Bread costs two euros.", "two euros", "at six in the morning. Bread")
    outcome = outcome_of(asked(article="bakery", answer="six"), answer(both), LANGUAGES)
    assert outcome.marked_length == len("at six in the morning. Bread costs two euros.")
    assert outcome.marked_sentences == 2
    assert outcome_of(asked(wordings=("x",)), answer(), LANGUAGES).marked_sentences == 0


def test_spans_are_joined_where_they_overlap_or_touch() -> None:
    assert joined([Span(8, 9), Span(0, 4), Span(2, 3), Span(4, 6)]) == [Span(0, 6), Span(8, 9)]


def test_the_gain_of_relevant_articles_is_that_of_scikit_learn_and_counts_an_article_once() -> None:
    wanted = asked(relevant=frozenset({"tower", "bakery"}))
    found = answer(quote("ferry"), quote("tower", "132"), quote("tower", "steps"), quote("bakery"))
    gain = outcome_of(wanted, found, LANGUAGES).gain
    assert gain == pytest.approx((1 / log2(3) + 1 / log2(4)) / (1 + 1 / log2(3)))
    assert gain == pytest.approx(ndcg_score([[0, 1, 1]], [[3, 2, 1]], k=10))
    assert outcome_of(wanted, found, LANGUAGES).rank == 2
    assert outcome_of(wanted, answer(quote("ferry")), LANGUAGES).gain == 0
    assert outcome_of(asked(article="tower", answer="132"), found, LANGUAGES).gain is None


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ({"language": "fr", "article": "bakery", "answer": "six"}, "fr→it"),
        ({"language": "und", "article": "ferry.txt", "wordings": ("noon",)}, "de→en"),
        ({"language": "fr", "relevant": frozenset({"x", "bakery"})}, "fr→it"),
        ({"language": "fr", "answerable": False}, "fr→–"),
    ],
)
def test_a_pair_names_the_languages_of_question_and_article(question: dict, pair: str) -> None:
    assert outcome_of(asked(**question), answer(quote("ferry")), LANGUAGES).pair == pair


def test_an_outcome_says_what_was_asked_quoted_and_how_sure_it_was() -> None:
    outcome = outcome_of(asked("q9", "how high?", answerable=False), answer(quote("tower", "132 steps")), LANGUAGES)
    start = TEXTS["tower"].index("132")
    assert (outcome.id, outcome.question, outcome.quoted) == ("q9", "how high?", f"tower[{start}:{start + 9}]")
    assert (outcome.verdict, outcome.confidence) == ("answered", 0.7)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("measured")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(f"The {name}\n\n{text}", encoding="utf-8")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    shelf = LocalShelf(folder / "library")
    yield Answerer(shelf.current, HashingEmbedder())
    shelf.close()


def in_file(name: str, text: str, wording: str, **fields: object) -> AskedQuestion:
    return asked(name, text, article=f"{name}.txt", wordings=(wording,), **fields)


def test_a_small_library_is_measured_question_by_question(answerer: Answerer) -> None:
    questions = [
        in_file("tower", "How many steps has the tower above the harbour?", "132"),
        in_file("ferry", "Where does the ferry carry goats and sheep?", "island"),
        in_file("bakery", "When does the bakery in Via Lunga open in the morning?", "goats"),
        asked("none", "Who mends the roof?", answerable=False),
    ]
    reported: list[int] = []
    measured = measure(questions, answerer, {f"{name}.txt": "en" for name in TEXTS}, reported.append)
    assert reported == [1, 2, 3, 4]
    assert [(outcome.id, outcome.pair, outcome.rank) for outcome in measured.outcomes] == [
        ("tower", "en→en", 1),
        ("ferry", "en→en", 1),
        ("bakery", "en→en", 0),
        ("none", "en→–", 0),
    ]
    assert [outcome.marked is None for outcome in measured.outcomes] == [False, False, True, True]
    assert measured.misplaced == ()


def test_answers_that_no_longer_stand_where_they_did_are_told(answerer: Answerer) -> None:
    moved = asked("moved", "How many steps has the tower?", article="tower.txt", spans=(Span(3, 6),), texts=("132",))
    assert measure([moved], answerer, {}, lambda _done: None).misplaced == ("moved",)


class Counting:
    """An answerer that writes down what it is asked alone, and with which wishes."""

    def __init__(self) -> None:
        self.alone: list[tuple[str, dict]] = []

    def __call__(self, text: str, **wishes: object) -> Answer:
        self.alone.append((text, wishes))
        return answer(timings_ms={"embed": float(len(self.alone)), "total": 9.0})


@pytest.mark.parametrize(("count", "alone"), [(1, 1), (TIMED, TIMED), (TIMED + 2, TIMED // 2 + 1), (3 * TIMED, TIMED)])
def test_questions_from_all_over_the_list_are_timed_as_readers_ask_them(count: int, alone: int) -> None:
    answerer = Counting()
    spent = timed([asked(text=str(n)) for n in range(count)], answerer)
    assert spent == {"embed": tuple(float(n) for n in range(2, alone + 2)), "total": (9.0,) * alone}
    assert [text for text, _wishes in answerer.alone[:2]] == ["0", "0"]
    assert int(answerer.alone[-1][0]) >= count - 3
    assert {len(wishes) for _text, wishes in answerer.alone} == {0}
