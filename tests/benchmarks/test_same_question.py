"""The command that measures which questions ask the same."""

import gzip
import json
from pathlib import Path

from benchmarks.same_question import Asked, Figures, measured, questions_in
from tests.fakes import HashingEmbedder


def test_questions_are_the_same_where_their_ids_are_and_those_without_an_answer_are_left_out(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "article_id": "a", "question": "Dove?"},
        {"id": "1-en", "it_id": "1", "article_id": "a", "question": "Where?", "answerable": True},
        {"id": "2-en", "article_id": "a", "question": "Why?", "answerable": False},
    ]
    file = tmp_path / "questions.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    assert list(questions_in(file)) == [
        Asked(meaning="1", article="a", text="Dove?"),
        Asked(meaning="1", article="a", text="Where?"),
    ]


def test_the_figures_are_those_of_the_articles_that_the_threshold_was_not_chosen_on() -> None:
    first = [
        Asked(meaning=f"{article}{text}", article=article, text=text) for article in "ab" for text in ("alpha", "beta")
    ]
    second = [
        Asked(meaning="aalpha", article="a", text="alpha"),
        Asked(meaning="balpha", article="b", text="beta"),
        Asked(meaning="bbeta", article="b", text="beta"),
    ]
    _, figures = measured(first, second, HashingEmbedder())
    assert figures[0] == Figures(threshold=0.86, found=1, mistaken=1, same=2)
    assert (figures[0].precision, figures[0].recall, figures[0].score) == (0.5, 0.5, 0.5)
