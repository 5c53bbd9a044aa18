"""The sentence that answers is marked, as a span of the article."""

import pytest

from index.article import Passage, Span
from retrieval.marking import marks
from tests.retrieval.conftest import article, hit, passage_of, question

SENTENCES = ("The lamp was dark for years. ", "Volunteers came.\n\n", "  The lake ends at Portolungo.  ")


def marked(
    *cosines: float, asked: str = "where does the lake end?", sentences: tuple[str, ...] = SENTENCES
) -> list[str]:
    passage = passage_of(sentences=sentences)
    found = marks(question(asked), hit(sentences=sentences, cosines=cosines), passage)
    return [mark.of(passage.article.text) for mark in found]


@pytest.mark.parametrize(
    ("cosines", "sentence"),
    [
        ((0.9, 0.7, 0.7), "The lamp was dark for years."),
        ((0.7, 0.9, 0.7), "Volunteers came."),
        ((0.7, 0.7, 0.9), "The lake ends at Portolungo."),
    ],
)
def test_the_nearest_sentence_is_marked_without_the_space_around_it(cosines, sentence) -> None:
    assert marked(*cosines) == [sentence]


def test_between_sentences_equally_near_the_questions_words_decide() -> None:
    assert marked(0.8, 0.8, 0.8) == ["The lake ends at Portolungo."]
    assert marked(0.8, 0.8, 0.8, asked="dark lamps?") == ["The lamp was dark for years."]


def test_words_do_not_outweigh_a_sentence_that_is_clearly_nearer() -> None:
    assert marked(0.85, 0.7, 0.8) == ["The lamp was dark for years."]


def test_of_equal_sentences_the_first_is_marked() -> None:
    assert marked(0.8, 0.8, asked="三", sentences=("One. ", "Two.")) == ["One."]


def test_nothing_is_marked_where_there_is_no_sentence() -> None:
    assert marked() == []
    bare = Passage(id=1, article=article(), span=Span(0, 4))
    assert marks(question(), hit(cosines=(0.8,)), bare) == ()
    assert marked(0.1, 0.9, sentences=("One.", " \n ")) == []


def test_marks_are_offsets_of_the_article_not_of_the_passage() -> None:
    text = "First paragraph.\n\nThe lake ends here. It is deep."
    spans = (Span(18, 38), Span(38, 49))
    passage = Passage(id=1, article=article(text), span=Span(18, 49), sentences=spans)
    (mark,) = marks(question(), hit(cosines=(0.9, 0.6)), passage)
    assert (mark.start, mark.end) == (18, 37)
    assert mark.of(text) == "The lake ends here."
