"""The one use case: answer a question by quoting."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence

from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.language import ASKED, detect
from index.library import Library
from retrieval.answer import Answer, Hit, Place, Question, Quote, Saying, Scope, Turn
from retrieval.confidence import FITTED, Calibration, confidence, verdict
from retrieval.expecting import awaited
from retrieval.followup import LAST
from retrieval.quoting import courteous, distinct, quote_of
from retrieval.ranking import as_searched, ranked, without
from retrieval.reader import Reader
from retrieval.reranking import Reranker, rerank
from retrieval.rereading import reread
from retrieval.sayings import sayings, speaks
from retrieval.scope import narrowed
from retrieval.smalltalk import small_talk
from retrieval.understanding import Understood, understood

_log = logging.getLogger(__name__)

LONGEST_QUESTION = 1000
"""Characters; what comes after them isn't read."""
QUOTES = 3
LOOKED_BACK = 8
"""Earlier questions, where they are given as texts: the last of them may hang on those before."""
_TOGETHER = 64
"""Questions embedded in one batch."""


class Answerer:
    """Answers from whatever generation is newest when it is asked."""

    def __init__(
        self,
        current_library: Callable[[], Library],
        embedder: Embedder,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._current_library = current_library
        self._embedder = embedder
        self._reranker = reranker
        self._reader = reader
        self._calibrated: tuple[Library, Calibration | None] | None = None

    def __call__(
        self,
        text: str,
        *,
        quotes: int = QUOTES,
        plain: bool = False,
        turns: Sequence[Turn] = (),
        at: Place | None = None,
        articles: Collection[str] | None = None,
    ) -> Answer:
        """At most `quotes` quotes; `plain` keeps the ranking, else other articles get a word too.

        `turns` are what was asked before, oldest first; `at` is what the reader points at, whose surroundings are
        looked at first; where `articles` are given, there are no others, and ids of those that are gone are ignored.
        """
        started = time.perf_counter()
        library = self._library()
        among = None if articles is None else library.passages_of(articles)
        asked = understood(question_of(text), library, self._embedder, turns=turns, at=at, among=among)
        return self._answer(asked, library, started, quotes, plain)

    def turns_of(self, questions: Sequence[str]) -> list[Turn]:
        """What comes after these questions, oldest first, is asked after; the last are all that count, thanks don't."""
        turns: list[Turn] = []
        for text in [text for text in questions if small_talk(text) is None][-LOOKED_BACK:]:
            turns.append(self(text, turns=turns).turn())
        return turns[-LAST:]

    def answers(self, texts: Sequence[str], *, quotes: int = QUOTES, plain: bool = False) -> Iterator[Answer]:
        """Of many questions, in their order; embedded together, which their timings don't count."""
        for at in range(0, len(texts), _TOGETHER):
            questions = [question_of(text) for text in texts[at : at + _TOGETHER]]
            readings = self._embedder.read_questions([question.text for question in questions])
            for question, reading in zip(questions, readings, strict=True):
                started = time.perf_counter()
                asked = Understood(question=question, reading=reading, embedded=started)
                yield self._answer(asked, self._library(), started, quotes, plain)

    def _library(self) -> Library:
        """The newest; raises FingerprintMismatch."""
        library = self._current_library()
        if library.fingerprint != self._embedder.fingerprint:
            raise FingerprintMismatch(held=library.fingerprint, wanted=self._embedder.fingerprint)
        return library

    def _calibration(self, library: Library) -> Calibration | None:
        """Read once for each generation."""
        known = self._calibrated
        if known is None or known[0] is not library:
            known = self._calibrated = (library, calibration_of(library, read=self._reader is not None))
        return known[1]

    def _answer(self, asked: Understood, library: Library, started: float, quotes: int, plain: bool) -> Answer:
        question = asked.question
        if not question.text:
            return Answer(question=question, verdict="nothing", confidence=0.0)
        hits, rest = ranked(question, asked.reading, library, among=asked.among, favours=asked.favours)
        if self._reranker:
            hits = rerank(as_searched(question), hits, library, self._reranker)
        hits = awaited(question, hits, library)
        scope, hits = narrowed(hits, asked.scopes)
        found = time.perf_counter()
        if self._reader:
            alone = not question.before  # what a follow-up means, the reader wasn't taught
            hits = reread(question, hits, library, self._reader, anew=alone and self._reranker is None)
        calibration = self._calibration(library)
        sureness = confidence(question, without(asked.favours, hits), calibration)
        hits = hits + rest
        shown = (hits if plain else _readable(hits, scope))[:quotes]
        quoted = _quotes(question, shown, library)
        read = time.perf_counter()
        called = verdict(sureness, calibration)
        if called == "nothing" and question.before and hits and hits[0].passage.id in asked.favours:
            called = "unsure"  # so short a question means little by itself, but what it follows was found
        return Answer(
            question=question,
            verdict=called,
            confidence=sureness,
            quotes=quoted,
            scope=scope,
            sayings=_sayings(question, hits, quoted, library) if called == "answered" else (),
            timings_ms={
                "embed": 1000 * (asked.embedded - started),
                "search": 1000 * (found - asked.embedded),
                "read": 1000 * (read - found),
                "total": 1000 * (read - started),
            },
        )


def _quotes(question: Question, hits: Sequence[Hit], library: Library) -> tuple[Quote, ...]:
    passages = library.passages([hit.passage.id for hit in hits])
    return tuple(quote_of(question, hit, passage) for hit, passage in zip(hits, passages, strict=True))


def _sayings(question: Question, hits: Sequence[Hit], quoted: Sequence[Quote], library: Library) -> tuple[Saying, ...]:
    """Of all that was read; none where the first quote has no words that are sure."""
    if not quoted or not quoted[0].words:
        return ()
    others = [hit for hit in distinct(hits) if hit.passage.article != quoted[0].article.id and speaks(hit, hits[0])]
    return sayings([quoted[0], *_quotes(question, others, library)])


def _readable(hits: Sequence[Hit], scope: Scope) -> list[Hit]:
    """Nothing twice; other articles get a word too, unless one was asked about."""
    once = list(distinct(hits))
    return courteous(once) if scope == "everything" else once


def calibration_of(library: Library, *, read: bool) -> Calibration | None:
    """The library's own, unless it needs hits to be `read` that aren't; else what is known of its model."""
    if library.calibration is not None:
        try:
            own = Calibration.of(library.calibration)
            if read or not own.reads:
                return own
        except ValueError as error:
            _log.warning("The library's calibration is left out (%s): make it anew, see docs/evaluation.md", error)
    return FITTED.get((library.fingerprint, read)) or FITTED.get((library.fingerprint, False))


def question_of(text: str) -> Question:
    """What is asked, in the language that it seems to be in."""
    asked = _cleaned(text)
    return Question(text=asked, language=detect(asked, among=ASKED))


def _cleaned(text: str) -> str:
    """Without what no model reads: lone surrogates, controls, more than enough characters."""
    printable = "".join(" " if not character.isprintable() else character for character in text[: 4 * LONGEST_QUESTION])
    return " ".join(printable.split())[:LONGEST_QUESTION]
