"""The reader that comes with Citabot finds the words that answer, in any script, at any length."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.article import Passage, Span
from index.bundled_model import model_folder
from index.errors import ModelUnusable
from index.word_vectors import ModelFolder
from retrieval.reader import WEIGHTS, SpanReader, load_reader, tidied
from tests.retrieval.conftest import article, passage_of

NEWS = (
    "Kim Jong-un è partito da Pyongyang a bordo di un treno blindato. L’incontro con Putin si terrà a Vladivostok, nel "
    "Pacifico. Ad accompagnarlo ci sono alcuni generali."
)


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return load_reader()


@pytest.fixture(scope="module")
def on_torch() -> Iterator[SpanReader]:
    """The same without OpenVINO."""
    with pytest.MonkeyPatch.context() as patch:
        find = importlib.util.find_spec
        patch.setattr(
            importlib.util, "find_spec", lambda name, *rest: None if name == "openvino" else find(name, *rest)
        )
        yield load_reader()


def answer(reader: SpanReader, question: str, passage: Passage) -> str:
    (read,) = reader(question, [passage])
    return read.words[0].span.of(passage.article.text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("where are they meeting?", "Vladivostok"),
        ("Dove si incontrano?", "Vladivostok"),
        ("how is Kim travelling?", "treno"),
    ],
)
def test_the_words_that_answer_are_found_in_any_language(reader: SpanReader, question: str, words: str) -> None:
    assert words in answer(reader, question, passage_of(of=article(NEWS, language="it")))


@pytest.mark.parametrize(
    ("text", "likeliest", "wide", "held"),
    [
        ("It is 220 miles (350 km), they say.", "220 miles", "220 miles (350 km", "220 miles (350 km)"),
        ("He is called “Chinggis”.", "Chinggis", "“Chinggis”.", "Chinggis"),
        ("It cost 300 dollars, or so.", "300", "300 dollars,", "300 dollars"),
        ("What? “No.”", "“No.”", "? “No.”", "“No.”"),
        ("Born in 1911.", "in 1911", "in 1911", "in 1911"),
        ("\u3000\u2003王小明 built it.", "王小明", "\u2003王小明", "王小明"),
        ("Built by Mary\xa0Smith\xa0in 1998.", "Mary", "Mary\xa0Smith\xa0", "Mary\xa0Smith"),
    ],
)
def test_what_holds_an_answer_has_no_punctuation_around_it(text: str, likeliest: str, wide: str, held: str) -> None:
    span, around = (Span(text.index(part), text.index(part) + len(part)) for part in (likeliest, wide))
    assert tidied(around, span, text).of(text) == held


def test_words_stand_where_they_are_said_to_in_the_article_also_far_into_a_long_passage(reader: SpanReader) -> None:
    filler = "Nel frattempo il mercato del paese resta aperto tutti i giorni e la gente parla del tempo. " * 60
    whole = article(f"{filler}{NEWS} {filler}", language="it")
    passage = Passage(id=1, article=whole, span=Span(90, len(whole.text)))
    (read,) = reader("Dove si terrà l'incontro con Putin?", [passage])
    assert "Vladivostok" in read.words[0].span.of(whole.text)
    assert all(words.span in passage.span for words in read.words)


def test_marked_words_end_with_their_paragraph(reader: SpanReader) -> None:
    lines = [
        "The shop sells:\n\n",
        "- bread and rolls\n\n",
        "- cakes\n\n",
        "- tea and coffee\n\n",
        "It is closed on Sundays.",
    ]
    passage = passage_of(sentences=lines)
    (read,) = reader("What does the shop sell?", [passage])
    marks = [part.of(passage.article.text) for words in read.words for part in (words.span, words.held)]
    assert marks
    assert not any("\n" in mark for mark in marks)


def test_a_passage_that_answers_has_a_higher_margin_than_one_that_does_not(reader: SpanReader) -> None:
    other = article("La lampada del faro si era spenta anni fa, e nessuno la voleva riparare.", language="it")
    yes, no = reader("Dove si incontrano Kim e Putin?", [passage_of(1, of=article(NEWS)), passage_of(2, of=other)])
    assert yes.margin > no.margin
    assert yes.words[0].probability > no.words[0].probability


def test_both_backends_say_the_same(reader: SpanReader, on_torch: SpanReader) -> None:
    passage = passage_of(of=article(NEWS, language="it"))
    for question in ("where are they meeting?", "Chi accompagna Kim?", "Куда едет Ким?"):
        (one,), (other,) = reader(question, [passage]), on_torch(question, [passage])
        assert one.margin == pytest.approx(other.margin, abs=1.0)
        assert one.words[0].probability == pytest.approx(other.words[0].probability, abs=0.2)


def test_what_a_passage_says_twice_is_one_answer(reader: SpanReader) -> None:
    twice = article("Si incontrano a Vladivostok. Il treno per Vladivostok è già partito.", language="it")
    (read,) = reader("Dove si incontrano?", [passage_of(of=twice)])
    said = [words.span.of(twice.text) for words in read.words]
    assert said.count("Vladivostok") == 1
    assert len(said) == len(set(said))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800", "𝕏" * 40, "‮ע", "a" * 20_000, "🛶" * 3000])
def test_odd_texts_are_read_like_others(reader: SpanReader, text: str) -> None:
    for question, said in ((text, NEWS), ("where?", text), (text, text)):
        (read,) = reader(question, [passage_of(of=article(said))])
        closely = reader.closely(question, passage_of(of=article(said)), (1.0,))
        assert all(words.span.end <= len(said) and len(words.span) for words in closely.words)
        assert all(words.span.end <= len(said) and len(words.span) for words in read.words)
        assert all(0 <= words.probability <= 1.001 for words in read.words)


TWO_PLACES = (
    "La delegazione coreana si è incontrata con i tecnici a Pechino, dove è rimasta due giorni e ha visitato alcune "
    "fabbriche della periferia. ",
    "Il ministro invece si è incontrato con gli studenti a Torino, dove ha parlato a lungo.",
)


def test_words_come_from_the_sentence_that_has_the_points(reader: SpanReader) -> None:
    passage = passage_of(sentences=TWO_PLACES)
    for points, place in (((0.0, -20.0), "Pechino"), ((-20.0, 0.0), "Torino")):
        read = reader.closely("Dove si sono incontrati?", passage, points)
        assert place in read.words[0].span.of(passage.article.text)


def test_a_close_look_says_the_same_of_whether_the_passage_answers(reader: SpanReader) -> None:
    passage = passage_of(sentences=TWO_PLACES)
    (read,) = reader("Dove si sono incontrati?", [passage])
    assert reader.closely("Dove si sono incontrati?", passage, (0.0, -3.0)).margin == read.margin


def test_what_was_read_just_now_is_not_read_again_and_what_is_certain_not_in_parts(reader: SpanReader) -> None:
    passes: list[int] = []

    def encode(vectors: np.ndarray, mask: np.ndarray) -> list[np.ndarray]:
        passes.append(len(mask))
        return reader._encode(vectors, mask)

    counting = SpanReader(encode, reader._words, (reader._weight, reader._bias), reader._pairs)
    unclear, clear = passage_of(1, sentences=TWO_PLACES), passage_of(2, of=article(NEWS))
    counting("Chi c'era?", [unclear])
    counting.closely("Chi c'era?", unclear)
    assert passes == [1, 2]
    counting("where are they meeting?", [clear])
    counting.closely("where are they meeting?", clear)
    assert passes == [1, 2, 1]


def test_no_passages_are_read_in_no_time(reader: SpanReader) -> None:
    assert reader("where?", []) == []


def test_damaged_weights_say_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "reader.safetensors"
    damaged.write_bytes(WEIGHTS.read_bytes()[:5000])
    with pytest.raises(ModelUnusable, match="CITABOT_READER=false"):
        load_reader(damaged)


def test_the_words_of_the_model_are_those_of_the_embedder(reader: SpanReader) -> None:
    assert np.array_equal(reader._words, ModelFolder(model_folder()).words)
