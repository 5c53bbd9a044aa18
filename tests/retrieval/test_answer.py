"""An answer in JSON is what scripts rely on: these keys, in this order."""

import json
from datetime import date

from index.article import Span
from retrieval.answer import Answer, Quote, Scores
from tests.retrieval.conftest import article, question

TEXT = "Prima. Il lago finisce a Portolungo. Dopo."


def answer(**scores: float) -> Answer:
    evidence = {"passage": 0.84321, "sentence": 0.87777, "lexical": 7.12345, "final": 0.91} | scores
    quote = Quote(
        article=article(
            TEXT, name="lago", language="it", author="A. B.", published=date(2024, 5, 14), url="https://x.it"
        ),
        span=Span(7, 42),
        highlights=(Span(7, 36), Span(37, 42)),
        scores=Scores(**evidence),
        place=1,
        places=1,
    )
    return Answer(
        question=question("where does it end?"),
        verdict="answered",
        confidence=0.834567,
        quotes=(quote,),
        timings_ms={"embed": 2.1234, "search": 3.0, "read": 9.7, "total": 14.8271},
    )


def test_an_answer_in_json_has_just_the_agreed_keys_values_and_order() -> None:
    assert json.dumps(answer().as_json(), ensure_ascii=False, indent=1) == json.dumps(
        {
            "question": "where does it end?",
            "language": "en",
            "verdict": "answered",
            "filter": None,
            "confidence": 0.8346,
            "quotes": [
                {
                    "article_id": "lago",
                    "title": "Title lago",
                    "source": "lago.txt",
                    "start": 7,
                    "end": 42,
                    "text": "Il lago finisce a Portolungo. Dopo.",
                    "highlights": [{"start": 7, "end": 36}, {"start": 37, "end": 42}],
                    "words": [],
                    "scores": {
                        "passage": 0.8432,
                        "sentence": 0.8778,
                        "lexical": 7.123,
                        "tokens": None,
                        "rerank": None,
                        "reader": None,
                        "final": 0.91,
                    },
                }
            ],
            "sayings": [],
            "timings_ms": {"embed": 2.12, "search": 3.0, "read": 9.7, "total": 14.83},
        },
        ensure_ascii=False,
        indent=1,
    )


def test_scores_of_tokens_and_a_reranker_are_told_where_there_are_any() -> None:
    (quote,) = answer(tokens=0.43211, rerank=0.5).as_json()["quotes"]
    assert (quote["scores"]["tokens"], quote["scores"]["rerank"]) == (0.4321, 0.5)


def test_offsets_in_json_count_characters_of_the_article() -> None:
    (quote,) = answer().as_json()["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    marked = [TEXT[mark["start"] : mark["end"]] for mark in quote["highlights"]]
    assert marked == ["Il lago finisce a Portolungo.", "Dopo."]


def test_an_answer_without_quotes_is_complete_all_the_same() -> None:
    assert Answer(question=question(""), verdict="nothing", confidence=0.0).as_json() == {
        "question": "",
        "language": "en",
        "verdict": "nothing",
        "filter": None,
        "confidence": 0.0,
        "quotes": [],
        "sayings": [],
        "timings_ms": {},
    }
