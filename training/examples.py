"""Question sets into examples: a question beside the passage that answers, or beside one that only looks like it."""

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article, Span
from index.embedding import Embedder
from index.passages import cut_passages
from index.readers import SourceFile, read
from index.sentences import sentence_spans
from retrieval.evaluation.questions import AskedQuestion, Part, part_of, read_questions
from retrieval.pairs import Pair, PairReader, tokens_within
from training.rivals import Rivals

_SWAPPED, _REMOVED = 0.12, 0.04
"""Shares of the examples without an answer: with another word in the question, and without the answering sentence."""
_RIVALLED = 0.5
"""Of the others, those that are compared with a passage that only looks as if it answered."""
_WINDOWS = (96, 128, 176, 1000)
"""Tokens of a passage that are shown, at most: short pieces teach more in the same time."""
_LONG = 5
"""Letters of a word that is worth swapping, if it's no name."""
_TRIES = 20
_OWN = 0.5
"""How often a name or number is swapped for another of the same passage, rather than for one from anywhere."""
_WORD = re.compile(r"\w+")
_NAMES, _WORDS = "names", "words"


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """What the model is to say: the places of the answer's first and last token, 0 and 0 for none."""

    pair: Pair
    start: int
    end: int
    rival: Pair | None = None
    """The same question beside a passage that doesn't answer it."""


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


def examples_of(
    questions: QuestionSet, reader: PairReader, *, seed: int, embedder: Embedder | None = None
) -> list[Example]:
    """The same ones for the same seed; questions whose answer doesn't fit beside them are left out.

    Rivals are found with the `embedder`; without one there are none.
    """
    articles = questions.articles()
    asked = [question for question in questions.questions() if question.article in articles]
    about = {question.article for question in asked}
    making = _Making(
        {id_: each for id_, each in articles.items() if id_ in about}, asked, reader, embedder, random.Random(seed)
    )
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
        self,
        articles: Mapping[str, Article],
        asked: Sequence[AskedQuestion],
        reader: PairReader,
        embedder: Embedder | None,
        chance: random.Random,
    ) -> None:
        self._articles, self._reader, self._chance = articles, reader, chance
        self._passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
        self._rivals = Rivals(articles, self._passages, embedder) if embedder else None
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
            return self._beside(question.text, passage.of(article.text)) if passage else None
        answer = self._chance.choice(question.spans)
        passage = next((span for span in self._passages[article.id] if answer in span), None)
        if passage is None:
            return None
        text, place = passage.of(article.text), Span(answer.start - passage.start, answer.end - passage.start)
        drawn = self._chance.random()
        if drawn < _SWAPPED and (other := self._swapped(question, text)):
            return self._beside(other, text, place, holds=False)
        if drawn > 1 - _REMOVED and (less := _without(text, place, article.language, question.texts)):
            return self._beside(question.text, less)
        made = self._beside(question.text, text, place)
        rivalled = made and self._rivals and self._chance.random() < _RIVALLED
        return replace(made, rival=self._rival(question, made.pair)) if made and rivalled else made

    def _rival(self, question: AskedQuestion, beside: Pair) -> Pair | None:
        """Of about the same length: a batch is as wide as its longest pair."""
        found = self._rivals.of(question) if self._rivals else []
        if not found:
            return None
        place = self._chance.choice(found)
        text = place.span.of(self._articles[place.article].text)
        made = self._beside(question.text, text, most=len(beside.ids) - beside.first - 1)
        return made.pair if made else None

    def _beside(
        self, question: str, text: str, around: Span | None = None, *, holds: bool = True, most: int | None = None
    ) -> Example | None:
        """A window of the text, around a place or anywhere, and the place where it `holds` the answer.

        Of at most so many tokens, where that is given.
        """
        tokens = self._reader.tokens(text)
        room = min(self._reader.room_for(question), most or self._chance.choice(_WINDOWS))
        first = last = self._chance.randrange(len(tokens.ids)) if tokens.ids else 0
        if around is not None:
            within = tokens_within(tokens, around)
            if within is None or within[1] - within[0] >= room:
                return None
            first, last = within
        begin = self._chance.randint(max(0, last - room + 1), max(0, min(first, len(tokens.ids) - room)))
        pair = self._reader.pair(question, tokens.ids[begin : begin + room])
        if around is None or not holds:
            return Example(pair=pair, start=0, end=0)
        return Example(pair=pair, start=pair.place_of(first - begin), end=pair.place_of(last - begin))

    def _swapped(self, question: AskedQuestion, passage: str) -> str | None:
        """The question about something else: a word that the passage has, best a name or number, is another."""
        there = set(_WORD.findall(passage.lower()))
        shared = [word for word in _WORD.finditer(question.text) if word[0].lower() in there and word.start()]
        names = [word for word in shared if _kind(word[0]) != _WORDS]
        chosen = names or [word for word in shared if len(word[0]) >= _LONG]
        if not chosen:
            return None
        word = self._chance.choice(chosen)
        asked = set(_WORD.findall(question.text.lower()))
        own: list[str] = [
            other for other in _WORD.findall(passage) if _kind(other) == _kind(word[0]) and other.lower() not in asked
        ]
        said = [other for other in self._said[question.language, _kind(word[0])] if other.lower() not in there]
        others = own if own and names and self._chance.random() < _OWN else said
        for _ in range(_TRIES if others else 0):
            other = self._chance.choice(others)
            if _kind(word[0]) != _WORDS or len(other) >= _LONG:
                return question.text[: word.start()] + other + question.text[word.end() :]
        return None


def _without(text: str, answer: Span, language: str, wordings: Sequence[str]) -> str | None:
    """The text without the sentence of the answer; None if it says the answer elsewhere too, or nothing but it."""
    sentence: Span | None = next((span for span in sentence_spans(text, language=language) if answer in span), None)
    if sentence is None:
        return None
    less = f"{text[: sentence.start].rstrip()} {text[sentence.end :].lstrip()}".strip()
    return less if less and not any(wording.casefold() in less.casefold() for wording in wordings) else None


def _kind(word: str) -> str:
    if any(letter.isdecimal() for letter in word):
        return f"{len(word)} with digits"
    return _NAMES if word[0].isupper() else _WORDS


def _shares(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end
