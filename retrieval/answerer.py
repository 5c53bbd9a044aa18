"""The one use case: answer a question by quoting."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence

from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.language import ASKED, detect
from index.library import Library
from index.tokens import Reading
from retrieval.answer import Answer, Hit, Question
from retrieval.confidence import FITTED, Calibration, confidence, verdict
from retrieval.fusion import fuse
from retrieval.late_interaction import LOOKED_AT, interact
from retrieval.quoting import courteous, distinct, quote_of
from retrieval.reranking import Reranker, rerank
from retrieval.search import search

_log = logging.getLogger(__name__)

LONGEST_QUESTION = 1000
"""Characters; what comes after them isn't read."""
QUOTES = 3
_SPOKEN = 4
"""Languages of the library, most spoken first, that a question's words are looked for in."""
_TOGETHER = 64
"""Questions embedded in one batch."""


class Answerer:
    """Answers from whatever generation is newest when it is asked."""

    def __init__(
        self, current_library: Callable[[], Library], embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self._current_library = current_library
        self._embedder = embedder
        self._reranker = reranker

    def __call__(self, text: str, *, quotes: int = QUOTES, plain: bool = False) -> Answer:
        """At most `quotes` quotes; `plain` keeps the ranking, else other articles get a word too."""
        started = time.perf_counter()
        question = question_of(text)
        reading = self._embedder.read_question(question.text)
        return self._answer(question, reading, started, quotes, plain)

    def answers(self, texts: Sequence[str], *, quotes: int = QUOTES, plain: bool = False) -> Iterator[Answer]:
        """Of many questions, in their order; embedded together, which their timings don't count."""
        for at in range(0, len(texts), _TOGETHER):
            questions = [question_of(text) for text in texts[at : at + _TOGETHER]]
            readings = self._embedder.read_questions([question.text for question in questions])
            for question, reading in zip(questions, readings, strict=True):
                yield self._answer(question, reading, time.perf_counter(), quotes, plain)

    def _answer(self, question: Question, reading: Reading, started: float, quotes: int, plain: bool) -> Answer:
        embedded = time.perf_counter()
        library = self._current_library()
        if library.fingerprint != self._embedder.fingerprint:
            raise FingerprintMismatch(held=library.fingerprint, wanted=self._embedder.fingerprint)
        if not question.text:
            return Answer(question=question, verdict="nothing", confidence=0.0)
        hits, rest = ranked(question, reading, library)
        if self._reranker:
            hits = rerank(question, hits, library, self._reranker)
        calibration = calibration_of(library)
        sureness = confidence(question, hits, calibration)
        searched = time.perf_counter()
        hits = hits + rest
        shown = (hits if plain else courteous(list(distinct(hits))))[:quotes]
        passages = library.passages([hit.passage.id for hit in shown])
        found = tuple(quote_of(question, hit, passage) for hit, passage in zip(shown, passages, strict=True))
        read = time.perf_counter()
        return Answer(
            question=question,
            verdict=verdict(sureness, calibration),
            confidence=sureness,
            quotes=found,
            timings_ms={
                "embed": 1000 * (embedded - started),
                "search": 1000 * (searched - embedded),
                "read": 1000 * (read - searched),
                "total": 1000 * (read - started),
            },
        )


def ranked(question: Question, reading: Reading, library: Library) -> tuple[list[Hit], list[Hit]]:
    """Best first: the hits that late interaction looked at, and the others that were found."""
    found = fuse(question, search(question, reading.vector, library, languages=list(library.languages)[:_SPOKEN]))
    near = interact(question, reading.tokens, found[:LOOKED_AT], library)
    return fuse(question, near), found[LOOKED_AT:]


def calibration_of(library: Library) -> Calibration | None:
    """The library's own, else what is known of its model."""
    if library.calibration is not None:
        try:
            return Calibration.of(library.calibration)
        except ValueError as error:
            _log.warning("The library's calibration is left out (%s): make it anew, see docs/evaluation.md", error)
    return FITTED.get(library.fingerprint)


def question_of(text: str) -> Question:
    """What is asked, in the language that it seems to be in."""
    asked = _cleaned(text)
    return Question(text=asked, language=detect(asked, among=ASKED))


def _cleaned(text: str) -> str:
    """Without what no model reads: lone surrogates, controls, more than enough characters."""
    printable = "".join(" " if not character.isprintable() else character for character in text[: 4 * LONGEST_QUESTION])
    return " ".join(printable.split())[:LONGEST_QUESTION]
