"""What a question becomes: hits, the quotes made of them, and the answer."""

from dataclasses import dataclass, field
from typing import Any, Literal

from index.article import Article, Span
from index.filter import Filter
from index.library import PassageSummary
from retrieval.question import Place, Question, Turn

Verdict = Literal["answered", "unsure", "nothing"]
Scope = Literal["passage", "neighbours", "article", "everything"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Words that may answer."""

    span: Span
    """In the article; the likeliest ones there."""
    held: Span
    """The fewest around them that hold the answer as likely as not: where it ends exactly is less certain."""
    text: str
    """Of `span`."""
    probability: float
    """In [0, 1], that the answer is there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageRead:
    """What it brought to read a passage with the question in mind."""

    words: tuple[Words, ...]
    """Likeliest first; what they are held by doesn't overlap."""
    margin: float
    """Logarithm of the odds that the passage answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """Each kind of evidence by itself; `final` is what the search was ranked by and says nothing by its size."""

    passage: float
    sentence: float
    lexical: float
    tokens: float | None = None
    """How well the question's tokens are met, at most as much as there are; None where it wasn't looked at."""
    rerank: float | None = None
    reader: float | None = None
    """The `margin` of PassageRead; None where it wasn't read."""
    final: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A passage that search found, with its evidence and without its text."""

    passage: PassageSummary
    sentence_cosines: tuple[float, ...]
    scores: Scores
    sentence_tokens: tuple[float, ...] = ()
    """How well each sentence meets the question's tokens; empty where it wasn't looked at."""
    coverage: float = 0.0
    """Share of the question's words, the rare ones counting for more, that the passage holds; in [0, 1]."""
    raised: float = 0.0
    """Nearness that it is given for the ranking, for its language's sake."""
    read: PassageRead | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A hit made readable: a span of its article, and the spans inside it that answer."""

    article: Article
    span: Span
    highlights: tuple[Span, ...]
    scores: Scores
    place: int
    places: int
    words: tuple[Span, ...] = ()
    """The very words that answer, each inside a highlight; none where they aren't certain enough to point at."""

    def __post_init__(self) -> None:
        if self.span.end > len(self.article.text) or any(mark not in self.span for mark in self.highlights):
            raise ValueError(f"not a quote of {self.article.id}: {self.span} with {self.highlights}")
        if any(not any(word in mark for mark in self.highlights) for word in self.words):
            raise ValueError(f"not a quote of {self.article.id}: {self.words} outside {self.highlights}")

    @property
    def text(self) -> str:
        """Word for word."""
        return self.span.of(self.article.text)

    @property
    def paragraph(self) -> tuple[int, int]:
        """The number of the paragraph that answers, counted from one, and how many its article has."""
        return self.article.paragraph_at(self.highlights[0].start if self.highlights else self.span.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """One answer, and the quotes that give it, each of another article; the surest of them first."""

    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """As the first of them words it; the marked sentence where its words aren't certain."""
        if not self.quotes[0].words:
            return " … ".join(mark.of(self.quotes[0].article.text) for mark in self.quotes[0].highlights)
        return " … ".join(word.of(self.quotes[0].article.text) for word in self.quotes[0].words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """With verdict `nothing` the quotes are the nearest passages, and no answer."""

    question: Question
    verdict: Verdict
    confidence: float
    quotes: tuple[Quote, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    scope: Scope = "everything"
    """How far from the place that was asked about the answer was looked for."""
    narrowed: Filter | None = None
    """Which articles the question was taken to mean; None where others answer better, or it named none."""
    sayings: tuple[Saying, ...] = ()
    """What the articles answer, the first quote's words first; none where those aren't certain."""
    unfiled: tuple[str, ...] = ()
    """Tags of the question that no article has."""
    generation: int = 0
    """Of the library that was asked; a newer one may be there by now."""

    def turn(self) -> Turn:
        """What the next question is asked after."""
        shown = self.quotes if self.verdict != "nothing" else ()
        return Turn(
            text=self.question.searched,
            places=tuple(Place(article=quote.article.id, span=quote.span) for quote in shown),
        )

    def as_json(self) -> dict[str, Any]:
        """The form that `citabot answer` prints."""
        return {
            "question": self.question.text,
            "language": self.question.language,
            "verdict": self.verdict,
            "filter": _filter_as_json(self.narrowed) if self.narrowed else None,
            "confidence": round(self.confidence, 4),
            "quotes": [_quote_as_json(quote) for quote in self.quotes],
            "sayings": [
                {"text": saying.text, "articles": [quote.article.id for quote in saying.quotes]}
                for saying in self.sayings
            ],
            "timings_ms": {step: round(spent, 2) for step, spent in self.timings_ms.items()},
        }


def _filter_as_json(used: Filter) -> dict[str, Any]:
    return {
        "authors": list(used.authors),
        "since": used.since.isoformat() if used.since else None,
        "until": used.until.isoformat() if used.until else None,
        "tags": list(used.tags),
    }


def _quote_as_json(quote: Quote) -> dict[str, Any]:
    scores = quote.scores
    return {
        "article_id": quote.article.id,
        "title": quote.article.title,
        "source": quote.article.source,
        "start": quote.span.start,
        "end": quote.span.end,
        "text": quote.text,
        "highlights": [{"start": mark.start, "end": mark.end} for mark in quote.highlights],
        "words": [{"start": word.start, "end": word.end} for word in quote.words],
        "scores": {
            "passage": round(scores.passage, 4),
            "sentence": round(scores.sentence, 4),
            "lexical": round(scores.lexical, 3),
            "tokens": None if scores.tokens is None else round(scores.tokens, 4),
            "rerank": scores.rerank,
            "reader": None if scores.reader is None else round(scores.reader, 3),
            "final": round(scores.final, 4),
        },
    }
