"""Asks every question and writes down what came of it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.article import Article, Span
from index.language import UNKNOWN
from index.sentences import sentence_spans
from retrieval.answer import Answer, Quote, Verdict
from retrieval.answerer import Answerer
from retrieval.evaluation.questions import AskedQuestion
from retrieval.evaluation.wording import exact, f1, holds

DEPTH = 20
"""Quotes looked at."""
TIMED = 200
"""Questions asked one by one, as readers do; all are asked again in batches."""
NO_ARTICLE = "–"
"""Stands for the article's language where a question is about none of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of one question."""

    id: str
    question: str = ""
    pair: str
    """Language of the question and of the article that answers it, such as `en→it`."""
    answerable: bool
    rank: int
    """Of the first quote that holds the answer, from one; 0 where none of them does."""
    gain: float | None = None
    """nDCG@10 over articles; None where the answer itself is known."""
    marked: bool | None
    """Whether the first quote's highlights hold the answer; None where the quote doesn't, or no answer is known."""
    marked_length: int
    """Characters highlighted in the first quote."""
    marked_sentences: int = 0
    """Sentences that those are, or are parts of."""
    answer_f1: float | None = None
    """Of the first quote's words, 0 where it has none; None where no answer is known."""
    answer_exact: bool | None = None
    words_hold: bool | None = None
    """Whether they hold the answer or say the same; None where the first quote has none, or no answer is known."""
    confidence: float
    verdict: Verdict
    quoted: str = ""
    """The first quote, as `article[start:end]`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """All outcomes, and the time that each step took."""

    outcomes: tuple[Outcome, ...]
    timings_ms: Mapping[str, tuple[float, ...]]
    """By step, one value for each question that was asked alone."""
    misplaced: tuple[str, ...] = ()
    """Ids of questions whose answers don't stand in their article where they say."""


def measure(
    questions: Sequence[AskedQuestion],
    answerer: Answerer,
    languages: Mapping[str, str],
    report: Callable[[int], None],
) -> Measured:
    """Ask all `questions`; `languages` are the articles', by id and by source; `report` is told how many are done."""
    timings = timed(questions, answerer)
    outcomes: list[Outcome] = []
    misplaced: list[str] = []
    answers = answerer.answers([question.text for question in questions], quotes=DEPTH, plain=True)
    for question, answer in zip(questions, answers, strict=True):
        outcomes.append(outcome_of(question, answer, languages))
        if any(question.misplaced_in(quote.article) for quote in answer.quotes):
            misplaced.append(question.id)
        report(len(outcomes))
    return Measured(outcomes=tuple(outcomes), timings_ms=timings, misplaced=tuple(misplaced))


def timed(questions: Sequence[AskedQuestion], answerer: Answerer) -> dict[str, tuple[float, ...]]:
    """Times of questions from all over the list, each asked as readers do, after one that warms everything up."""
    spent: dict[str, list[float]] = {}
    chosen = questions[:: max(1, math.ceil(len(questions) / TIMED))]
    for question in [*chosen[:1], *chosen]:
        steps = answerer(question.text).timings_ms
        for step, milliseconds in steps.items():
            spent.setdefault(step, []).append(milliseconds)
    return {step: tuple(values[1:]) for step, values in spent.items()}


def outcome_of(question: AskedQuestion, answer: Answer, languages: Mapping[str, str]) -> Outcome:
    """What `answer` is worth, by what is known of `question`."""
    holding = [question.answerable and question.answered_by(quote.article, quote.span) for quote in answer.quotes]
    first = answer.quotes[0] if answer.quotes else None
    highlights = joined(first.highlights) if first else []
    words = " ".join(word.of(first.article.text) for word in first.words) if first else ""
    right = (question.texts or question.wordings) if question.answerable else ()
    return Outcome(
        id=question.id,
        question=question.text,
        pair=_pair(question, answer, languages),
        answerable=question.answerable,
        rank=holding.index(True) + 1 if True in holding else 0,
        gain=_gain(question, answer.quotes) if question.answerable and question.relevant else None,
        marked=_marked(question, first.article, highlights) if first and holding[0] else None,
        marked_length=sum(map(len, highlights)),
        marked_sentences=sum(_sentences(first.article, mark) for mark in highlights) if first else 0,
        answer_f1=f1(words, right) if right else None,
        answer_exact=exact(words, right) if right else None,
        words_hold=holds(words, right) if words and right else None,
        confidence=answer.confidence,
        verdict=answer.verdict,
        quoted=f"{first.article.id}[{first.span.start}:{first.span.end}]" if first else "",
    )


def joined(spans: Sequence[Span]) -> list[Span]:
    """What `spans` cover, as spans that neither overlap nor touch."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _pair(question: AskedQuestion, answer: Answer, languages: Mapping[str, str]) -> str:
    spoken = answer.question.language if question.language == UNKNOWN else question.language
    found = [languages[article] for article in sorted(question.articles) if article in languages]
    return f"{spoken}→{found[0] if found else NO_ARTICLE}"


def _marked(question: AskedQuestion, article: Article, highlights: Sequence[Span]) -> bool | None:
    if question.relevant:
        return None
    return any(question.answered_by(article, mark) for mark in highlights)


def _sentences(article: Article, mark: Span) -> int:
    return len(sentence_spans(mark.of(article.text), language=article.language))


def _gain(question: AskedQuestion, quotes: Sequence[Quote]) -> float:
    """nDCG@10 of Järvelin and Kekäläinen (2002), all that is relevant alike; an article counts where it first comes."""
    articles = list({quote.article.id: quote.article for quote in quotes}.values())[:10]
    relevant = [not question.articles.isdisjoint((article.id, article.source)) for article in articles]
    found = sum(1 / math.log2(2 + place) for place, wanted in enumerate(relevant) if wanted)
    return found / sum(1 / math.log2(2 + place) for place in range(min(10, len(question.relevant))))
