"""Question sets into examples: a question beside the passage that answers, or beside one that only looks like it."""

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import words
from index.article import Article, Span
from index.passages import cut_passages
from index.readers import SourceFile, read
from retrieval.evaluation.questions import AskedQuestion, Part, part_of, read_questions
from retrieval.pairs import Pair, PairReader, tokens_within

_ELSEWHERE, _SWAPPED = 0.18, 0.14
"""Shares of the examples that have no answer: beside another passage, and with another word in the question."""
_LOOKED_AT = 100
"""Other passages of an article that the most similar one is taken from."""
_WINDOWS = (96, 128, 176, 1000)
"""Tokens of a passage that are shown, at most: short pieces teach more in the same time."""
_LONG = 5
"""Letters of a word that is worth swapping, if it's no name."""
_TRIES = 20
_WORD = re.compile(r"\w+")
_NAMES, _WORDS = "names", "words"


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
    kept_out: frozenset[str] = frozenset()
    """Articles that nothing is asked about."""

    def articles(self) -> dict[str, Article]:
        """By id."""
        path = self.folder / "articles.jsonl.gz"
        found = (each for each in read(SourceFile(path=path, name=path.name)) if isinstance(each, Article))
        return {article.id: article for article in found}

    def questions(self) -> list[AskedQuestion]:
        """Those that an article answers at a known place, and those that a known paragraph doesn't answer."""
        asked = read_questions(*sorted(self.folder.glob("questions*.jsonl.gz")))
        chosen = part_of(asked, self.part) if self.part else asked
        known = [each for each in chosen if each.article and (each.spans if each.answerable else each.paragraph)]
        return [question for question in known if question.article not in self.kept_out]


def examples_of(questions: QuestionSet, reader: PairReader, *, seed: int) -> list[Example]:
    """The same ones for the same seed; questions whose answer doesn't fit beside them are left out."""
    articles = questions.articles()
    asked = [question for question in questions.questions() if question.article in articles]
    making = _Making(articles, asked, reader, random.Random(seed))
    made = (making.example(question) for question in asked for _ in range(questions.times))
    return [example for example in made if example]


def passages_of(article: Article, reader: PairReader) -> list[Span]:
    """As the library cuts them."""

    def count(texts: Sequence[str]) -> list[int]:
        return [len(reader.tokens(text).ids) for text in texts]

    return [cut.span for cut in cut_passages(article.text, language=article.language, count_tokens=count)]


class _Making:
    """Examples out of one set."""

    def __init__(
        self, articles: Mapping[str, Article], asked: Sequence[AskedQuestion], reader: PairReader, chance: random.Random
    ) -> None:
        self._articles, self._reader, self._chance = articles, reader, chance
        self._passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
        self._words: dict[tuple[str, Span], frozenset[str]] = {}
        self._said = defaultdict[tuple[str, str], list[str]](list)
        """Words of the questions, by language and kind: what may stand for another."""
        for question in asked:
            for word in _WORD.findall(question.text)[1:]:
                self._said[question.language, _kind(word)].append(word)

    def example(self, question: AskedQuestion) -> Example | None:
        """Beside the passage that answers, or one that doesn't."""
        article = self._articles[question.article or ""]
        if not question.answerable:
            passage = next((span for span in self._passages[article.id] if _shares(span, question.paragraph)), None)
            return self._beside(question.text, passage, article)
        drawn = self._chance.random()
        if drawn < _ELSEWHERE:
            return self._beside(question.text, self._similar(question, article), article)
        answer = self._chance.choice(question.spans)
        passage = next((span for span in self._passages[article.id] if answer in span), None)
        if passage is None:
            return None
        if drawn < _ELSEWHERE + _SWAPPED:
            other = self._swapped(question, passage.of(article.text))
            return self._beside(other or question.text, passage, article, answer, holds=other is None)
        return self._beside(question.text, passage, article, answer, holds=True)

    def _beside(
        self, question: str, passage: Span | None, article: Article, around: Span | None = None, *, holds: bool = False
    ) -> Example | None:
        """A window of the passage, around a place or anywhere, and the place where it `holds` the answer."""
        if passage is None:
            return None
        tokens = self._reader.tokens(passage.of(article.text))
        room = min(self._reader.room_for(question), self._chance.choice(_WINDOWS))
        first = last = self._chance.randrange(len(tokens.ids)) if tokens.ids else 0
        if around is not None:
            within = tokens_within(tokens, Span(around.start - passage.start, around.end - passage.start))
            if within is None or within[1] - within[0] >= room:
                return None
            first, last = within
        begin = self._chance.randint(max(0, last - room + 1), max(0, min(first, len(tokens.ids) - room)))
        pair = self._reader.pair(question, tokens.ids[begin : begin + room])
        if not holds:
            return Example(pair=pair, start=0, end=0)
        return Example(pair=pair, start=pair.place_of(first - begin), end=pair.place_of(last - begin))

    def _similar(self, question: AskedQuestion, article: Article) -> Span | None:
        """Of some other passages, the one that shares most words with the question and holds none of its answers."""
        others = [
            span for span in self._passages[article.id] if not any(_shares(span, answer) for answer in question.spans)
        ]
        if not others:
            return None
        asked = set(words(question.text))
        some = self._chance.sample(others, min(len(others), _LOOKED_AT))
        return max(some, key=lambda span: len(asked & self._words_of(article, span)))

    def _words_of(self, article: Article, span: Span) -> frozenset[str]:
        key = (article.id, span)
        if key not in self._words:
            self._words[key] = frozenset(words(span.of(article.text)))
        return self._words[key]

    def _swapped(self, question: AskedQuestion, passage: str) -> str | None:
        """The question about something else: a word that the passage has, best a name or number, is another."""
        there = set(_WORD.findall(passage.lower()))
        shared = [word for word in _WORD.finditer(question.text) if word[0].lower() in there and word.start()]
        names = [word for word in shared if _kind(word[0]) != _WORDS]
        chosen = names or [word for word in shared if len(word[0]) >= _LONG]
        if not chosen:
            return None
        word = self._chance.choice(chosen)
        others = self._said[question.language, _kind(word[0])]
        for _ in range(_TRIES):
            other = self._chance.choice(others)
            if other.lower() not in there and (_kind(word[0]) != _WORDS or len(other) >= _LONG):
                return question.text[: word.start()] + other + question.text[word.end() :]
        return None


def _kind(word: str) -> str:
    if any(letter.isdecimal() for letter in word):
        return f"{len(word)} with digits"
    return _NAMES if word[0].isupper() else _WORDS


def _shares(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end
