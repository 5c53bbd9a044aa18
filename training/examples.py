"""Question sets into examples: a question beside the passage that answers, or beside one that only looks like it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import words
from index.article import Article, Span
from index.passages import cut_passages
from index.readers import SourceFile, read
from retrieval.evaluation.questions import AskedQuestion, Part, part_of, read_questions
from training.reading import Pair, PairReader, tokens_within

_UNANSWERED = 0.27
"""Share of the examples whose passage doesn't answer."""
_LOOKED_AT = 24
"""Other passages of an article that the most similar one is taken from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """What the model is to say: the places of the answer's first and last token, 0 and 0 for none."""

    pair: Pair
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSet:
    """A folder with `articles.jsonl.gz` and `questions*.jsonl.gz`, or a part of it."""

    folder: Path
    part: Part | None = None
    times: int = 1
    """How often each question is taken, with another passage or another piece of it."""

    def articles(self) -> dict[str, Article]:
        """By id."""
        path = self.folder / "articles.jsonl.gz"
        found = (each for each in read(SourceFile(path=path, name=path.name)) if isinstance(each, Article))
        return {article.id: article for article in found}

    def questions(self) -> list[AskedQuestion]:
        """Those that an article answers at a known place."""
        asked = read_questions(*sorted(self.folder.glob("questions*.jsonl.gz")))
        chosen = part_of(asked, self.part) if self.part else asked
        return [question for question in chosen if question.answerable and question.spans]


def examples_of(questions: QuestionSet, reader: PairReader, *, seed: int) -> Iterator[Example]:
    """The same ones for the same seed; questions whose answer doesn't fit beside them are left out."""
    chance = random.Random(seed)
    articles = questions.articles()
    passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
    for question in questions.questions():
        if question.article not in articles:
            continue
        for _ in range(questions.times):
            article = articles[question.article]
            if chance.random() < _UNANSWERED:
                example = _unanswered(question, article, passages[article.id], reader, chance)
            else:
                example = _answered(question, article, passages[article.id], reader, chance)
            if example:
                yield example


def passages_of(article: Article, reader: PairReader) -> list[Span]:
    """As the library cuts them."""

    def count(texts: Sequence[str]) -> list[int]:
        return [len(reader.tokens(text).ids) for text in texts]

    return [cut.span for cut in cut_passages(article.text, language=article.language, count_tokens=count)]


def _answered(
    question: AskedQuestion, article: Article, passages: Sequence[Span], reader: PairReader, chance: random.Random
) -> Example | None:
    answer = chance.choice(question.spans)
    passage = next((span for span in passages if answer in span), None)
    if passage is None:
        return None
    tokens = reader.tokens(passage.of(article.text))
    within = tokens_within(tokens, Span(answer.start - passage.start, answer.end - passage.start))
    room = reader.room_for(question.text)
    if within is None or within[1] - within[0] >= room:
        return None
    first, last = within
    begin = chance.randint(max(0, last - room + 1), min(first, max(0, len(tokens.ids) - room)))
    pair = reader.pair(question.text, tokens.ids[begin : begin + room])
    return Example(pair=pair, start=pair.place_of(first - begin), end=pair.place_of(last - begin))


def _unanswered(
    question: AskedQuestion, article: Article, passages: Sequence[Span], reader: PairReader, chance: random.Random
) -> Example | None:
    """Beside the passage, out of some, that shares most words with the question and holds none of its answers."""
    others = [span for span in passages if not any(answer in span for answer in question.spans)]
    if not others:
        return None
    asked = set(words(question.text))
    some = chance.sample(others, min(len(others), _LOOKED_AT))
    passage = max(some, key=lambda span: len(asked & set(words(span.of(article.text)))))
    piece = reader.tokens(passage.of(article.text)).ids[: reader.room_for(question.text)]
    return Example(pair=reader.pair(question.text, piece), start=0, end=0)
