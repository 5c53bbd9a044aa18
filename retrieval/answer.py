"""What a question becomes: hits, the quotes made of them, and the answer."""

from dataclasses import dataclass, field
from typing import Any, Literal

from index.article import Article, Span
from index.library import PassageSummary

Verdict = Literal["answered", "unsure", "nothing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What somebody asks."""

    text: str
    language: str
    """ISO 639-1, `und` where it could not be told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """Each kind of evidence by itself; `final` is what the ranking used and says nothing by its size."""

    passage: float
    sentence: float
    lexical: float
    tokens: float | None = None
    """How well the question's tokens are met, at most as much as there are; None where it wasn't looked at."""
    rerank: float | None = None
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
    titled_coverage: float = 0.0
    """Share that the passage holds together with its article's title; at least `coverage`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A hit made readable: a span of its article, and the spans inside it that answer."""

    article: Article
    span: Span
    highlights: tuple[Span, ...]
    scores: Scores
    place: int
    places: int

    def __post_init__(self) -> None:
        if self.span.end > len(self.article.text) or any(mark not in self.span for mark in self.highlights):
            raise ValueError(f"not a quote of {self.article.id}: {self.span} with {self.highlights}")

    @property
    def text(self) -> str:
        """Word for word."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """With verdict `nothing` the quotes are the nearest passages, and no answer."""

    question: Question
    verdict: Verdict
    confidence: float
    quotes: tuple[Quote, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form that `citabot answer` prints."""
        return {
            "question": self.question.text,
            "language": self.question.language,
            "verdict": self.verdict,
            "confidence": round(self.confidence, 4),
            "quotes": [_quote_as_json(quote) for quote in self.quotes],
            "timings_ms": {step: round(spent, 2) for step, spent in self.timings_ms.items()},
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
        "scores": {
            "passage": round(scores.passage, 4),
            "sentence": round(scores.sentence, 4),
            "lexical": round(scores.lexical, 3),
            "tokens": None if scores.tokens is None else round(scores.tokens, 4),
            "rerank": scores.rerank,
            "final": round(scores.final, 4),
        },
    }
