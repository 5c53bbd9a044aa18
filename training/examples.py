"""Question sets into examples: a question beside the passage that answers, or beside one that only looks like it."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Article, Span
from index.embedding import Embedder
from index.passages import cut_passages
from index.readers import SourceFile, read
from index.sentences import sentence_spans
from retrieval.evaluation.questions import AskedQuestion, Part, part_of, read_questions
from retrieval.pairs import PairReader, tokens_within
from training.prepared import Example, Texts
from training.rivals import Rivals

_SWAPPED, _REMOVED = 0.4, 0.06
"""How often a question is also asked with another word in it, less what the set has of questions without an answer, and
how often beside its passage without the answering sentence."""
_LONG = 5
"""Letters of a word that is worth swapping, if it's no name."""
_NAME, _OWN = 0.6, 0.5
"""How often a name or number is swapped where there is one, and how often for another one of the same passage."""
_WORD = re.compile(r"\w+")
_NAMES, _NUMBERS, _WORDS, _SHORT = "names", "numbers", "words", "short words"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSet:
    """A folder with `articles.jsonl.gz` and `questions*.jsonl.gz`, or a part of it."""

    folder: Path
    part: Part | None = None
    times: int = 1
    """How often each question is taken, with another passage or another piece of it."""
    kept_out: frozenset[str] = frozenset()
    """Articles that nothing is asked about."""
    only: frozenset[str] | None = None
    """The only ones that something is asked about, where they are given."""

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
        return [
            question
            for question in known
            if question.article not in self.kept_out and (self.only is None or question.article in self.only)
        ]


def examples_of(
    questions: QuestionSet, reader: PairReader, texts: Texts, *, seed: int, embedder: Embedder | None = None
) -> list[Example]:
    """The same ones for the same seed; their texts are added to `texts`.

    Rivals are found with the `embedder`; without one there are none.
    """
    articles = questions.articles()
    asked = [question for question in questions.questions() if question.article in articles]
    about = {question.article for question in asked}
    if not asked:
        return []
    making = _Making(
        {id_: each for id_, each in articles.items() if id_ in about}, asked, reader, texts, embedder,
        random.Random(seed),
    )  # fmt: skip
    return [example for question in asked for _ in range(questions.times) for example in making.examples(question)]


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
        texts: Texts,
        embedder: Embedder | None,
        chance: random.Random,
    ) -> None:
        self._articles, self._reader, self._texts, self._chance = articles, reader, texts, chance
        self._passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
        self._rivals = Rivals(articles, self._passages, asked, embedder) if embedder else None
        self._said = defaultdict[tuple[str, tuple[str, str]], list[str]](list)
        """Words of the questions, by language and kind: what may stand for another."""
        own = sum(not question.answerable for question in asked)
        self._swaps = max(0.0, _SWAPPED - own / max(1, len(asked) - own))
        for question in asked:
            for word in _WORD.findall(question.text)[1:]:
                self._said[question.language, _kind(word)].append(word)

    def examples(self, question: AskedQuestion) -> Iterator[Example]:
        """Beside the passage that answers, and now and then asked or told so that it doesn't."""
        article = self._articles[question.article or ""]
        if not question.answerable:
            passage = next((span for span in self._passages[article.id] if _shares(span, question.paragraph)), None)
            if passage:
                yield self._beside(question, passage.of(article.text))
            return
        answer = self._chance.choice(question.spans)
        passage = next((span for span in self._passages[article.id] if answer in span), None)
        if passage is None:
            return
        text, place = passage.of(article.text), Span(answer.start - passage.start, answer.end - passage.start)
        within = tokens_within(self._reader.tokens(text), place)
        if within is None:
            return
        yield self._beside(question, text, within=within, rivals=self._rivals_of(question))
        if self._chance.random() < self._swaps and (other := self._swapped(question, text)):
            yield self._beside(question, text, asked=other)
        if self._chance.random() < _REMOVED and (less := _without(text, place, article.language, question.texts)):
            yield self._beside(question, less)

    def _beside(
        self,
        question: AskedQuestion,
        text: str,
        *,
        asked: str | None = None,
        within: tuple[int, int] = (-1, -1),
        rivals: Sequence[str] = (),
    ) -> Example:
        before = self._reader.pair(asked or question.text, ())
        return Example(
            question=self._texts.add(before.ids[: before.first]), passage=self._passage(text), first=within[0],
            last=within[1], rivals=tuple(map(self._passage, rivals)), language=question.language,
        )  # fmt: skip

    def _passage(self, text: str) -> int:
        return self._texts.add(self._reader.tokens(text).ids)

    def _rivals_of(self, question: AskedQuestion) -> list[str]:
        found = self._rivals.of(question) if self._rivals else []
        return [place.span.of(self._articles[place.article].text) for place in found]

    def _swapped(self, question: AskedQuestion, passage: str) -> str | None:
        """The question about something else: a word that the passage has is another one of its kind.

        A name or number may be another of the passage; another verb of it might ask for what it says as well.
        """
        there = set(_WORD.findall(passage.lower()))
        shared = [word for word in _WORD.finditer(question.text) if word[0].lower() in there and word.start()]
        names = [word for word in shared if _kind(word[0])[0] in (_NAMES, _NUMBERS)]
        words = [word for word in shared if _kind(word[0])[0] == _WORDS]
        chosen = names if names and (not words or self._chance.random() < _NAME) else words
        if not chosen:
            return None
        word = self._chance.choice(chosen)
        asked = set(_WORD.findall(question.text.lower()))
        kind = _kind(word[0])
        own: list[str] = [
            other for other in _WORD.findall(passage) if _kind(other) == kind and other.lower() not in asked
        ]
        said: list[str] = [other for other in self._said[question.language, kind] if other.lower() not in there]
        others = own if own and chosen is names and self._chance.random() < _OWN else said
        if not others:
            return None
        return question.text[: word.start()] + self._chance.choice(others) + question.text[word.end() :]


def _without(text: str, answer: Span, language: str, wordings: Sequence[str]) -> str | None:
    """The text without the sentence of the answer; None if it says the answer elsewhere too, or nothing but it."""
    sentence: Span | None = next((span for span in sentence_spans(text, language=language) if answer in span), None)
    if sentence is None:
        return None
    less = f"{text[: sentence.start].rstrip()} {text[sentence.end :].lstrip()}".strip()
    return less if less and not any(wording.casefold() in less.casefold() for wording in wordings) else None


def _kind(word: str) -> tuple[str, str]:
    """The same for words of which one may stand for the other in a sentence: also of one length, or one ending."""
    if any(letter.isdecimal() for letter in word):
        return _NUMBERS, str(len(word))
    if word[0].isupper():
        return _NAMES, ""
    return (_WORDS, word[-2:]) if len(word) >= _LONG else (_SHORT, "")


def _shares(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end
