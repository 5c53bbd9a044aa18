"""Asks every question and writes down what came of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.answer import Answer, Quote, Verdict
from retrieval.answerer import Answerer
from retrieval.evaluation.questions import AskedQuestion

DEPTH = 20
"""Quotes looked at."""
TIMED = 100
"""Questions asked one by one, as readers do; the others are embedded in batches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of one question."""

    id: str
    pair: str
    """Language of the question and of the article that answers it, such as `en→it`."""
    answerable: bool
    rank: int
    """Of the first quote that holds the answer, from one; 0 where none of them does."""
    marked: bool | None
    """Whether the first quote's highlights hold the answer; None where the quote doesn't, or no span is known."""
    marked_length: int
    """Characters highlighted in the first quote."""
    confidence: float
    verdict: Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """All outcomes, and the time that each step took."""

    outcomes: tuple[Outcome, ...]
    timings_ms: Mapping[str, tuple[float, ...]]
    """By step, one value for each question that was asked alone."""


def measure(
    questions: Sequence[AskedQuestion],
    answerer: Answerer,
    languages: Mapping[str, str],
    report: Callable[[int], None],
) -> Measured:
    """Ask all `questions`; `languages` are the articles', by id and by source; `report` is told how many are done."""
    timed: dict[str, list[float]] = {}
    for question in questions[:TIMED]:
        for step, spent in answerer(question.text, quotes=DEPTH, plain=True).timings_ms.items():
            timed.setdefault(step, []).append(spent)
    outcomes = []
    answers: Iterable[Answer] = answerer.answers([question.text for question in questions], quotes=DEPTH, plain=True)
    for question, answer in zip(questions, answers, strict=True):
        outcomes.append(_outcome(question, answer, languages))
        report(len(outcomes))
    timings = {step: tuple(spent) for step, spent in timed.items()}
    return Measured(outcomes=tuple(outcomes), timings_ms=timings)


def _outcome(question: AskedQuestion, answer: Answer, languages: Mapping[str, str]) -> Outcome:
    holding = [question.answered_by(quote.article, quote.span) for quote in answer.quotes]
    first = answer.quotes[0] if answer.quotes else None
    return Outcome(
        id=question.id,
        pair=f"{question.language}→{languages.get(question.article or '', 'und')}",
        answerable=question.answerable,
        rank=holding.index(True) + 1 if question.answerable and True in holding else 0,
        marked=_marked(question, first) if first and question.answerable and holding[0] else None,
        marked_length=sum(map(len, first.highlights)) if first else 0,
        confidence=answer.confidence,
        verdict=answer.verdict,
    )


def _marked(question: AskedQuestion, quote: Quote) -> bool | None:
    if not question.spans and not question.wordings:
        return None
    return any(question.answered_by(quote.article, mark) for mark in quote.highlights)
