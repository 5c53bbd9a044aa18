"""The one use case: answer a question by quoting."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.library import Library
from retrieval.answer import Answer, Hit, Quote, Saying, Scope
from retrieval.confidence import Calibration, calibration_of, confidence, verdict
from retrieval.expecting import awaited
from retrieval.filters import Bylines, bylines_of
from retrieval.followup import LAST
from retrieval.narrowing import Narrowing, looked_at, narrowings_of, unfiled
from retrieval.question import Place, Question, Turn, question_of
from retrieval.quoting import quote_of
from retrieval.ranking import as_searched, ranked, without
from retrieval.reader import Reader
from retrieval.reranking import Reranker, rerank
from retrieval.rereading import read_closely, reread
from retrieval.sayings import sayings, speaks
from retrieval.scope import Scopes, narrowed
from retrieval.smalltalk import small_talk
from retrieval.stories import Story, courteous, stories
from retrieval.understanding import Understood, understood

QUOTES = 3
LOOKED_BACK = 8
"""Earlier questions, where they are given as texts: the last of them may hang on those before."""
_TOGETHER = 64
"""Questions embedded in one batch."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ranking:
    """What search made of a question."""

    question: Question
    hits: list[Hit]
    """Best first."""
    rest: list[Hit]
    """Further ones, not looked at as closely."""
    scope: Scope
    narrowing: Narrowing | None


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
        self._known: tuple[Library, Calibration | None, Bylines] | None = None

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

    def _known_of(self, library: Library) -> tuple[Calibration | None, Bylines]:
        """Worked out once for each generation."""
        known = self._known
        if known is None or known[0] is not library:
            calibration = calibration_of(library, read=self._reader is not None)
            known = self._known = (library, calibration, bylines_of(library.authors))
        return known[1:]

    def _answer(self, asked: Understood, library: Library, started: float, quotes: int, plain: bool) -> Answer:
        if not asked.question.text:
            return Answer(question=asked.question, verdict="nothing", confidence=0.0, generation=library.generation)
        calibration, bylines = self._known_of(library)
        ranking = self._ranking(asked, library, bylines)
        question, searched = ranking.question, time.perf_counter()
        ranking = self._read(ranking, asked.scopes, library)
        hits = ranking.hits
        sureness = confidence(question, without(asked.favours, hits), calibration)
        called = verdict(sureness, calibration)
        if called == "nothing" and question.before and hits and hits[0].passage.id in asked.favours:
            called = "unsure"  # so short a question means little by itself, but what it follows was found
        if called == "nothing" and ranking.narrowing and ranking.narrowing.is_all(question):
            called = "unsure"  # what was asked for is there, whatever it says
        hits = hits + ranking.rest
        told = [Story(hit=hit) for hit in hits] if plain else _readable(hits, ranking)
        quoted = _quotes(question, [story.hit for story in told[:quotes]], library)
        read = time.perf_counter()
        return Answer(
            question=question,
            verdict=called,
            confidence=sureness,
            quotes=quoted,
            scope=ranking.scope,
            narrowed=ranking.narrowing.filter if ranking.narrowing else None,
            sayings=_sayings(question, told, quoted, library) if called == "answered" else (),
            unfiled=unfiled(question, library),
            generation=library.generation,
            timings_ms={
                "embed": 1000 * (asked.embedded - started),
                "search": 1000 * (searched - asked.embedded),
                "read": 1000 * (read - searched),
                "total": 1000 * (read - started),
            },
        )

    def _ranking(self, asked: Understood, library: Library, bylines: Bylines) -> _Ranking:
        """What search finds, by points; before that what surrounds a place, if about as good, or is meant by name.

        Reading changes the points, so `_read` puts these first again.
        """
        question, reading = asked.question, asked.reading
        narrowings = [] if asked.scopes else narrowings_of(question, library, bylines, asked.among)
        narrowing = narrowings[0] if narrowings and narrowings[0].is_sure(question) else None
        if narrowing is None:
            favours = {**looked_at(narrowings), **asked.favours}
            hits, rest = ranked(question, reading, library, among=asked.among, favours=favours)
            narrowing = next((each for each in narrowings if each.fits(hits)), None)
        if narrowing:
            question = narrowing.asked(question)
            reading = self._embedder.read_question(question.searched)
            favours = {**looked_at([narrowing]), **asked.favours}
            hits, rest = ranked(question, reading, library, among=asked.among, favours=favours)
        if self._reranker:
            hits = rerank(as_searched(question), hits, library, self._reranker)
        scope, hits = narrowed(awaited(question, hits, library), asked.scopes)
        hits = narrowing.first(hits) if narrowing else hits
        return _Ranking(question=question, hits=hits, rest=rest, scope=scope, narrowing=narrowing)

    def _read(self, ranking: _Ranking, scopes: Scopes, library: Library) -> _Ranking:
        """The first hits read and ordered anew; what a follow-up means, the reader wasn't taught."""
        if self._reader is None:
            return ranking
        anew = not ranking.question.before and self._reranker is None
        hits = reread(ranking.question, ranking.hits, library, self._reader, anew=anew)
        scope, hits = narrowed(hits, scopes) if anew else (ranking.scope, hits)
        hits = ranking.narrowing.first(hits) if ranking.narrowing else hits
        return replace(ranking, scope=scope, hits=read_closely(ranking.question, hits, library, self._reader))


def _quotes(question: Question, hits: Sequence[Hit], library: Library) -> tuple[Quote, ...]:
    passages = library.passages([hit.passage.id for hit in hits])
    return tuple(quote_of(question, hit, passage) for hit, passage in zip(hits, passages, strict=True))


def _sayings(
    question: Question, told: Sequence[Story], quoted: Sequence[Quote], library: Library
) -> tuple[Saying, ...]:
    """The first quote, other articles that tell the same story, and what the others say that were read."""
    if not quoted:
        return ()
    retold = _quotes(question, told[0].retold, library)
    others = [
        story.hit
        for story in told[1:]
        if story.hit.passage.article != quoted[0].article.id and speaks(story.hit, told[0].hit)
    ]
    return sayings(quoted[0], retold, _quotes(question, others, library) if quoted[0].words else ())


def _readable(hits: Sequence[Hit], ranking: _Ranking) -> list[Story]:
    """Nothing twice; other articles get a word too, unless one was asked about."""
    told = stories(hits, meant=ranking.narrowing.ids if ranking.narrowing else ())
    return courteous(told) if ranking.scope == "everything" else told
